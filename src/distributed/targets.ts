/** Sessions on servers: what talks to them is loaded with the first. */
import { registerTarget } from '../session/backend';

const remote = (): typeof import('./remote') => require('./remote') as typeof import('./remote');

registerTarget('grpc', {
  open: (target, graph, config) => new (remote().RemoteSession)(target, graph, config),
  reset: (target, containers) => remote().resetServer(target, containers),
});
