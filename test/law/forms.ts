/**
 * What ops take, for the law sweep: op type -> forms, each the operands and attributes of one node. Types come
 * from the op's definition; a form says shapes, and where the numbers come from (operands.ts). `n` is a size:
 * small, middle or large.
 */
import type { AttrValue } from '../../src/graph/opdef';
import { TensorShape } from '../../src/base/shape';
import {
  any,
  ascending,
  below,
  divisor,
  fed,
  form,
  type Form,
  type Forms,
  int,
  ints,
  type Operand,
  outOf,
  plain,
  positive,
  size,
  sums,
} from './form';
import { NETS } from './nets';
import { SPARSE } from './sparse';
import { VOLUMES } from './volumes';

/** The last of 23 elements are below the least normal number, where vectors of eight have ended. */
const unary: Forms = (n) => [form([any(n)]), form([any(0)]), form([any(23)])];
const binary: Forms = (n) => [
  form([any(n), any(n)]),
  form([any(n), any()]),
  form([any(), any(n)]),
  form([any(Math.ceil(n / 40), 40), any(40)]),
  form([any(Math.ceil(n / 40), 1), any(1, 40)]),
  form([any(0, 3), any(3)]),
];
const dividing: Forms = (n) => [
  form([any(n), divisor(n)]),
  form([any(n), divisor()]),
  form([any(Math.ceil(n / 40), 1), divisor(1, 40)]),
];
/** A constant on the right, of floats. */
const byConstant = (n: number, value: number): Form => ({
  inputs: [any(n), { values: [value], shape: [1] }],
  floats: true,
});
/** A sum that is infinite in the order of its terms. */
const ofOrder = (n: number, attrs: Form['attrs'] = {}): Form => ({
  inputs: [
    [
      any(n),
      ...[2e38, 2e38, -2e38, -2e38].map((v) => ({ values: new Array<number>(n).fill(v), shape: [n], fed: true })),
    ],
  ],
  attrs,
  floats: true,
});
/** A gradient: the output or input, and what comes in. */
const pair: Forms = (n) => [form([any(n), any(n)]), form([any(0), any(0)])];
const AXES = [[0], [1], [-1], [0, 1], [0, -2], [1, 1], [], [0, 1, -1], [2], [0, 2], [1, 2], [-3]];
const reducing =
  (from: (...shape: number[]) => Operand): Forms =>
  (n) => {
    const rows = Math.ceil(n / 24);
    return [
      ...AXES.filter((axes) => axes.every((a) => a < 2 && a >= -2)).map((axes) =>
        form([from(rows, 24), ints(...axes)]),
      ),
      ...AXES.filter((axes) => !(axes.includes(0) && axes.includes(-3))).map((axes) =>
        form([from(rows, 4, 6), ints(...axes)], { keep_dims: axes.length === 1 }),
      ),
      form([from(n), int(0)]),
      form([from(0, 3), ints(0)]),
      form([from(0, 3), ints(1)]),
      form([from(3, 0), ints(1)]),
    ];
  };
const axisOf: Forms = (n) => [
  ...[0, 1, -1].map((axis) => form([any(Math.ceil(n / 12), 12), int(axis)])),
  form([any(n), int(0)]),
];
const scan: Forms = (n) => [
  ...[0, 1, -1].flatMap((axis) =>
    [false, true].map((flag) =>
      form([sums(Math.ceil(n / 12), 12), int(axis)], { exclusive: flag, reverse: axis === 1 }),
    ),
  ),
  form([any(7), int(0)], { reverse: true }),
];
const rowsOf = (n: number): number => Math.ceil(n / 10);
const rowwise: Forms = (n) => [
  form([any(rowsOf(n), 10)]),
  form([sums(rowsOf(n), 10)]),
  form([any(n)]),
  form([any(3, 1)]),
  form([any(0, 4)]),
];
const side = (n: number): number => Math.max(5, Math.floor(Math.sqrt(n / 8)));
const WINDOWS = (padding: string): readonly Readonly<Record<string, AttrValue>>[] => [
  { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding },
  { ksize: [1, 3, 2, 1], strides: [1, 1, 2, 1], padding },
  { ksize: [1, 1, 1, 1], strides: [1, 1, 1, 1], padding },
];
type Attrs = Readonly<Record<string, AttrValue>>;
const PADDINGS = ['SAME', 'VALID'];
/** The shape that a pool or a convolution of [batch, s, s, depth] gives. */
function windowed(
  batch: number,
  s: number,
  depth: number,
  attrs: Readonly<Record<string, AttrValue>>,
  k: number[],
): number[] {
  const [, down, across] = attrs['strides'] as number[];
  const padding = attrs['padding'] as string;
  return [batch, outOf(s, k[0], down, padding), outOf(s, k[1], across, padding), depth];
}
const pools: Forms = (n) => [
  ...PADDINGS.flatMap(WINDOWS).flatMap((attrs) => [
    form([any(2, side(n), side(n), 3)], attrs),
    form([sums(2, side(n), side(n), 4)], attrs),
  ]),
  form([any(0, 5, 5, 2)], WINDOWS('SAME')[0]),
  form([any(1, 2, 2, 1)], { ksize: [1, 3, 3, 1], strides: [1, 1, 1, 1], padding: 'VALID' }),
];
const poolGradient =
  (build: (input: number[], attrs: Attrs, dy: Operand) => Operand[]): Forms =>
  (n) =>
    PADDINGS.flatMap(WINDOWS).map((attrs) => {
      const input = [2, side(n), side(n), 3];
      const [, h, w] = attrs['ksize'] as number[];
      return form(build(input, attrs, sums(...windowed(2, side(n), 3, attrs, [h, w]))), attrs);
    });
