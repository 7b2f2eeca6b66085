/** Random graphs: each is made by its seed, judged, and, where it fails, made smaller and told of. */
import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { type Way, faultOf, waysOn } from './compare';
import { faultOfFlow, flowWays } from './flow/compare';
import { FlowMaker } from './flow/make';
import { shrinkFlow } from './flow/shrink';
import { type FlowProgram, printFlow } from './flow/steps';
import type { Judge } from './judge';
import { Maker, asArray } from './maker';
import { type Node, type Program, build, print, toJson } from './program';
import { RULES } from './rules';
import { shrink } from './shrink';

export interface Failure {
  readonly seed: number;
  readonly fault: string;
  /** The program as people read it. */
  readonly text: string;
}
export const programOf = (seed: number, rules = 'plain'): Program => new Maker(seed).program(RULES[rules]);
/** Rules of programs with branches and loops: whether these are functions. */
export const FLOWS: Readonly<Record<string, boolean>> = { flow: false, functions: true };
export const flowOf = (seed: number, rules: string): FlowProgram => new FlowMaker(seed).program(FLOWS[rules]);
/** The program of a seed, as people read it. */
export const textOf = (seed: number, rules: string): string =>
  rules in FLOWS ? printFlow(flowOf(seed, rules)) : print(programOf(seed, rules));
export const waysFor = (seed: number, devices: readonly string[]): Way[] =>
  devices.flatMap((device) => waysOn(device, seed % 4 === 0));

/** What is wrong with the graph of a seed, in its smallest form; null where nothing is. */
export async function tryGraph(
  seed: number,
  devices: readonly string[],
  judge: Judge | null,
  rules = 'plain',
): Promise<Failure | null> {
  if (rules in FLOWS) return tryFlow(seed, devices, judge, rules);
  const ways = waysFor(seed, devices);
  const fault = async (program: Program): Promise<string | null> =>
    faultOf(program, ways, judge && (await judge.ask(program)));
  const made = programOf(seed, rules);
  if ((await fault(made)) === null) return null;
  const program = await shrink(made, fault, valueOf);
  return { seed, fault: (await fault(program)) ?? 'fails not every time', text: print(program) };
}
async function tryFlow(
  seed: number,
  devices: readonly string[],
  judge: Judge | null,
  rules: string,
): Promise<Failure | null> {
  const ways = flowWays(devices);
  const fault = async (program: FlowProgram): Promise<string | null> =>
    faultOfFlow(program, ways, judge && (await judge.ask(program)));
  const made = flowOf(seed, rules);
  const first = await fault(made);
  if (first === null) return null;
  const program = await shrinkFlow(made, fault, first);
  return { seed, fault: (await fault(program)) ?? `fails not every time: ${first}`, text: printFlow(program) };
}
/** A node's value, fed in its stead. */
function valueOf(program: Program, n: number): Node | null {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const { ops, feeds } = build({ nodes: program.nodes.slice(0, n + 1), gradientOf: null });
    if (ops.length <= n || ops[n].outputs.length !== 1) return null;
    const [t] = ops[n].outputs;
    const sess = new tf.Session('', { graph, config: { device: 'portable', placement: 'host', advice: false } });
    try {
      const array: NDArray = asArray(sess.run(t, feeds), t);
      return { kind: 'placeholder', shape: t.shape.dims && [...t.shape.dims], value: toJson(array) };
    } catch {
      return null;
    } finally {
      sess.close();
    }
  });
}
export function tell({ seed, fault, text }: Failure): string {
  return `seed ${seed}: ${fault}\n${text.replace(/^/gm, '  ')}`;
}
