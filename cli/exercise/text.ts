/** Text that fits the terminal. */

/** Where nobody watches, and at most so wide: longer lines are hard to read. */
const USUAL = 100;
const WIDEST = 120;
const NARROWEST = 40;

export function widthOf(output: { readonly columns?: number }): number {
  return Math.max(NARROWEST, Math.min(WIDEST, output.columns || USUAL));
}

export interface WrapOptions {
  readonly width: number;
  readonly indent: number;
  /** Of the first line; as the others where not given. */
  readonly first?: number;
}
/** Breaks a text between words. A word that is longer than a line stands alone. */
export function wrap(text: string, { width, indent, first = indent }: WrapOptions): string[] {
  const lines: string[] = [];
  let line = ' '.repeat(first);
  let empty = true;
  for (const word of text.trim().split(/\s+/)) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      [line, empty] = [' '.repeat(indent), true];
    }
    line += `${empty ? '' : ' '}${word}`;
    empty = false;
  }
  return [...lines, line];
}
