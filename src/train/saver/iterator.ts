/** Checkpoints as they come: for a program that evaluates what another one trains. */
import { seconds, sleep } from '../../base/platform';
import { bound } from '../../calls/bind';
import { latestCheckpoint } from './state';

/** How long it sleeps before it looks again. */
const PAUSE = 1;
/** The latest checkpoint, once it is another one than the last; null where none comes in time. */
function nextCheckpoint(folder: string, last: string | null, timeout: number | null): string | null {
  const end = timeout === null ? Infinity : seconds() + timeout;
  for (;;) {
    const path = latestCheckpoint(folder);
    if (path !== null && path !== last) return path;
    if (seconds() + PAUSE > end) return null;
    sleep(PAUSE);
  }
}
/**
 * The checkpoints of a folder as another program writes them: each time the latest one, as soon as it is a new one.
 *
 *     const w = new tf.Variable(1);
 *     sess.run(w.initializer);
 *     new tf.train.Saver().save(sess, `${folder}/model`, 7);
 *     const paths = [...tf.train.checkpointsIterator(folder, { timeout: 0 })];
 *     paths.map((path) => path.split('-').pop())   // ['7']
 *
 * It waits while there is none, and the whole program with it.
 *
 * @param checkpointDir    the folder
 * @param minIntervalSecs  the least time between two of them, in seconds; 0 where not given
 * @param timeout          how long it waits for a new one, in seconds; for ever where not given
 * @param timeoutFn        called when that time is over: true ends it, false waits on; it ends where not given
 * @returns  an iterator over paths, for `saver.restore`
 * @throws TypeError  for a call without a folder
 * @throws ValueError  while it goes on, if the folder's file `checkpoint` names no checkpoint
 */
export const checkpointsIterator = bound('train.checkpoints_iterator', iterate);
function* iterate(
  checkpointDir: string,
  minIntervalSecs = 0,
  timeout?: number,
  timeoutFn?: () => boolean,
): Generator<string, void> {
  let last: string | null = null;
  for (;;) {
    const path = nextCheckpoint(checkpointDir, last, timeout ?? null);
    if (path === null) {
      if (!timeoutFn || timeoutFn()) return;
      continue;
    }
    const start = seconds();
    last = path;
    yield path;
    const rest = start + minIntervalSecs - seconds();
    if (rest > 0) sleep(rest);
  }
}
