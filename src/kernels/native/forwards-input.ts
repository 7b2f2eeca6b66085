/**
 * A kernel of TensorFlow may return an input, or a part of one, instead of a copy: always (Reshape), where there
 * is nothing to do (a sum over no axes), or where the part is aligned (Slice). So every op is taken to do so, but
 * for these: test/kernels/forwards-input.test.ts tried each of them. An op that computes writes over an input only
 * where nobody else holds it, and a fed tensor is held.
 */
export const FRESH: ReadonlySet<string> = new Set(
  [
    'Neg Abs Square Sqrt Rsqrt Reciprocal Inv Exp Expm1 Log Log1p Sigmoid Sin Cos Tan Asin Acos Atan Sinh',
    'Cosh Tanh Asinh Acosh Atanh Erf Erfc Lgamma Floor Ceil Rint IsNan IsInf IsFinite Relu Relu6 LeakyRelu',
    'Elu Selu Softplus Softsign ZerosLike OnesLike Add AddV2 Sub Mul MulNoNan RealDiv DivNoNan Maximum',
    'Minimum SquaredDifference Xdivy Xlogy Atan2 Less LessEqual Greater GreaterEqual Equal NotEqual Div',
    'FloorDiv Mod FloorMod TruncateMod TanhGrad SigmoidGrad SqrtGrad RsqrtGrad ReluGrad Relu6Grad',
    'LeakyReluGrad EluGrad SeluGrad SoftplusGrad SoftsignGrad ApproximateEqual Pow ClipByValue ArgMax ArgMin',
    'Cumsum Cumprod Softmax LogSoftmax SoftmaxCrossEntropyWithLogits SparseSoftmaxCrossEntropyWithLogits',
    'L2Loss BiasAdd BiasAddV1 BiasAddGrad InTopK InTopKV2 Fill ReverseSequence StridedSliceGrad',
    'GatherV2 Gather GatherNd DynamicStitch ParallelDynamicStitch DynamicPartition ListDiff OneHot',
    'MirrorPadGrad ScatterNd ScatterNdNonAliasingAdd TensorScatterUpdate TensorScatterAdd TensorScatterSub',
    'UnsortedSegmentSum UnsortedSegmentProd UnsortedSegmentMax UnsortedSegmentMin SegmentSum SegmentMean',
    'SegmentProd Where Unique UniqueWithCounts MatMul BatchMatMul BatchMatMulV2 Conv2D Conv2DBackpropInput',
    'Conv2DBackpropFilter MaxPool AvgPool MaxPoolGrad MaxPoolGradGrad AvgPoolGrad',
  ].flatMap((types) => types.split(' ')),
);
export function forwardsInput(type: string): boolean {
  return !FRESH.has(type);
}
