/** Ops on variables: what they give and what they leave in the variable, as TensorFlow 1.15 has recorded it. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { resource } from '../../src/base/dtype';
import { apply, applyOp } from '../../src/graph/apply';
import { definitionOf } from '../../src/graph/opdef';
import { type JsonArray, expectClose, fromJson } from '../recorded';
import { type Mode, attrFromJson, devices, open } from '../sweep';

interface Update {
  readonly op: string;
  readonly variables: readonly JsonArray[];
  readonly inputs: readonly JsonArray[];
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly outputs: readonly JsonArray[];
  readonly after: readonly JsonArray[];
}
const { rows } = JSON.parse(readFileSync(path.join(__dirname, '..', 'fixtures', 'updates.json'), 'utf8')) as {
  rows: readonly Update[];
};

interface Held {
  readonly edge: tf.Tensor;
  readonly init: tf.Operation;
  readonly read: () => tf.Tensor;
}
/** A variable of the kind that an edge of the op takes. */
function held(json: JsonArray, isResource: boolean, name: string): Held {
  const value = fromJson(json);
  const { dtype } = value;
  const shape = new tf.TensorShape(value.shape);
  if (isResource) {
    const edge = apply('VarHandleOp', [], { dtype, shape, shared_name: name });
    const init = applyOp('AssignVariableOp', [edge, tf.constant(value)]);
    return { edge, init, read: () => apply('ReadVariableOp', [edge], { dtype }) };
  }
  const edge = apply('VariableV2', [], { dtype, shape });
  return { edge, init: applyOp('Assign', [edge, tf.constant(value)]), read: () => tf.identity(edge) };
}

function check(row: Update, mode: Mode): void {
  new tf.Graph().asDefault((graph) => {
    const def = definitionOf(row.op);
    const isHeld = def.inputs.map((arg) => arg.isRef || arg.dtype === resource);
    const all = row.variables.map((json, i) => held(json, def.inputs[i].dtype === resource, def.inputs[i].name));
    const given = row.inputs.map((json) => tf.constant(fromJson(json)));
    let [nextHeld, nextGiven] = [0, 0];
    const inputs = isHeld.map((is) => (is ? all[nextHeld++].edge : given[nextGiven++]));
    const attrs = Object.fromEntries(Object.entries(row.attrs).map(([k, v]) => [k, attrFromJson(row.op, k, v)]));
    const op = applyOp(row.op, inputs, attrs);
    using sess = open(graph, mode);
    sess.run(all.map(({ init }) => init));
    const outputs: unknown[] = sess.run([...op.outputs]);
    if (!op.outputs.length) sess.run(op);
    outputs.forEach((value, i) => {
      expectClose(value, row.outputs[i]);
    });
    row.after.forEach((json, i) => {
      expectClose(sess.run(all[i].read()), json);
    });
  });
}

const host: Mode = { ...devices()[0], title: 'host', placement: 'host' };
describe.each([host, ...devices().map((mode): Mode => ({ ...mode, placement: 'device' }))])(
  'updates on $title',
  (mode) => {
    rows.forEach((row, i) => {
      const shapes = row.inputs.map(({ dtype, shape }) => `${dtype}[${shape}]`);
      test(`${i}: ${[row.op, ...shapes, ...Object.keys(row.attrs)].join(' ')}`, () => {
        check(row, mode);
      });
    });
  },
);

test('the op of before VariableV2 holds a value too', () => {
  const held = apply('Variable', [], { dtype: tf.float32, shape: new tf.TensorShape([2]) });
  const init = applyOp('Assign', [held, [1, 2]]);
  const doubled = applyOp('AssignAdd', [held, [1, 2]]);
  using sess = new tf.Session();
  sess.run(init);
  expect(String(sess.run(doubled.outputs[0]))).toBe('[2. 4.]');
});
