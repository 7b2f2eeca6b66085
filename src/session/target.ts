/** What runs the graph of a session: this process for the target '', a server for others. */
import type { Graph } from '../graph/graph';
import { type Backend, masterAt } from './backend';
import type { SettledConfig } from './config';
import { Engine, resetEngines } from './engine';
import type { Worker } from './worker';

/** @throws NotFoundError  where nobody serves such a target, InvalidArgumentError  for an address without a port */
export function openBackend(target: string, graph: Graph, config: SettledConfig, worker: Worker): Backend {
  return target ? masterAt(target).open(target, graph, config) : new Engine(graph, config, worker);
}
/** @throws NotFoundError  where nobody serves such a target, InvalidArgumentError  for an address without a port */
export function resetTarget(target: string, containers: readonly string[], config: SettledConfig): void {
  if (target === '') resetEngines(containers);
  else masterAt(target).reset(target, containers, config);
}
