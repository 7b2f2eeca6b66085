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

/** Where the words of a table's second column begin, or the indent of a plain line. */
const HANG = /^(\s*(?:\S+(?: \S+)* {2,})?)/;
/**
 * Lines as they are where a program reads them; at a terminal broken between words, at its width. What goes on stands
 * below its line's text: behind the first column of a table, else behind the line's own indent.
 */
export function fitted(text: string, output: { readonly isTTY?: boolean; readonly columns?: number }): string {
  if (!output.isTTY) return text;
  const width = widthOf(output);
  return text
    .split('\n')
    .map((line) => {
      if (line.length <= width) return line;
      const [, head] = HANG.exec(line)!;
      const indent = head.length <= width / 2 ? head.length : line.length - line.trimStart().length;
      const lead = line.slice(0, indent);
      const lines = wrap(line.slice(indent), { width, indent });
      return [lead + lines[0].slice(indent), ...lines.slice(1)].join('\n');
    })
    .join('\n');
}