/** A picture with other numbers everywhere but for some pairs, and the maxima of its windows. */
function maxima(shape: number[], attrs: Attrs): Operand[] {
  const values = Array.from({ length: size(shape) }, (_, i) => ((i >> 1) * 37) % 101);
  const [, h, w] = attrs['ksize'] as number[];
  const [, down, across] = attrs['strides'] as number[];
  const [batch, rows, columns, depth] = shape;
  const out = windowed(batch, rows, depth, attrs, [h, w]);
  const before = (length: number, k: number, stride: number, to: number): number =>
    attrs['padding'] === 'SAME' ? Math.max(0, (to - 1) * stride + k - length) >> 1 : 0;
  const [top, left] = [before(rows, h, down, out[1]), before(columns, w, across, out[2])];
  const best: number[] = [];
  for (let b = 0; b < batch; b++)
    for (let r = 0; r < out[1]; r++)
      for (let c = 0; c < out[2]; c++)
        for (let d = 0; d < depth; d++) {
          let largest = -Infinity;
          for (let y = r * down - top; y < r * down - top + h; y++)
            for (let x = c * across - left; x < c * across - left + w; x++)
              if (y >= 0 && y < rows && x >= 0 && x < columns)
                largest = Math.max(largest, values[((b * rows + y) * columns + x) * depth + d]);
          best.push(largest);
        }
  return [
    { values, shape, fed: true },
    { values: best, shape: out, fed: true },
  ];
}
/** Windows that begin with NaN, or have infinities in them. */
const besideNaN: readonly Form[] = [
  [NaN, 1, 2, 1],
  [NaN, -1, -Infinity, -2],
  [1, NaN, Infinity, NaN],
  [-Infinity, -3, NaN, -3],
  [NaN, -Infinity, -Infinity, NaN],
  [NaN, NaN, NaN, NaN],
].map((values) => ({
  inputs: [
    { values, shape: [1, 2, 2, 1], fed: true },
    { values: [Math.max(...values.filter((v) => !Number.isNaN(v)))], shape: [1, 1, 1, 1], fed: true },
    sums(1, 1, 1, 1),
  ],
  attrs: WINDOWS('VALID')[0],
  floats: true,
}));
const CONVOLUTIONS = PADDINGS.flatMap((padding) => [
  { strides: [1, 1, 1, 1], padding },
  { strides: [1, 2, 2, 1], padding },
]);
const convolutions =
  (build: (x: number[], filter: number[], y: number[]) => Operand[]): Forms =>
  (n) => [
    ...CONVOLUTIONS.flatMap((attrs) =>
      [
        [3, 3],
        [1, 1],
      ].map((k) => {
        const filter = [...k, 3, 5];
        return form(build([2, side(n), side(n), 3], filter, windowed(2, side(n), 5, attrs, k)), attrs);
      }),
    ),
    form(build([0, 6, 6, 3], [3, 3, 3, 5], [0, 6, 6, 5]), CONVOLUTIONS[0]),
  ];
