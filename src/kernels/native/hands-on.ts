/**
 * Ops whose kernels in TensorFlow may return an input, or a part of one, instead of a copy: always (Reshape), where there is
 * nothing to do (a transpose to the same order, a sum over no axes), or where the part is aligned (Slice). An op that
 * computes writes over an input only where nobody else holds it, and a fed tensor is held.
 */
const HANDS_ON: ReadonlySet<string> = new Set([
  'Identity', 'IdentityN', 'Snapshot', 'StopGradient', 'PreventGradient', 'PlaceholderWithDefault', 'DebugGradientIdentity', 'CheckNumerics', 'EnsureShape', 'Print',
  'Reshape', 'ExpandDims', 'Squeeze', 'Bitcast', 'Cast', 'Conj', 'Real',
  'Slice', 'StridedSlice', 'Split', 'SplitV', 'Unpack', 'Pack', 'ParallelConcat', 'Concat', 'ConcatV2', 'AddN', 'AccumulateNV2',
  'Transpose', 'ConjugateTranspose', 'Reverse', 'ReverseV2', 'Roll', 'RandomShuffle', 'Tile', 'BroadcastTo', 'Pad', 'PadV2', 'MirrorPad',
  'SpaceToBatch', 'SpaceToBatchND', 'BatchToSpace', 'BatchToSpaceND', 'ResizeBilinear', 'ResizeNearestNeighbor',
  'Sum', 'Mean', 'Prod', 'Max', 'Min', 'All', 'Any', 'EuclideanNorm',
  'Switch', 'RefSwitch', 'Merge', 'RefMerge', 'Enter', 'RefEnter', 'Exit', 'RefExit', 'NextIteration', 'RefNextIteration',
]);
export function handsOn(type: string): boolean { return HANDS_ON.has(type); }
