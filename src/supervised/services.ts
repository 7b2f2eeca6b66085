/** What a supervisor does every so many seconds: summaries, the count of steps a second, checkpoints. */
import { known } from '../base/keys';
import { tell } from '../base/logging';
import { seconds } from '../base/platform';
import { SessionLog, Summary } from '../format/summary';
import type { Tensor } from '../graph/graph';
import type { Session } from '../session/session';
import type { FileWriter } from '../summary/file-writer';
import { type Counter, globalStep } from '../train/global-step';
import type { Saver } from '../train/saver/saver';
import type { Coordinator } from '../train/coordinator';
import { LooperThread } from './looper';

/** What the services know of their supervisor. */
export interface Service {
  readonly coord: Coordinator;
  readonly summaryWriter: FileWriter | null;
  readonly summaryOp: Tensor | null;
  readonly saveSummariesSecs: number | null;
  readonly globalStep: Counter | Tensor | null;
  readonly saver: Saver | null;
  readonly saveModelSecs: number | null;
  readonly savePath: string | null;
}

export function startServices(sv: Service, sess: Session): LooperThread[] {
  const loopers: LooperThread[] = [];
  const {
    coord,
    saveSummariesSecs,
    saveModelSecs,
    globalStep: counter,
    summaryWriter,
    summaryOp,
    saver,
    savePath,
  } = sv;
  if (saveSummariesSecs && summaryWriter) {
    if (summaryOp !== null) {
      const target = (): void => writeSummaries(sess, summaryOp, summaryWriter, counter);
      loopers.push(new LooperThread(coord, saveSummariesSecs, { target }));
    }
    if (counter !== null) loopers.push(new StepCounter(sv, sess, counter, saveSummariesSecs));
  }
  if (saver && saveModelSecs) {
    const target = (): void => writeCheckpoint(sv, sess, saver, known(savePath, 'a path for checkpoints'));
    loopers.push(new LooperThread(coord, saveModelSecs, { target }));
  }
  for (const looper of loopers) looper.start();
  return loopers;
}
function writeSummaries(sess: Session, op: Tensor, writer: FileWriter, counter: Service['globalStep']): void {
  const [summary, step] = sess.run(counter === null ? [op] : [op, counter]) as [string, number?];
  tell('INFO', `Recording summary at step ${step ?? 'None'}.`);
  writer.addSummary(summary, step);
}
function writeCheckpoint(sv: Service, sess: Session, saver: Saver, savePath: string): void {
  const { globalStep: counter, summaryWriter } = sv;
  tell('INFO', `Saving checkpoint to path ${savePath}`);
  saver.save(sess, savePath, counter ?? undefined);
  if (summaryWriter && counter !== null)
    summaryWriter.addSessionLog(
      new SessionLog({ status: SessionLog.CHECKPOINT, checkpointPath: savePath }),
      globalStep(sess, counter),
    );
}
const MOST_LINES = 10;
class StepCounter extends LooperThread {
  private lastTime = 0;
  private lastStep = 0;
  private said = 0;
  constructor(
    private readonly sv: Service,
    private readonly sess: Session,
    private readonly counter: Counter | Tensor,
    interval: number,
  ) {
    super(sv.coord, interval);
  }
  override startLoop(): void {
    this.lastTime = seconds();
    this.lastStep = globalStep(this.sess, this.counter);
  }
  override runLoop(): void {
    const [step, time] = [globalStep(this.sess, this.counter), seconds()];
    const [steps, secs] = [step - this.lastStep, time - this.lastTime];
    this.lastStep = step;
    this.lastTime = time;
    const simpleValue = secs > 0 ? steps / secs : Infinity;
    const tag = `${this.counter.op.name}/sec`;
    this.sv.summaryWriter?.addSummary(new Summary({ value: [{ tag, simpleValue }] }), step);
    if (this.said++ < MOST_LINES) tell('INFO', `${tag}: ${Number(simpleValue.toPrecision(6))}`);
  }
}
