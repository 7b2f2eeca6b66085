/** Reading rows by index on wasm: a large table stays where it is. */
import { sizeOf } from '../../base/shape';
import { checkIndices, gatherAxes } from '../host/gather';
import type { Info, Recipes, Tools } from './recipe';
import { part } from './slice';

function gathered([x, indices]: readonly Info[], axis: number, batchDims: number, tools: Tools): Info {
  const { call, numbers, reshape } = tools;
  checkIndices(numbers(1), indices.shape, x.shape[axis]);
  const shape = [...x.shape.slice(0, axis), ...indices.shape.slice(batchDims), ...x.shape.slice(axis + 1)];
  if (sizeOf(shape) === 0) return call('Fill', {}, { shape, value: 0, dtype: x.dtype });
  if (batchDims === 0) return call('GatherV2', { x, indices }, { axis, batchDims: 0 });
  // tfjs reads the indices of a second batch from the wrong place: each batch goes alone.
  const batch = sizeOf(indices.shape.slice(0, batchDims));
  const [all, positions] = [
    reshape(x, [batch, ...x.shape.slice(batchDims)]),
    reshape(indices, [batch, sizeOf(indices.shape.slice(batchDims))]),
  ];
  const one = (t: Info, b: number): Info =>
    reshape(
      part(
        t,
        t.shape.map((_, i) => (i ? 0 : b)),
        [1, ...t.shape.slice(1)],
        tools,
      ),
      t.shape.slice(1),
    );
  const parts = Array.from({ length: batch }, (_, b) =>
    call('GatherV2', { x: one(all, b), indices: one(positions, b) }, { axis: axis - batchDims, batchDims: 0 }),
  );
  return reshape(call('Concat', parts, { axis: 0 }), shape);
}

export const GATHER_RECIPES: Recipes = {
  GatherV2(inputs, tools) {
    const { axis, batchDims } = gatherAxes(inputs[0].shape, inputs[1].shape, tools.numbers(2)[0], tools.node);
    return gathered(inputs, axis, batchDims, tools);
  },
  Gather(inputs, tools) {
    gatherAxes(inputs[0].shape, inputs[1].shape, 0, tools.node);
    return gathered(inputs, 0, 0, tools);
  },
};
