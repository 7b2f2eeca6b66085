/** Graphs from lists of nodes, as record/loops.py writes them: loops included, edges set as they come. */
import * as tf from '../../src';
import { DType, asDtype } from '../../src/base/dtype';
import { toNDArray } from '../../src/base/to-ndarray';
import { TensorShape } from '../../src/base/shape';
import type { Graph, Operation, Tensor } from '../../src/graph/graph';
import { type AttrKind, type AttrValue, type OpDef, definitionOf } from '../../src/graph/opdef';
import { Trace } from '../../src/graph/trace';

/** [name, type, inputs, attributes] */
export type RawNode = readonly [string, string, readonly string[], Readonly<Record<string, unknown>>];

/** @throws ValueError  where a node has no such input */
export function buildRaw(nodes: readonly RawNode[], graph: Graph): void {
  const made = new Map<string, Operation>();
  const pending: (() => void)[] = [];
  for (const [name, type, inputs, raw] of nodes) {
    const def = definitionOf(type);
    const attrs: Record<string, AttrValue> = {};
    for (const attr of def.attrs) {
      const value = attr.name in raw ? decoded(raw[attr.name], attr.kind) : attr.default;
      if (value !== undefined) attrs[attr.name] = value;
    }
    const data = inputs.filter((i) => !i.startsWith('^'));
    const find = (input: string): Tensor | null => {
      const [from, index = '0'] = input.split(':');
      return made.get(from)?.outputs[Number(index)] ?? null;
    };
    const controls = inputs.filter((i) => i.startsWith('^')).map((i) => i.slice(1));
    const op = graph.emit({
      def,
      name,
      inputs: data.map(find),
      controls: controls.flatMap((c) => made.get(c) ?? []),
      outputTypes: outputTypes(def, attrs),
      attrs,
      device: '',
      trace: new Trace(buildRaw),
    });
    made.set(name, op);
    pending.push(() => {
      data.forEach((input, i) => {
        if (op.edges[i]) return;
        const tensor = find(input);
        if (!tensor) throw new tf.errors.InvalidArgumentError(null, `Node '${name}': Unknown input node '${input}'`);
        graph.updateInput(op, i, tensor);
      });
      for (const c of controls) {
        const control = made.get(c);
        if (control && !op.controlInputs.includes(control)) op.addControlInput(control);
      }
    });
  }
  for (const set of pending) set();
}
function outputTypes(def: OpDef, attrs: Readonly<Record<string, AttrValue>>): DType[] {
  return def.outputs.flatMap((arg) => {
    if (arg.typeListAttr) return [...(attrs[arg.typeListAttr] as readonly DType[])];
    const given = arg.dtype ?? attrs[arg.typeAttr!];
    if (!(given instanceof DType)) throw new Error(`${def.type} has no type`);
    const one = arg.isRef ? given.baseDtype.ref : given.baseDtype;
    return arg.numberAttr ? new Array<DType>(Number(attrs[arg.numberAttr])).fill(one) : [one];
  });
}
function decoded(value: unknown, kind: AttrKind): AttrValue {
  if (kind === 'type') return asDtype(String(value));
  if (kind === 'shape') return TensorShape.of(value as readonly (number | null)[] | null);
  if (kind !== 'tensor') return value as AttrValue;
  const [dtype, shape, data] = value as [string, number[], (number | string)[]];
  return toNDArray(data, asDtype(dtype), shape);
}
