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
      const [, head = ''] = HANG.exec(line) ?? [];
      const indent = head.length <= width / 2 ? head.length : line.length - line.trimStart().length;
      const lead = line.slice(0, indent);
      const lines = wrap(line.slice(indent), { width, indent });
      return [lead + lines[0].slice(indent), ...lines.slice(1)].join('\n');
    })
    .join('\n');
}

/** What stands whole in a line of TypeScript, and behind what it may end and go on: what cannot stand last. */
const PARTS = /(['"`])(?:\\.|(?!\1).)*\1|[)\]}]|[([{,]|[=&|?] (?=\S)/g;
/** TypeScript at a terminal's width: broken where it stays the same program; comments between words. */
export function fittedCode(text: string, output: { readonly isTTY?: boolean; readonly columns?: number }): string {
  if (!output.isTTY) return text;
  const width = widthOf(output);
  // A paragraph of comments is one text.
  const wide = text.replace(/^(?:\/\/ .*\n)+/gm, (lines) =>
    lines.split('\n').some((line) => line.length > width) ? `${lines.trim().replaceAll('\n// ', ' ')}\n` : lines,
  );
  return wide
    .split('\n')
    .flatMap((line) =>
      line.startsWith('// ')
        ? wrap(line.slice(3), { width: width - 3, indent: 0 }).map((part) => `// ${part}`)
        : codeLines(line, line.slice(0, line.search(/[^ ]|$/)), width),
    )
    .join('\n');
}
/** As far out as it can be, and there as late. */
function codeLines(line: string, indent: string, width: number): string[] {
  if (line.length <= width) return [line];
  let depth = 0;
  let best = { at: 0, depth: Infinity };
  for (const { 0: part, index } of line.matchAll(PARTS)) {
    if (/^[)\]}]/.test(part)) depth--;
    if (/^[([{]/.test(part)) depth++;
    const at = index + part.trimEnd().length;
    const fits = at <= width && at > indent.length + 4 && at < line.length;
    if (/^[,([{=&|?]/.test(part) && fits && depth <= best.depth) best = { at, depth };
  }
  if (best.at === 0) return [line];
  const { at } = best;
  const rest = `${indent}    ${line.slice(at).trimStart()}`;
  return rest.length < line.length ? [line.slice(0, at), ...codeLines(rest, indent, width)] : [line];
}
