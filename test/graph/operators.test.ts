/** The operators, plain and reflected, make Python's nodes: recorded by fixtures/record/operators.py. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '../../src';

const programs: Readonly<Record<string, readonly (readonly string[])[]>> = JSON.parse(
  readFileSync(path.join(__dirname, '../fixtures/operators.json'), 'utf8'),
);

describe.each(Object.keys(programs))('%s', (title) => {
  test('makes the nodes that Python makes', () => {
    const [, name, method, operand, dtype] = /^(\w)\.(\w+)\((.*)\) of (\w+)$/.exec(title) ?? [];
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const operands = {
        x: tf.placeholder(dtype, [2, 2], { name: 'x' }),
        v: name === 'v' ? new tf.Variable(tf.zeros([2, 2]), { name: 'v' }) : null,
      };
      const before = graph.getOperations().length;
      const left: unknown = name === 'v' ? operands.v : operands.x;
      (left as Record<string, (y: unknown) => tf.Tensor>)[method](JSON.parse(operand));
      const made = graph.getOperations().slice(before);
      expect(made.map((op) => [op.name, op.type, ...op.inputs.map((t) => t.name)])).toEqual(programs[title]);
    });
  });
});

test('reflected operators take the value on the left', () => {
  const x = tf.constant([1, 2, 4]);
  const fetches = [x.rsub(1), x.rdiv(8), x.rpow(2), x.rfloordiv(5), x.rmod(7)];
  const values = new tf.Session().run(fetches).map((a) => (a as tf.NDArray).toArray());
  expect(values).toEqual([
    [0, -1, -3],
    [8, 4, 2],
    [2, 4, 16],
    [5, 2, 1],
    [0, 1, 3],
  ]);
});
