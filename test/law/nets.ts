/** Forms of recurrent nets that are one op. */
import { form, type Forms, int, type Operand, plain, sums } from './form';

const UNITS = 4;
/** How many rows a net of five steps has, so that so many numbers come out of it. */
const rowsOf = (n: number): number => Math.max(1, Math.ceil(n / (5 * UNITS)));
const state = (rows: number): Operand => plain(rows, UNITS);
function operands(steps: number, rows: number): Operand[] {
  const peephole = plain(UNITS);
  const weights = [plain(3 + UNITS, 4 * UNITS), peephole, peephole, peephole, plain(4 * UNITS)];
  return [int(steps), sums(5, rows, 3), state(rows), state(rows), ...weights];
}
const net =
  (attrs: Readonly<Record<string, number>>): Forms =>
  (n) =>
    [5, 3, 7].flatMap((steps) =>
      [true, false].map((use_peephole) => form(operands(steps, rowsOf(n)), { ...attrs, use_peephole })),
    );
const back: Forms = (n) =>
  [5, 3].flatMap((steps) => {
    const kept = Array.from({ length: 9 }, () => plain(5, rowsOf(n), UNITS));
    return [true, false].map((use_peephole) => form([...operands(steps, rowsOf(n)), ...kept], { use_peephole }));
  });
export const NETS: Readonly<Record<string, Forms>> = {
  BlockLSTM: net({ forget_bias: 1, cell_clip: 0.5 }),
  BlockLSTMV2: net({ cell_clip: -1 }),
  BlockLSTMGrad: back,
  BlockLSTMGradV2: back,
};
