/** Counts what a program prints: lines, and figures in them. */
import type { Printed } from '../record';

/** A number with a fraction, or what a lost cost looks like: a step count is none. */
const FIGURE = /\d\.\d|\de[-+]?\d|NaN|Infinity/g;
/** A number of any kind. */
const NUMBER = /\d+(\.\d+)?(e[-+]?\d+)?|NaN|Infinity/g;
/** A tensor in the place of its value, as text and as the console shows it. */
const TENSOR = /<tf\.\w+ '[^>]*>|Tensor\("[^"]*"[^)]*\)(, dtype=\w+\))?/g;

export class PrintedCount {
  private counted: Printed = { lines: 0, figures: 0, numbers: 0 };

  add(given: string): void {
    const text = given.replace(TENSOR, 'a tensor');
    const { lines, figures, numbers } = this.counted;
    this.counted = {
      lines: lines + text.split('\n').length - 1,
      figures: figures + (text.match(FIGURE)?.length ?? 0),
      numbers: numbers + (text.match(NUMBER)?.length ?? 0),
    };
  }
  /** What was printed since the last call. */
  take(): Printed {
    const { counted } = this;
    this.counted = { lines: 0, figures: 0, numbers: 0 };
    return counted;
  }
  get sinceTaken(): Printed {
    return this.counted;
  }
}
