/** Graphs whose functions call one another, as text. */
import * as tf from '../../src';

export const types = (name: string, ...list: string[]): string =>
  `attr { key: "${name}" value { list { ${list.map((each) => `type: ${each}`).join(' ')} } } }`;
export const type = (name: string, is: string): string => `attr { key: "${name}" value { type: ${is} } }`;
export const func = (name: string, is: string): string => `attr { key: "${name}" value { func { name: "${is}" } } }`;
const IN_OUT = types('Tin', 'DT_FLOAT') + types('Tout', 'DT_FLOAT');
const LOOP = types('T', 'DT_FLOAT');
/** A node `c` that calls a function with x, and its output. */
export const CALLS: Readonly<Record<string, (f: string) => readonly [node: string, output?: string]>> = {
  'a call by name': (f) => [`op: "${f}" input: "x"`, 'y'],
  PartitionedCall: (f) => [`op: "PartitionedCall" input: "x" ${IN_OUT} ${func('f', f)}`],
  StatefulPartitionedCall: (f) => [`op: "StatefulPartitionedCall" input: "x" ${IN_OUT} ${func('f', f)}`],
  RemoteCall: (f) => [`op: "RemoteCall" input: "dev:output:0" input: "x" ${IN_OUT} ${func('f', f)}`],
  If: (f) => [branch('If', f, 'same')],
  StatelessIf: (f) => [branch('StatelessIf', 'same', f)],
  Case: (f) => [
    `op: "Case" input: "zero:output:0" input: "x" ${IN_OUT}` +
      `attr { key: "branches" value { list { func { name: "same" } func { name: "${f}" } } } }`,
  ],
  While: (f) => [`op: "While" input: "x" ${LOOP} ${func('cond', 'small')} ${func('body', f)}`],
  StatelessWhile: (f) => [`op: "StatelessWhile" input: "x" ${LOOP} ${func('cond', 'small')} ${func('body', f)}`],
  For: (f) => [`op: "For" ${'input: "zero:output:0" '.repeat(3)} input: "x" ${LOOP} ${func('body', f)}`],
};
function branch(op: string, yes: string, no: string): string {
  const branches = func('then_branch', yes) + func('else_branch', no);
  return `op: "${op}" input: "x" input: "x" ${type('Tcond', 'DT_FLOAT')} ${IN_OUT} ${branches}`;
}
const constant = (name: string, is: string, value: string): string =>
  `node_def { name: "${name}" op: "Const" ${type('dtype', is)} ` +
  `attr { key: "value" value { tensor { dtype: ${is} tensor_shape {} ${value} } } } }`;
const CONSTANTS =
  constant('zero', 'DT_INT32', 'int_val: 0') +
  constant('dev', 'DT_STRING', 'string_val: "/cpu:0"') +
  constant('ten', 'DT_FLOAT', 'float_val: 10');
export const T = type('T', 'DT_FLOAT');
/** A function of x, which a For calls with its counter too. */
export const fn = (name: string, body: string, ret: string, out = 'DT_FLOAT', counts = false): string =>
  `function { signature { name: "${name}" ${counts ? 'input_arg { name: "i" type: DT_INT32 }' : ''} ` +
  `input_arg { name: "x" type: DT_FLOAT } output_arg { name: "y" type: ${out} } } ` +
  `${CONSTANTS} ${body} ret { key: "y" value: "${ret}" } } `;
const LIBRARY =
  fn('same', '', 'x') +
  fn('small', `node_def { name: "n" op: "Less" input: "x" input: "ten:output:0" ${T} }`, 'n:z:0', 'DT_BOOL');

/** x, and a node `c` that calls `f0`; each function calls the one that `next` says, by such a node. */
export function graphOf(kind: string, count: number, next: (i: number) => number): tf.Graph {
  const counts = kind === 'For';
  const one = (i: number): string => {
    const [node, output = 'output'] = CALLS[kind](`f${next(i)}`);
    return fn(`f${i}`, `node_def { name: "c" ${node} }`, `c:${output}:0`, 'DT_FLOAT', counts);
  };
  const functions = Array.from({ length: count }, (_, i) => one(i)).join('');
  const last = fn(
    `f${count}`,
    `node_def { name: "n" op: "Add" input: "x" input: "ten:output:0" ${T} }`,
    'n:z:0',
    'DT_FLOAT',
    counts,
  );
  const nodes = `${CONSTANTS} node_def { name: "c" ${CALLS[kind]('f0')[0]} }`.replaceAll('node_def', 'node');
  return imported(
    `node { name: "x" op: "Placeholder" ${type('dtype', 'DT_FLOAT')} attr { key: "shape" value { shape {} } } } ` +
      `${nodes.replaceAll(':output:0', ':0')} library { ${LIBRARY} ${functions} ${last} }`,
  );
}
export function imported(text: string): tf.Graph {
  const graph = new tf.Graph();
  graph.asDefault(() => tf.importGraphDef(tf.GraphDef.fromText(`${text} versions { producer: 134 }`), { name: '' }));
  return graph;
}
/** The first line of what is thrown. */
export function said(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message.split('\n')[0]}`;
  }
  return 'nothing';
}
