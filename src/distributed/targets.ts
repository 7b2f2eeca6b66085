/** Sessions on servers: what talks to them is loaded with the first. */
import { registerTarget } from '../session/backend';

const remote = (): typeof import('./remote') => require('./remote') as typeof import('./remote');

registerTarget('grpc', (target, graph, config) => {
  const { RemoteSession } = remote();
  return new RemoteSession(target, graph, config);
});
