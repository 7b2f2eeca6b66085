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
  files: [
    'src/base/ndarray.ts',
    'src/control/checks.ts',
    'src/kernels/host/random-fill.ts',
    'src/kernels/host/state.ts',
    'src/kernels/host/training.ts',
  ],
  ops: {},
};
