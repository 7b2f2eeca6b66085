/** Sessions on servers: what talks to them is loaded with the first. */
import { registerTarget } from '../session/backend';

const remote = (): typeof import('./remote') => require('./remote') as typeof import('./remote');
const connection = (): typeof import('./connection') => require('./connection') as typeof import('./connection');

registerTarget('grpc', {
  open: (target, graph, config) => new (remote().RemoteSession)(target, graph, config),
  reset: (target, containers, config) => connection().resetServer(target, containers, config.operationTimeoutInMs ?? 0),
});
