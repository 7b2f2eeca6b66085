/** Choosing between two tensors in plain TypeScript, for every dtype. */
import { type Cells, asNumbers } from '../../base/elements';
import { zerosOf } from '../../base/dtype';
import { broadcast, cShape, sameShape, sizeOf } from '../../base/shape';
import { type HostTable, type HostTensor, type KernelNode, host, invalid } from '../kernel';
import { broadcastWalk } from './loops';

type Shaped = readonly { readonly shape: readonly number[] }[];
function checkSelect(inputs: Shaped, node: KernelNode): void {
  const [c, x, y] = inputs;
  const sameValues = (): void => {
    if (!sameShape(x.shape, y.shape))
      invalid(`'then' and 'else' must have the same size.  but received: ${cShape(x.shape)} vs. ${cShape(y.shape)}`);
  };
  if (c.shape.length === 0) {
    sameValues();
    return;
  }
  if (c.shape.length === 1 && x.shape.length !== 1) {
    if (!x.shape.length) invalid(`'then' must be at least a vector, but saw shape: ${cShape(x.shape)}`);
    if (c.shape[0] !== x.shape[0])
      invalid(`Number of batches of 'then' must match size of 'cond', but saw: ${x.shape[0]} vs. ${c.shape[0]}`);
    sameValues();
    return;
  }
  for (let i = 1; i < 3; i++) {
    if (!sameShape(c.shape, inputs[i].shape))
      invalid(
        `Inputs to operation ${node.name} of type ${node.type} must have the same size and shape.  ` +
          `Input 0: ${cShape(c.shape)} != input ${i}: ${cShape(inputs[i].shape)}`,
      );
  }
}
/** Takes whole blocks of elements, one per element of the condition. */
function select([c, x, y]: readonly HostTensor[]): HostTensor {
  const cond = asNumbers(c.data);
  const n = sizeOf(x.shape);
  if (cond.length === 1) return cond[0] ? x : y;
  const out = zerosOf(x.dtype, n);
  const block = (n && n / cond.length) * (x.dtype.isComplex ? 2 : 1);
  const [a, b, z]: readonly Cells[] = [x.data, y.data, out];
  if (block === 1) for (let i = 0; i < n; i++) z[i] = cond[i] ? a[i] : b[i];
  else {
    for (let i = 0, at = 0; i < cond.length; i++) {
      const from = cond[i] ? a : b;
      for (const end = at + block; at < end; at++) z[at] = from[at];
    }
  }
  return host(x.dtype, x.shape, out);
}

function checkSelectV2([c, x, y]: Shaped): void {
  const values = broadcast(x.shape, y.shape);
  if (!values) invalid(`then ${cShape(x.shape)} and else ${cShape(y.shape)} must be broadcastable`);
  if (!broadcast(c.shape, values))
    invalid(`condition ${cShape(c.shape)}, then ${cShape(x.shape)}, and else ${cShape(y.shape)} must be broadcastable`);
}
function selectV2(inputs: readonly HostTensor[]): HostTensor {
  const [c, x, y] = inputs;
  if (sameShape(c.shape, x.shape) && sameShape(x.shape, y.shape)) return select(inputs);
  const shape = broadcast(c.shape, broadcast(x.shape, y.shape)!)!;
  // Walked twice, condition with x and condition with y, each against the shape of the result.
  const n = sizeOf(shape);
  const step = x.dtype.isComplex ? 2 : 1;
  const out = zerosOf(x.dtype, n, shape);
  const to: Cells = out;
  const frame = host(c.dtype, shape, []);
  const [cond, holds] = [asNumbers(c.data), new Uint8Array(n)];
  broadcastWalk(frame, c, (o, _, j) => {
    holds[o] = cond[j];
  });
  for (const [from, wanted] of [
    [x, 1],
    [y, 0],
  ] as const) {
    const data: Cells = from.data;
    broadcastWalk(frame, from, (o, _, j) => {
      if (holds[o] === wanted) for (let k = 0; k < step; k++) to[o * step + k] = data[j * step + k];
    });
  }
  return host(x.dtype, shape, out);
}

export const SELECT_KERNELS: HostTable = {
  Select: { run: select, check: checkSelect, cost: 2 },
  SelectV2: { run: selectV2, check: checkSelectV2, cost: (inputs) => 2 * Math.max(...inputs.map((x) => x.size)) },
};
