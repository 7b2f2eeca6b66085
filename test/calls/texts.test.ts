/** Paths and names that must be there: null and undefined are refused in the binder's words, and not in Node's. */
import * as tf from '../../src';
import { said } from '../said';

const { train, savedModel, gfile, flags, logging } = tf;
const session = (): tf.Session => new tf.Session('', { graph: new tf.Graph() });
const CALLS: Readonly<Record<string, (path: string) => unknown>> = {
  NewCheckpointReader: (path) => train.NewCheckpointReader(path),
  latestCheckpoint: (path) => train.latestCheckpoint(path),
  loadCheckpoint: (path) => train.loadCheckpoint(path),
  loadVariable: (path) => train.loadVariable(path, 'v'),
  listVariables: (path) => train.listVariables(path),
  checkpointExists: (path) => train.checkpointExists(path),
  removeCheckpoint: (path) => train.removeCheckpoint(path),
  getCheckpointState: (path) => train.getCheckpointState(path),
  updateCheckpointState: (path) => train.updateCheckpointState(path, 'm'),
  generateCheckpointStateProto: (path) => train.generateCheckpointStateProto('a', path),
  writeGraph: (path) => train.writeGraph(new tf.Graph(), path, 'graph.pb'),
  containsSavedModel: (path) => savedModel.containsSavedModel(path),
  load: (path) => savedModel.load(session(), ['serve'], path),
  Exists: (path) => gfile.Exists(path),
  markFlagAsRequired: (path) => flags.markFlagAsRequired(path),
};
// Programs in plain JavaScript: what types would have refused.
const as = (value: unknown): string => value as string;

test.each(Object.keys(CALLS))('%s', (name) => {
  expect(said(() => CALLS[name](as(null)))).toMatch(
    /^TypeError: Expected string for argument '\w+' of \w+\(\), not None\./,
  );
  expect(said(() => CALLS[name](as(undefined)))).toMatch(
    /^TypeError: \w+\(\) missing 1 required positional argument: '/,
  );
});
test('a saver has no path', () => {
  new tf.Graph().asDefault(() => {
    const saver = new train.Saver([new tf.Variable(1)]);
    for (const path of [null, undefined]) {
      expect(said(() => saver.save(session(), as(path)))).toContain('save_path must be a string, not None.');
      expect(said(() => saver.restore(session(), as(path)))).toMatch(
        /Can't load save_path when it is None|save_path must/,
      );
    }
  });
});
test('what is counted may be anything, and a pattern that no name can match matches none', () => {
  expect(logging.logEveryN(logging.DEBUG, Symbol('x'), 2)).toBeUndefined();
  expect(logging.logFirstN(logging.DEBUG, Proxy.revocable({}, {}), 2)).toBeUndefined();
  expect([gfile.Glob('[z-a]'), gfile.Glob('['.repeat(60_000))]).toEqual([[], []]);
});
test("what is named as Python names it is no variable's name, and a class no function", () => {
  new tf.Graph().asDefault(() => {
    const v = new tf.Variable([1, 2]);
    const settings: readonly Readonly<Record<string, unknown>>[] = [{ var_list: [v] }, { max_to_keep: null }];
    for (const given of settings)
      expect(said(() => new train.Saver(given as never))).toMatch(
        /^TypeError: __init__\(\) got an unexpected keyword argument '(var_list|max_to_keep)'/,
      );
    expect(new train.Saver({ var_list: v }).asSaverDef()?.saveTensorName).toBe('save/control_dependency:0');
    const constraint = tf.layers.Dense as never;
    for (const call of [() => new tf.Variable(1, { constraint }), () => tf.getVariable('v', [2], { constraint })])
      expect(said(call)).toBe('ValueError: The `constraint` argument must be a callable.');
  });
});