/** The same where each of three channels has filters of its own: two of them. */
/** With the same sizes whether a kernel takes notice of it or not. */
const DILATED = { strides: [1, 1, 1, 1], padding: 'SAME', dilations: [1, 2, 2, 1] };
const depthwise =
  (build: (x: number[], filter: number[], y: number[]) => Operand[]): Forms =>
  (n) => [
    ...CONVOLUTIONS.flatMap((attrs) =>
      [
        [3, 3],
        [1, 2],
      ].map((k) => form(build([2, side(n), side(n), 3], [...k, 3, 2], windowed(2, side(n), 6, attrs, k)), attrs)),
    ),
    form(build([0, 6, 6, 3], [3, 3, 3, 2], [0, 6, 6, 6]), CONVOLUTIONS[0]),
    form(build([2, 6, 6, 0], [3, 3, 0, 2], [2, 6, 6, 0]), CONVOLUTIONS[0]),
    form(build([2, 6, 6, 3], [3, 3, 3, 0], [2, 6, 6, 0]), CONVOLUTIONS[0]),
    form(build([2, 0, 6, 3], [3, 3, 3, 2], [2, 0, 6, 6]), CONVOLUTIONS[0]),
    form(build([2, 6, 6, 3], [3, 3, 3, 2], [2, 6, 6, 6]), DILATED),
  ];
const gathering: Forms = (n) => [
  form([any(9, 4), below(9, n >> 2), int(0)]),
  form([any(n >> 2, 5), below(5, 2, 3), int(1)]),
  form([any(9), below(9), int(0)]),
  form([any(0, 3), below(1, 0), int(0)]),
  form([any(2, 0), ints(0, 5), int(0)]),
];
const segments: Forms = (n) => [
  form([sums(n >> 2, 4), ascending(9, n >> 2)]),
  form([any(n), ascending(Math.ceil(n / 3), n)]),
  form([any(5, 2), ints(0, 0, 2, 2, 5)]),
];
const unsorted: Forms = (n) => [
  form([sums(n >> 2, 4), below(9, n >> 2), int(11)]),
  form([any(n), below(Math.ceil(n / 3), n), int(n)]),
  form([any(4, 2), ints(0, -1, 2, 0), int(3)]),
  form([any(0, 2), below(1, 0), int(3)]),
];
/** Segments of rows that are picked, and how many there are. */
const picking =
  (...count: Operand[]): Forms =>
  (n) => [
    form([sums(9, 8), below(9, n >> 1), ascending(5, n >> 1), ...count]),
    form([any(n >> 2, 4), below(n >> 2, 12), ints(0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), ...count]),
    form([any(n), below(n, n), ascending(6, n), ...count]),
    form([any(5, 2), ints(), ints(), ...count]),
    form([any(5, 0), ints(1, 4), ints(0, 1), ...count]),
  ];
const scattering: Forms = (n) => [
  form([any(9, 4), below(9, n >> 2, 1), sums(n >> 2, 4)]),
  form([any(9), ints2([[1], [1], [8]]), any(3)]),
];
function ints2(rows: readonly (readonly number[])[]): Operand {
  return { values: rows.flat(), shape: [rows.length, rows[0].length] };
}
const pads =
  (from: (...shape: number[]) => Operand, more: Operand[], attrs = {}): Forms =>
  (n) => [
    form(
      [
        from(n >> 2, 4),
        ints2([
          [1, 2],
          [0, 3],
        ]),
        ...more,
      ],
      attrs,
    ),
    form([from(5), ints2([[2, 2]]), ...more], attrs),
  ];
const classes = (n: number): number => (n > 5000 ? 10 : 7);

