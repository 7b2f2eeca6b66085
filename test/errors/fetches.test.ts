/** What is fetched and may not be, and sessions that cannot run it. */
import * as tf from '../../src';
import { devices, open } from '../devices';
import { caught, first, says, sess } from './says';

test('unknown names', () => {
  tf.constant(1, tf.float32, null, { name: 'cost' });
  const error = caught(() => sess.run('nope:0'));
  expect(error.name).toBe('ValueError');
  expect(first(error)).toBe(
    "Fetch argument 'nope:0' cannot be interpreted as a Tensor. (\"The name 'nope:0' refers to a Tensor which " +
      "does not exist. The operation, 'nope', does not exist in the graph.\")",
  );
  expect(first(caught(() => sess.run('cost:3')))).toContain("The operation, 'cost', exists but only has 1 outputs.");
  expect(first(caught(() => sess.run('a')))).toContain("The name 'a' refers to an Operation not in the graph.");
  expect(caught(() => sess.run('Cst:0')).message).toContain("did you mean 'cost:0'?");
});
test('a fetch that is null or a number', () => {
  tf.constant(1);
  const one = tf.constant(1);
  const none = says(
    () => sess.run(null as never),
    'TypeError',
    "Fetch argument None has invalid type <class 'NoneType'>",
    'the fetch is null',
    'likely cause: a gradient that is null',
  );
  expect(none).toBeInstanceOf(TypeError);
  says(
    () => sess.run([one, { cost: undefined }] as never),
    'TypeError',
    "Fetch argument None has invalid type <class 'NoneType'>",
    'it is fetches[1].cost, and is undefined',
    'likely cause: a misspelled property',
  );
  says(
    () => sess.run(3.5 as never),
    'TypeError',
    "Fetch argument 3.5 has invalid type <class 'float'>, must be a string or Tensor. (Can not convert a float " +
      'into a Tensor or Operation.)',
    'const loss = sess.run(loss) put the value in the place of the tensor',
  );
  for (const [fetch, shown, type] of [
    [true, 'True', 'bool'],
    [NaN, 'nan', 'float'],
  ] as const)
    says(
      () => sess.run(fetch as never),
      'TypeError',
      `Fetch argument ${shown} has invalid type <class '${type}'>, must be a string or Tensor. ` +
        `(Can not convert a ${type} into a Tensor or Operation.)`,
    );
  says(
    () =>
      sess.run([
        one,
        function model() {
          return 1;
        },
      ] as never),
    'TypeError',
    "Fetch argument <function model> has invalid type <class 'function'>, must be a string or Tensor. (Can not " +
      'convert a function into a Tensor or Operation.)',
    'it is fetches[1]',
    'fix: call it',
  );
});
test('sessions that are closed or have nothing to run', () => {
  const closed = (() => {
    const one = tf.constant(1);
    sess.close();
    return caught(() => sess.run(one));
  })();
  expect([first(closed), closed.name]).toEqual(['Attempted to use a closed Session.', 'RuntimeError']);
  expect(closed.message).toContain('fix: run before sess.close()');
  const empty = caught(() => new tf.Session('', { graph: new tf.Graph() }).run([]));
  expect([first(empty), empty.name]).toEqual([
    'The Session graph is empty.  Add operations to the graph before calling run().',
    'RuntimeError',
  ]);
  expect(empty.message).toContain(
    'likely cause: the nodes are in another graph: the session was opened before tf.resetDefaultGraph()',
  );
});
test('no default session, or one of another graph', () => {
  const one = tf.constant(1);
  const tensor = caught(() => one.eval());
  expect([first(tensor), tensor.name]).toEqual([
    'Cannot evaluate tensor using `eval()`: No default session is registered. Use `with sess.as_default()` or ' +
      'pass an explicit session to `eval(session=sess)`',
    'ValueError',
  ]);
  expect(tensor.message).toContain('in TypeScript: sess.asDefault(() => …)');
  says(
    () => one.op.run(),
    'ValueError',
    'Cannot execute operation using `run()`: No default session is registered. Use `with sess.as_default():` ' +
      'or pass an explicit session to `run(session=sess)`',
    'in TypeScript: sess.asDefault(() => …)',
  );
  const other = new tf.Graph();
  other.asDefault(() => tf.constant(1));
  const elsewhere = caught(() => open(other, devices()[0]).asDefault(() => one.eval()));
  expect(first(elsewhere)).toBe(
    "Cannot use the default session to evaluate tensor: the tensor's graph is different from the session's " +
      'graph. Pass an explicit session to `eval(session=sess)`.',
  );
  expect(elsewhere.message).toContain('likely cause: tf.resetDefaultGraph()');
  const given = open(other, devices()[0]);
  for (const [what, whose, run] of [
    ['evaluate tensor', 'tensor', () => one.eval({}, given)],
    ['execute operation', 'operation', () => one.op.run({}, given)],
  ] as const)
    expect(first(caught(run))).toBe(
      `Cannot use the given session to ${what}: the ${whose}'s graph is different from the session's graph.`,
    );
});
