/** The large kernels of a step, which a limit runs alone. */

/** A large kernel of a step, by the shapes of its inputs. */
export interface Work {
  readonly type: 'MatMul' | 'Conv2D' | 'Conv2DBackpropInput' | 'Conv2DBackpropFilter';
  readonly shapes: readonly (readonly number[])[];
}
export const matmul = (m: number, k: number, n: number): Work => ({
  type: 'MatMul',
  shapes: [
    [m, k],
    [k, n],
  ],
});
/** A layer's products: forward and for the gradients of its weights and, unless it is the first, of its inputs. */
export const layer = (batch: number, from: number, to: number, first = false): Work[] => [
  matmul(batch, from, to),
  matmul(from, batch, to),
  ...(first ? [] : [matmul(batch, to, from)]),
];
export const convolution = (batch: number, size: number, from: number, to: number, first = false): Work[] => {
  const [x, filter, y] = [
    [batch, size, size, from],
    [5, 5, from, to],
    [batch, size, size, to],
  ];
  return [
    { type: 'Conv2D', shapes: [x, filter] },
    { type: 'Conv2DBackpropFilter', shapes: [x, filter, y] },
    ...(first ? [] : [{ type: 'Conv2DBackpropInput', shapes: [x, filter, y] } as const]),
  ];
};
