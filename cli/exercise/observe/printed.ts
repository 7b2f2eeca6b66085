/** Counts what a program prints: lines, and figures in them. */
import { NOTHING_PRINTED, type Printed } from '../record';

/** A number with a fraction, or what a lost cost looks like: a step count is none. */
const FIGURE = /\d\.\d|\de[-+]?\d|NaN|Infinity/g;
/** A number of any kind. */
const NUMBER = /\d+(\.\d+)?(e[-+]?\d+)?|NaN|Infinity/g;
/** A number with a fraction, from its first digit to its last. */
const WHOLE_FIGURE = /\d+\.\d+(e[-+]?\d+)?/g;
/** So many figures are kept: four are wanted behind the last step. */
const KEPT = 16;
/** A tensor in the place of its value, as text and as the console shows it. */
const TENSOR = /<tf\.\w+ '[^>]*>|Tensor\("[^"]*"[^)]*\)(, dtype=\w+\))?/g;

export class PrintedCount {
  private counted = NOTHING_PRINTED;

  add(given: string): void {
    const text = given.replace(TENSOR, 'a tensor');
    const { lines, figures, numbers, shown, undefineds } = this.counted;
    this.counted = {
      lines: lines + text.split('\n').length - 1,
      figures: figures + (text.match(FIGURE)?.length ?? 0),
      numbers: numbers + (text.match(NUMBER)?.length ?? 0),
      shown: [...shown, ...(text.match(WHOLE_FIGURE) ?? [])].slice(-KEPT),
      undefineds: undefineds + (text.match(/\bundefined\b/g)?.length ?? 0),
    };
  }
  /** What was printed since the last call. */
  take(): Printed {
    const { counted } = this;
    this.counted = NOTHING_PRINTED;
    return counted;
  }
  get sinceTaken(): Printed {
    return this.counted;
  }
}
