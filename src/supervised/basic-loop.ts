/** `tf.train.basicTrainLoop`. */
import { AbortedError } from '../base/errors';
import { bound } from '../calls/bind';
import type { Session } from '../session/session';
import type { Supervisor } from './supervisor';

/** One step of a training. */
export type TrainStepFn = (session: Session, ...args: never[]) => unknown;
/**
 * Calls a function, again and again, until its supervisor stops; in a new session where one was aborted.
 *
 *     const count = tf.assignAdd(tf.train.getOrCreateGlobalStep(), 1);
 *     const sv = new tf.train.Supervisor();
 *     let steps = 0;
 *     tf.train.basicTrainLoop(sv, (session) => {
 *       steps = session.run(count);
 *       if (steps === 3) sv.requestStop();
 *     });
 *     steps   // 3
 *
 * @param supervisor   opens the sessions, and says when to stop
 * @param trainStepFn  is called with the session, then `args` and `kwargs`
 * @param args         what it is given behind the session
 * @param kwargs       an object behind these
 * @param master       a remote master, as `grpc://host:port`; '' for this process
 * @throws what `trainStepFn` throws
 */
export const basicTrainLoop = bound(
  'train.basic_train_loop',
  (
    supervisor: Supervisor,
    trainStepFn: TrainStepFn,
    args: readonly unknown[] = [],
    kwargs?: object,
    master?: string,
  ): void => {
    const more = (kwargs ? [...args, kwargs] : [...args]) as never[];
    for (let again = true; again; )
      try {
        again = false;
        supervisor.managedSession<void>({ master }, (session: Session) => {
          while (!supervisor.shouldStop()) trainStepFn(session, ...more);
        });
      } catch (error) {
        if (!(error instanceof AbortedError)) throw error;
        again = true;
      }
  },
);
