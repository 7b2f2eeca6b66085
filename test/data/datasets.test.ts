/** Programs with datasets, beside what TensorFlow 1.15 was recorded to say of the same ones, run by run. */
import * as tf from '../../src';
import { checkKept } from '../../src/kernels/host/dataset';
import { type Mode, devices, open } from '../devices';
import { type Came, RECORDED, type Runs, besideFiles, graphOf } from './recorded';

/** Numbers to six digits: devices compute in orders of their own. */
function plain(value: unknown): unknown {
  if (value instanceof tf.NDArray) return plain(value.toArray());
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? Number(value.toPrecision(6)) : (value ?? null);
}
function runOnce(sess: tf.Session, { fetch, feed, handle, to }: Runs): Came {
  try {
    const fed = to === undefined ? feed : { [to]: sess.run(handle!) };
    return { gave: plain(sess.run(fetch, fed as Record<string, tf.TensorLike>)) };
  } catch (error) {
    if (!(error instanceof tf.errors.OpError)) throw error;
    return { error: [error.name, error.message.split('\n')[0]] };
  }
}
const settled = (came: Came): Came => ('gave' in came ? { gave: plain(came.gave) } : came);
const WITH_RUNS = Object.keys(RECORDED).filter((name) => RECORDED[name].runs.length);

describe.each(devices())('on $title', (mode: Mode) => {
  test.each(WITH_RUNS)('%s', (name) => {
    const graph = graphOf(name);
    const sessions: tf.Session[] = [];
    besideFiles(RECORDED[name], () => {
      for (const row of RECORDED[name].runs) {
        const sess = (sessions[row.session ?? 0] ??= open(graph, mode));
        const came = row.came.map(() => runOnce(sess, row));
        expect({ ...row, came }).toEqual({ ...row, came: row.came.map(settled) });
      }
    });
  });

  test('what goes on without an element ends when its time is up', () => {
    const sess = open(graphOf('for_a_server'), mode);
    const options = new tf.RunOptions({ timeoutInMs: 60 });
    for (const name of ['endless', 'empty', 'looping'])
      expect(() => sess.run(`${name}:0`, {}, { options })).toThrow(tf.errors.DeadlineExceededError);
    expect(sess.run('next:0')).toMatchObject({ shape: [2, 2] });
  });

  test('what an iterator keeps goes with its session', () => {
    const graph = graphOf('for_a_server');
    const begun = open(graph, mode);
    begun.run('next:0');
    const before = begun.device.tensorsAlive();
    const other = open(graph, mode);
    for (let i = 0; i < 40; i++) other.run('next:0');
    other.close();
    expect(begun.device.tensorsAlive()).toBe(before);
  });
});

test('more elements than the heap has room for are not kept', () => {
  checkKept(2 ** 22, 'The cache of a dataset');
  expect(() => checkKept(2 ** 22 + 1, 'The cache of a dataset')).toThrow(
    'The cache of a dataset would keep more than 4194304 elements.',
  );
});