export const FORMS: Readonly<Record<string, Forms>> = {
  ...each(
    'Neg Abs Sign Square Sqrt Rsqrt Reciprocal Inv Exp Expm1 Log Log1p Sigmoid Sin Cos Tan Asin Acos Atan',
    unary,
  ),
  ...each('Sinh Cosh Tanh Asinh Acosh Atanh Erf Erfc Lgamma Digamma Floor Ceil Rint Round IsNan IsInf IsFinite', unary),
  ...each('Relu Relu6 LeakyRelu Elu Selu Softplus Softsign ZerosLike OnesLike LogicalNot Conj', unary),
  ...each('Add AddV2 Sub Mul MulNoNan DivNoNan Maximum Minimum SquaredDifference Xdivy Xlogy Atan2', binary),
  RealDiv: (n) => [...binary(n), byConstant(n, 3e38), byConstant(n, 3)],
  Div: (n) => [...dividing(n), byConstant(n, 3e38), byConstant(n, 3)],
  ...each('Less LessEqual Greater GreaterEqual Equal NotEqual LogicalAnd LogicalOr', binary),
  ...each('FloorDiv TruncateDiv Mod FloorMod TruncateMod', dividing),
  ...each('TanhGrad SigmoidGrad SqrtGrad RsqrtGrad ReciprocalGrad InvGrad ReluGrad Relu6Grad LeakyReluGrad', pair),
  ...each('EluGrad SeluGrad SoftplusGrad SoftsignGrad ApproximateEqual', pair),
  Pow: (n) => [form([any(n), positive(n)]), form([any(n), int(2)]), form([any(n), int(3)]), form([any(0), int(1)])],
  AddN: (n) => [form([[any(n), any(n), any(n)]]), form([[any(n)]]), form([[any(0), any(0)]]), ofOrder(n)],
  AccumulateNV2: (n) => [
    form([[any(n), any(n), any(n)]], { shape: new TensorShape([n]) }),
    ofOrder(n, { shape: new TensorShape([n]) }),
  ],
  ClipByValue: (n) => [
    form([any(n), int(-1), int(3)]),
    form([any(n), any(), any()]),
    form([any(n), any(n), any(n)]),
    form([any(n), int(3), int(-1)]),
  ],
  Cast: (n) => [form([any(n)])],
  Bitcast: (n) => [form([any(n)])],
  ...each('Sum Mean', reducing(sums)),
  Prod: reducing(sums),
  EuclideanNorm: reducing(sums),
  ...each('Max Min', reducing(any)),
  ...each('All Any', reducing(any)),
  ...each('ArgMax ArgMin', axisOf),
  ...each('Cumsum Cumprod', scan),
  ...each('Softmax LogSoftmax', rowwise),
  SoftmaxCrossEntropyWithLogits: (n) => [
    form([any(rowsOf(n), 10), positive(rowsOf(n), 10)]),
    form([sums(rowsOf(n), 10), sums(rowsOf(n), 10)]),
    form([any(rowsOf(n), 10), positive(1, 10)]),
    form([any(0, 4), any(0, 4)]),
  ],
  SparseSoftmaxCrossEntropyWithLogits: (n) => [
    form([any(rowsOf(n), 10), below(10, rowsOf(n))]),
    form([sums(rowsOf(n), 10), below(10, rowsOf(n))]),
    form([sums(2, 3), ints(-1, 3)]),
  ],
  L2Loss: (n) => [form([sums(n)]), form([any(3)]), form([any(0)])],
  ...each('BiasAdd BiasAddV1', (n) => [
    form([any(rowsOf(n), 10), any(10)]),
    form([any(2, side(n), side(n), 3), any(3)]),
  ]),
  BiasAddGrad: (n) => [form([sums(rowsOf(n), 10)]), form([sums(2, side(n), side(n), 3)]), form([sums(0, 4)])],
  TopKV2: (n) => [form([any(rowsOf(n), 10), int(3)]), form([any(n), int(5)]), form([any(4, 3), int(0)])],
  TopK: (n) => [form([any(rowsOf(n), 10)], { k: 4 })],
  InTopK: (n) => [
    form([any(rowsOf(n), 10), below(10, rowsOf(n))], { k: 3 }),
    form([sums(2, 3), ints(-1, 3)], { k: 1 }),
  ],
  InTopKV2: (n) => [form([any(rowsOf(n), 10), below(10, rowsOf(n)), int(3)])],

  ...each('Igamma Igammac IgammaGradA', (n) => [form([any(n), any(n)]), form([int(2), any(n)])]),
  Betainc: (n) => [form([any(n), any(n), any(n)]), form([int(2), int(0.5), any(n)])],
  ...each('Polygamma Zeta', (n) => [form([any(n), any(n)]), form([int(2), any(n)])]),
  LinSpace: (n) => [
    form([any(), any(), int(n)]),
    ...[NaN, Infinity, -Infinity, 3e38, 0].map((stop) => form([int(0.5), int(stop), int(4)])),
    form([int(-3e38), int(3e38), int(5)]),
  ],
  Range: (n) => [form([int(0), int(n), int(2)]), form([int(5), int(5), int(1)]), form([int(3), int(-n), int(-1)])],
  InvertPermutation: () => [ints(2, 0, 1), ints(0, 0, 1), ints(-1, 0, 1), ints(3, 0, 1)].map((p) => form([p])),
  Roll: (n) => [form([any(n, 3), ints(1, -2), ints(0, 1)]), form([any(n), int(-3), int(0)])],
  Bincount: (n) => [form([below(5, n), int(4), any(n)])],
  DenseBincount: (n) => [form([below(5, n), int(4), any(n)]), form([below(5, n, 3), int(4), any(n, 3)])],
  Fill: (n) => [form([ints(n), any()]), form([ints(0, 3), any()])],
  Reshape: (n) => [form([any(2, n), ints(n, -1)]), form([any(0, 3), ints(3, 0)])],
  ExpandDims: (n) => [form([any(n), int(-1)])],
  Squeeze: (n) => [form([any(1, n, 1)]), form([any(1, n, 1)], { squeeze_dims: [-1] })],
  EnsureShape: (n) => [
    form([any(n)], { shape: new TensorShape([null]) }),
    form([any(n)], { shape: new TensorShape([n + 1]) }),
  ],
  BroadcastTo: (n) => [form([any(n, 1), ints(n, 3)]), form([any(), ints(n)]), form([any(3), ints(0, 3)])],
  ConcatV2: (n) => [
    form([[any(n), any(3)], int(0)]),
    form([[any(n, 2), any(n, 3)], int(-1)]),
    form([[any(0), any(3)], int(0)]),
  ],
  Concat: (n) => [form([int(1), [any(n, 2), any(n, 3)]])],
  Pack: (n) => [form([[any(n), any(n)]], { axis: 1 }), form([[any(n)]])],
  Unpack: (n) => [form([any(n, 3)], { num: 3, axis: -1 }), form([any(2, n)], { num: 2 })],
  Split: (n) => [form([int(1), any(n, 4)], { num_split: 2 }), form([int(0), any(6, n)], { num_split: 3 })],
  SplitV: (n) => [form([any(n, 5), ints(1, -1, 0), int(-1)], { num_split: 3 })],
  Tile: (n) => [form([any(n), ints(3)]), form([any(n, 2), ints(1, 2)]), form([any(n), ints(0)])],
  Transpose: (n) => [
    form([any(n, 3), ints(1, 0)]),
    form([any(n, 2, 3), ints(2, 0, 1)]),
    form([any(n, 2), ints(0, 1)]),
    form([any(3, 2, 2), ints(0, 0, 1)]),
    form([any(3, 2), ints(-1, -2)]),
  ],
  ConjugateTranspose: (n) => [form([any(n, 3), ints(1, 0)])],
  ReverseV2: (n) => [
    form([any(n, 3), ints(-1)]),
    form([any(n, 3), ints(0, 1)]),
    form([any(n, 3), ints(0, -2)]),
    form([any(n), ints()]),
  ],
  ReverseSequence: (n) => [form([any(4, n), ints(0, 1, n, 2)], { seq_dim: 1, batch_dim: 0 })],
  Slice: (n) => [
    form([any(n, 3), ints(1, 0), ints(-1, 2)]),
    form([any(n), ints(1), ints(1)]),
    form([any(n), ints(n), ints(0)]),
    form([any(3), ints(2), ints(3)]),
  ],
  StridedSlice: (n) => [
    form([any(n, 3), ints(0, 2), ints(n, 0), ints(2, -1)]),
    form([any(n), ints(-1), ints(-n - 1), ints(-1)]),
    form([any(n, 2), ints(1, 0), ints(2, 1), ints(1, 1)], { shrink_axis_mask: 1, end_mask: 2 }),
    form([any(n), ints(2), ints(2), ints(1)]),
  ],
  StridedSliceGrad: (n) => [
    form([ints(n, 3), ints(0, 2), ints(n, 0), ints(2, -1), any(Math.ceil(n / 2), 2)]),
    form([ints(n), ints(1), ints(3), ints(1), any(2)]),
  ],
  GatherV2: gathering,
  Gather: (n) => [form([any(9, 4), below(9, n >> 2)]), form([any(3, 2), ints(0, 3)])],
  GatherNd: (n) => [form([any(9, 4), below(4, n >> 2, 2)]), form([any(9, 4), below(9, n >> 2, 1)])],
  ...each('DynamicStitch ParallelDynamicStitch', () => [
    form([
      [ints(0, 2), ints(3, 1)],
      [any(2, 3), any(2, 3)],
    ]),
    ...[[2, 40], [-3], [-3, 1], [0, -1]].map((rows) => form([[fed(...rows)], [any(rows.length, 3)]])),
  ]),
  DynamicPartition: (n) => [form([any(n), below(3, n)], { num_partitions: 3 })],
  ListDiff: () => [form([any(20), any(5)])],
  OneHot: (n) => [
    form([below(7, n), int(5), any(), any()]),
    form([ints(-1, 0, 9), int(4), int(1), int(0)], { axis: 0 }),
  ],
  Pad: pads(any, []),
  PadV2: pads(any, [any()]),
  MirrorPad: pads(any, [], { mode: 'SYMMETRIC' }),
  MirrorPadGrad: (n) => [
    form(
      [
        sums((n >> 2) + 3, 8),
        ints2([
          [1, 2],
          [2, 2],
        ]),
      ],
      { mode: 'REFLECT' },
    ),
  ],
  ScatterNd: (n) => [
    form([below(9, n >> 2, 1), sums(n >> 2, 4), ints(9, 4)]),
    form([ints2([[1], [1]]), any(2), ints(3)]),
  ],
  ...each('ScatterNdNonAliasingAdd TensorScatterUpdate TensorScatterAdd TensorScatterSub', scattering),
  ...each('UnsortedSegmentSum UnsortedSegmentProd UnsortedSegmentMax UnsortedSegmentMin', unsorted),
  ...each('SegmentSum SegmentMean SegmentProd SegmentMax SegmentMin', segments),
  ...SPARSE,
  ...each('SparseSegmentSum SparseSegmentMean SparseSegmentSqrtN', picking()),
  ...each(
    'SparseSegmentSumWithNumSegments SparseSegmentMeanWithNumSegments SparseSegmentSqrtNWithNumSegments',
    picking(int(7)),
  ),
  ...each('Select', (n) => [
    form([any(n), any(n), any(n)]),
    form([any(n), any(n, 2), any(n, 2)]),
    form([any(), any(n), any(n)]),
  ]),
  SelectV2: (n) => [form([any(n), any(n), any(n)]), form([any(n, 1), any(3), any()])],
  Where: (n) => [form([any(n)]), form([any(n, 2)])],
  ...each('Unique UniqueWithCounts', (n) => [form([any(n)])]),

  MatMul: (n) => [
    form([sums(rowsOf(n), 10), sums(10, 7)]),
    form([sums(10, rowsOf(n)), sums(10, 7)], { transpose_a: true }),
    form([sums(rowsOf(n), 10), sums(7, 10)], { transpose_b: true }),
    form([any(4, 3), any(3, 5)]),
    form([sums(3, 0), sums(0, 4)]),
    form([sums(0, 3), sums(3, 4)]),
  ],
  ...each('BatchMatMul', (n) => [
    form([sums(3, rowsOf(n), 5), sums(3, 5, 4)]),
    form([sums(2, 3, 4), sums(2, 5, 4)], { adj_y: true }),
  ]),
  BatchMatMulV2: (n) => [
    form([sums(3, rowsOf(n), 5), sums(5, 4)]),
    form([sums(2, 3, 4), sums(2, 5, 4)], { adj_y: true }),
  ],
  _FusedMatMul: (n) =>
    [['BiasAdd'], ['BiasAdd', 'Relu'], ['BiasAdd', 'Relu6'], ['BiasAdd', 'Elu']].map((ops) =>
      form([sums(rowsOf(n), 10), sums(10, classes(n)), [sums(classes(n))]], { fused_ops: ops }),
    ),
  _FusedConv2D: (n) =>
    [['BiasAdd'], ['BiasAdd', 'Relu'], ['BiasAdd', 'Relu6'], ['BiasAdd', 'Elu']].map((ops) =>
      form([sums(2, side(n), side(n), 3), sums(3, 3, 3, 5), [sums(5)]], { fused_ops: ops, ...CONVOLUTIONS[0] }),
    ),
  Conv2D: (n) => [
    ...convolutions((x, filter) => [sums(...x), sums(...filter)])(n),
    form([sums(2, 6, 2, 1), sums(1, 1, 1, 3)], { strides: [1, 2, 2, 1], padding: 'VALID' }),
    form([sums(3, 4, 3, 1), sums(2, 2, 1, 2)], { strides: [1, 2, 2, 1], padding: 'VALID' }),
    form([plain(2, 2, 1, 1), plain(1, 2, 1, 1)], { strides: [1, 1, 2, 1], padding: 'SAME' }),
    form([plain(2, 3, 4, 1), plain(1, 3, 1, 2)], { strides: [1, 1, 2, 1], padding: 'VALID' }),
    form([plain(2, 3, 1, 1), plain(2, 3, 1, 2)], { strides: [1, 1, 3, 1], padding: 'SAME' }),
  ],
  ...NETS,
  ...VOLUMES,
  DepthwiseConv2dNative: depthwise((x, filter) => [sums(...x), sums(...filter)]),
  DepthwiseConv2dNativeBackpropInput: depthwise((x, filter, y) => [ints(...x), sums(...filter), sums(...y)]),
  DepthwiseConv2dNativeBackpropFilter: depthwise((x, filter, y) => [sums(...x), ints(...filter), sums(...y)]),
  SpaceToBatchND: (n) => [
    form([
      any(2, side(n), side(n), 3),
      ints(2, 3),
      ints2([
        [0, side(n) % 2],
        [1, 5 - (side(n) % 3)],
      ]),
    ]),
    form([any(4, n), ints(1), ints2([[0, 0]])]),
  ],
  BatchToSpaceND: (n) => [
    form([
      any(12, side(n), side(n), 3),
      ints(2, 3),
      ints2([
        [0, 1],
        [2, 0],
      ]),
    ]),
    form([any(4, n), ints(1), ints2([[0, 0]])]),
  ],
  SpaceToBatch: (n) => [
    form(
      [
        any(2, 2 * side(n), 2 * side(n), 3),
        ints2([
          [1, 1],
          [2, 0],
        ]),
      ],
      { block_size: 2 },
    ),
  ],
  BatchToSpace: (n) => [
    form(
      [
        any(8, side(n), side(n), 3),
        ints2([
          [0, 1],
          [1, 0],
        ]),
      ],
      { block_size: 2 },
    ),
  ],
  Conv2DBackpropInput: (n) => [
    ...convolutions((x, filter, y) => [ints(...x), sums(...filter), sums(...y)])(n),
    form([ints(2, 6, 6, 3), sums(3, 3, 3, 0), sums(2, 6, 6, 0)], CONVOLUTIONS[0]),
    form([ints(2, 6, 6, 0), sums(3, 3, 0, 5), sums(2, 6, 6, 5)], CONVOLUTIONS[0]),
    form([ints(2, 0, 6, 3), sums(3, 3, 3, 5), sums(2, 0, 6, 5)], CONVOLUTIONS[0]),
    form([ints(2, 2, 6, 3), sums(3, 3, 3, 5), sums(2, 0, 2, 5)], { strides: [1, 2, 2, 1], padding: 'VALID' }),
  ],
  Conv2DBackpropFilter: (n) => [
    ...convolutions((x, filter, y) => [sums(...x), ints(...filter), sums(...y)])(n),
    form([sums(2, 6, 6, 3), ints(3, 3, 3, 0), sums(2, 6, 6, 0)], CONVOLUTIONS[0]),
    form([sums(2, 6, 6, 0), ints(3, 3, 0, 5), sums(2, 6, 6, 5)], CONVOLUTIONS[0]),
    form([sums(2, 0, 6, 3), ints(3, 3, 3, 5), sums(2, 0, 6, 5)], CONVOLUTIONS[0]),
    form([sums(2, 2, 6, 3), ints(3, 3, 3, 5), sums(2, 0, 2, 5)], { strides: [1, 2, 2, 1], padding: 'VALID' }),
    form([sums(2, 50, 50, 3), ints(1, 1, 3, 5), sums(2, 25, 25, 5)], { strides: [1, 2, 2, 1], padding: 'SAME' }),
  ],
  ...each('BitwiseAnd BitwiseOr BitwiseXor', (n) => [form([any(n), any(n)]), form([any(n), any()])]),
  ...each('LeftShift RightShift', (n) => [form([any(n), below(31, n)]), form([any(), below(31, n)])]),
  Invert: unary,
  ...each('MatrixDiag Diag', (n) => [form([any(classes(n))])]),
  MatrixDiagPart: (n) => [form([any(n, 3, 4)]), form([any(0, 3)])],
  MatrixSetDiag: (n) => [form([any(n, 3, 4), any(n, 3)])],
  MatrixDiagV3: (n) => [form([any(classes(n)), int(0), int(-1), int(-1), any()])],
  MatrixDiagPartV3: (n) => [form([any(n, 3, 4), int(1), any()])],
  MatrixSetDiagV3: (n) => [form([any(n, 3, 4), any(n, 3), int(0)])],
  MatrixBandPart: (n) => [form([any(n, 3, 4), int(1), int(-1)]), form([any(3, 3), int(0), int(0)])],
  DiagPart: (n) => [form([any(rowsOf(n), rowsOf(n))])],
  Cross: (n) => [form([any(n, 3), any(n, 3)])],
  SpaceToDepth: (n) => [form([any(2, 2 * side(n), 4, 3)], { block_size: 2 })],
  DepthToSpace: (n) => [form([any(2, side(n), 2, 12)], { block_size: 2 })],
  ...each('FusedBatchNorm FusedBatchNormV2', normalizing),
  FusedBatchNormV3: (n) => normalizing(n).map((each) => ({ ...each, outputs: 5 })),
  ...each('FusedBatchNormGrad FusedBatchNormGradV2', (n) => normalized(n)),
  FusedBatchNormGradV3: (n) => normalized(n).map(({ inputs, attrs }) => form([...inputs, plain(3)], attrs)),
  ...each('BesselI0e BesselI1e', unary),
  LRN: (n) => [
    form([sums(2, side(n), side(n), 8)], { depth_radius: 2 }),
    form([any(2, side(n), side(n), 3)], { depth_radius: 5, beta: 1 }),
  ],
  LRNGrad: (n) => [
    form(
      [1, 2, 3].map(() => plain(2, side(n), side(n), 8)),
      { depth_radius: 2 },
    ),
  ],
  ...each('ResizeBilinear ResizeBicubic', (n) => [
    form([sums(2, side(n), side(n) + 1, 3), ints(side(n) + 3, side(n))]),
    form([any(1, side(n), side(n), 2), ints(side(n), 2 * side(n))], { align_corners: true }),
    form([sums(1, side(n), side(n), 2), ints(2, side(n) + 5)], { half_pixel_centers: true }),
  ]),
  ...each('ResizeBilinearGrad ResizeBicubicGrad', (n) => [
    form([sums(2, side(n) + 3, side(n), 3), plain(2, side(n), side(n) + 1, 3)]),
    form([sums(1, side(n), side(n), 2), plain(1, side(n) + 2, 3, 2)], { half_pixel_centers: true }),
  ]),
  ResizeNearestNeighbor: (n) => [
    form([any(2, side(n), side(n) + 1, 3), ints(side(n) + 3, side(n))]),
    form([any(1, side(n), side(n), 2), ints(2, 2 * side(n))], { half_pixel_centers: true }),
  ],
  ResizeNearestNeighborGrad: (n) => [form([sums(2, side(n) + 3, side(n), 3), ints(side(n), side(n) + 1)])],
  ...each('LowerBound UpperBound', (n) => [
    { inputs: [{ ...ascending(100, n), shape: [1, n] }, any(1, n)], floats: true },
  ]),
  ...each('MaxPool AvgPool', pools),
  MaxPoolGrad: (n) => [...poolGradient((shape, attrs, dy) => [...maxima(shape, attrs), dy])(n), ...besideNaN],
  MaxPoolGradGrad: (n) => [
    ...poolGradient((shape, attrs) => [...maxima(shape, attrs), sums(...shape)])(n),
    ...besideNaN.map(({ inputs: [x, y], ...more }) => ({ inputs: [x, y, sums(1, 2, 2, 1)], ...more })),
  ],
  AvgPoolGrad: poolGradient((shape, _, dy) => [ints(...shape), dy]),
};
function normalizing(n: number): Form[] {
  return [
    form([sums(2, side(n), side(n), 3), plain(3), plain(3), plain(0), plain(0)], { is_training: true }),
    form([sums(2, side(n), side(n), 3), plain(3), plain(3), plain(3), positive(3)], { is_training: false }),
    form([any(2, side(n), side(n), 3), plain(3), plain(3), plain(3), positive(3)], { is_training: false }),
    form([plain(0, 3, 3, 3), plain(3), plain(3), plain(0), plain(0)], { is_training: true }),
  ];
}
function normalized(n: number): Form[] {
  const [dy, x] = [plain(2, side(n), side(n), 3), plain(2, side(n), side(n), 3)];
  return [true, false].map((is_training) => form([dy, x, plain(3), plain(3), positive(3)], { is_training }));
}
function each(types: string, forms: Forms): Record<string, Forms> {
  return Object.fromEntries(types.split(' ').map((type) => [type, forms]));
}
