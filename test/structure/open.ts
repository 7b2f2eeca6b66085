/** What house.test.ts lets pass because nobody has mended it yet. Take out what you mend; add nothing. */
export const OPEN: {
  /** Lines of more than 120 columns. */
  readonly lines: Readonly<Record<string, number>>;
  /** Files of more than 250 lines. */
  readonly files: readonly string[];
  /** Ops named in shared code. */
  readonly ops: Readonly<Record<string, readonly string[]>>;
} = {
  lines: {},
  files: ['src/base/ndarray.ts'],
  ops: {},
};
