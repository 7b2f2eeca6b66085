/** Shows someone at a terminal how far a program is: one line, which is gone when it is over. */
import type { Progress } from './child';

export interface ProgressLine {
  readonly show: ((progress: Progress) => void) | undefined;
  clear(): void;
}

export function progressLine(output: NodeJS.WriteStream, name = ''): ProgressLine {
  if (!output.isTTY || process.env.TERM === 'dumb') return { show: undefined, clear() {} };
  return {
    show: ({ steps, seconds }) => {
      const step = steps ? `training step ${steps.toLocaleString('en')}, ` : '';
      output.write(`\r\u001b[K${name ? `${name}: ` : ''}${step}${seconds.toFixed(0)} s`);
    },
    clear: () => void output.write('\r\u001b[K'),
  };
}
