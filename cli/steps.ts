/** Says what a command does while it does it. */
import { fitted } from './text';

export interface Reporter {
  /** Whether a person is watching. */
  readonly interactive: boolean;
  say(line: string): void;
  /** Says what is being done while it is, and how long it took. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
}

/** For a person, a line that turns while a step runs and then tells its time; for a log, a line when it begins. */
export function reporter(output: NodeJS.WriteStream | NodeJS.WritableStream): Reporter {
  const watched = 'isTTY' in output && output.isTTY ? output : null;
  const say = (line: string): void => void output.write(`${fitted(line, watched ?? {})}\n`);
  const step = async <T>(title: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const seconds = (digits: number) => `${((performance.now() - start) / 1000).toFixed(digits)} s`;
    let turns = 0;
    const turn = () => output.write(`\r${'|/-\\'[turns++ % 4]} ${title}, ${seconds(0)}\x1b[K`);
    if (!watched) say(title);
    const timer = watched ? setInterval(turn, 100) : undefined;
    try {
      const result = await work();
      if (watched) output.write(`\r${title}: ${seconds(1)}\x1b[K\n`);
      return result;
    } catch (error) {
      if (watched) output.write('\r\x1b[K');
      throw error;
    } finally {
      clearInterval(timer);
    }
  };
  return { interactive: watched !== null, say, step };
}
