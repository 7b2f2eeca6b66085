/** Ops on state, lists and random numbers, of which no calls are on file: small programs that ask for their numbers. */
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import type { AttrValue } from '../../src/graph/opdef';
import {
  type Hostile,
  NUMBERS,
  type SizeCall,
  WAYS,
  type Way,
  holds,
  placesIn,
  runs,
  withNumber,
  written,
} from './sizes';

/** Asks for a number, or for some, that may be others. */
interface Ask {
  readonly int: (n: number) => tf.Tensor;
  readonly ints: (...n: number[]) => tf.Tensor;
  readonly longs: (...n: number[]) => tf.Tensor;
  readonly attr: (n: number) => AttrValue;
}
type Program = (ask: Ask) => readonly tf.Tensor[];
type Inputs = Parameters<typeof applyOp>[1];
const op = (type: string, inputs: Inputs, attrs: Readonly<Record<string, AttrValue>> = {}): readonly tf.Tensor[] =>
  applyOp(type, inputs, attrs).outputs;
const element = { element_dtype: tf.float32 };
/** A list of three pairs. */
const pairs = (): tf.Tensor =>
  op('TensorListFromTensor', [tf.ones([3, 2]), tf.constant([2], tf.int32)], { ...element, shape_type: tf.int32 })[0];
const stacked = (list: tf.Tensor): readonly tf.Tensor[] =>
  op('TensorListStack', [list, tf.constant([-1], tf.int32)], element);
const length = ([list]: readonly tf.Tensor[]): readonly tf.Tensor[] => op('TensorListLength', [list]);
const pair = (): tf.Tensor => tf.constant([2], tf.int32);
const LISTS: Readonly<Record<string, Program>> = {
  EmptyTensorList: (a) => length(op('EmptyTensorList', [a.ints(2), a.int(4)], { ...element, shape_type: tf.int32 })),
  TensorListReserve: (a) =>
    stacked(op('TensorListReserve', [a.ints(2), a.int(4)], { ...element, shape_type: tf.int32 })[0]),
  'TensorListReserve (int64)': (a) =>
    stacked(op('TensorListReserve', [a.longs(2), a.int(4)], { ...element, shape_type: tf.int64 })[0]),
  TensorListPopBack: (a) => op('TensorListPopBack', [pairs(), a.ints(2)], element).slice(1),
  TensorListGetItem: (a) => op('TensorListGetItem', [pairs(), a.int(1), a.ints(2)], element),
  TensorListSetItem: (a) => stacked(op('TensorListSetItem', [pairs(), a.int(1), tf.ones([2])], element)[0]),
  TensorListResize: (a) => stacked(op('TensorListResize', [pairs(), a.int(4)])[0]),
  TensorListStack: (a) => op('TensorListStack', [pairs(), a.ints(2)], { ...element, num_elements: a.attr(3) }),
  TensorListFromTensor: (a) =>
    stacked(op('TensorListFromTensor', [tf.ones([3, 2]), a.ints(2)], { ...element, shape_type: tf.int32 })[0]),
  TensorListGather: (a) => op('TensorListGather', [pairs(), a.ints(0, 2), a.ints(2)], element),
  TensorListScatter: (a) =>
    stacked(
      op('TensorListScatter', [tf.ones([2, 2]), a.ints(0, 1), a.ints(2)], { ...element, shape_type: tf.int32 })[0],
    ),
  TensorListScatterV2: (a) =>
    stacked(
      op('TensorListScatterV2', [tf.ones([2, 2]), a.ints(0, 3), a.ints(2), a.int(4)], {
        ...element,
        shape_type: tf.int32,
      })[0],
    ),
  TensorListScatterIntoExistingList: (a) =>
    stacked(op('TensorListScatterIntoExistingList', [pairs(), tf.ones([2, 2]), a.ints(0, 2)], element)[0]),
  TensorListSplit: (a) =>
    op(
      'TensorListConcatV2',
      [
        op('TensorListSplit', [tf.ones([5, 2]), a.ints(-1, 2), a.longs(2, 3)], { ...element, shape_type: tf.int32 })[0],
        a.ints(-1, 2),
        a.longs(1, 1),
      ],
      { ...element, shape_type: tf.int32 },
    ),
  TensorListPushBack: (a) =>
    op('TensorListGetItem', [op('TensorListPushBack', [pairs(), tf.ones([2])], element)[0], a.int(3), pair()], element),
};
const ARRAYS: Readonly<Record<string, Program>> = {
  TensorArray: (a) => [new tf.TensorArray(tf.float32, a.int(3)).size()],
  'TensorArray.write': (a) => [new tf.TensorArray(tf.float32, a.int(3)).write(a.int(1), [1, 2]).read(a.int(1))],
  'TensorArray.write (dynamic)': (a) => [
    new tf.TensorArray(tf.float32, a.int(1), { dynamicSize: true }).write(a.int(1), [1, 2]).stack(),
  ],
  'TensorArray.gather': (a) => [new tf.TensorArray(tf.float32, 2).unstack([[1], [2]]).gather(a.ints(1, 0))],
  'TensorArray.scatter': (a) => [new tf.TensorArray(tf.float32, 2).scatter(a.ints(1, 0), tf.ones([2, 2])).stack()],
  'TensorArray.split': (a) => [new tf.TensorArray(tf.float32, 2).split(tf.ones([5, 2]), a.ints(2, 3)).concat()],
  Stack: (a) => {
    const [stack] = op('StackV2', [a.int(4)], { elem_type: tf.float32 });
    const pushed = op('StackPushV2', [stack, tf.ones([2])]);
    return tf.controlDependencies([...pushed], () => op('StackPopV2', [stack], { elem_type: tf.float32 }));
  },
};
const seeds = (a: Ask): Readonly<Record<string, AttrValue>> => ({ seed: a.attr(1), seed2: a.attr(2) });
const RANDOM: Readonly<Record<string, Program>> = Object.fromEntries([
  ...['RandomStandardNormal', 'RandomUniform', 'TruncatedNormal'].map((type): [string, Program] => [
    type,
    (a) => op(type, [a.ints(2, 3)], { dtype: tf.float32, ...seeds(a) }),
  ]),
  ['RandomUniform (int64)', (a: Ask) => op('RandomUniform', [a.longs(2, 3)], { dtype: tf.float64 })],
  ['RandomUniformInt', (a: Ask) => op('RandomUniformInt', [a.ints(2), a.int(0), a.int(9)], seeds(a))],
  ['RandomShuffle', (a: Ask) => op('RandomShuffle', [a.ints(1, 2)], seeds(a))],
  ['Multinomial', (a: Ask) => op('Multinomial', [tf.ones([2, 3]), a.int(4)], seeds(a))],
  [
    'setRandomSeed',
    (a: Ask) => {
      tf.setRandomSeed(a.attr(1) as number);
      return [tf.randomUniform([2], { seed: 1 })];
    },
  ],
]);
/** What is done to a variable of three rows of two. */
function onRows(isResource: boolean, act: (v: tf.Variable) => tf.Tensor | tf.Operation): readonly tf.Tensor[] {
  const v = new tf.Variable(tf.ones([3, 2]), { useResource: isResource });
  const made = tf.controlDependencies([v.initializer], () => act(v));
  return [tf.controlDependencies([made], () => tf.identity(v.readValue()))];
}
const OPTIMIZERS: readonly (() => tf.train.Optimizer)[] = [
  () => new tf.train.AdamOptimizer(0.1),
  () => new tf.train.AdagradOptimizer(0.1),
  () => new tf.train.FtrlOptimizer(0.1),
  () => new tf.train.RMSPropOptimizer(0.1),
];
const VARIABLES: Readonly<Record<string, Program>> = Object.fromEntries(
  [false, true].flatMap((isResource): [string, Program][] => {
    const on =
      (act: (a: Ask, v: tf.Variable) => tf.Tensor | tf.Operation): Program =>
      (a) =>
        onRows(isResource, (v) => act(a, v));
    const kind = isResource ? ' (resource)' : '';
    const slices = (a: Ask): tf.IndexedSlices =>
      new tf.IndexedSlices(tf.ones([2, 2]), a.ints(0, 2), tf.constant([3, 2], tf.int32));
    return [
      [`scatterUpdate${kind}`, on((a, v) => tf.scatterUpdate(v, a.ints(0, 2), tf.ones([2, 2])))],
      [`scatterMul${kind}`, on((a, v) => tf.scatterMul(v, a.ints(0, 2), tf.ones([2, 2])))],
      [`scatterNdAdd${kind}`, on((a, v) => tf.scatterNdAdd(v, tf.expandDims(a.ints(0, 2), 1), tf.ones([2, 2])))],
      [`scatterNdUpdate${kind}`, on((a, v) => tf.scatterNdUpdate(v, tf.expandDims(a.ints(0, 2), 1), tf.ones([2, 2])))],
      [`gather${kind}`, on((a, v) => tf.gather(v, a.ints(0, 2)))],
      [`stridedSlice${kind}`, on((a, v) => tf.stridedSlice(v, a.ints(0, 0), a.ints(2, 2), a.ints(1, 1)))],
      ...OPTIMIZERS.map((make): [string, Program] => [
        `${make().constructor.name}${kind}`,
        on((a, v) => make().applyGradients([[slices(a), v]])),
      ]),
      [
        `countUpTo${kind}`,
        (a) => [new tf.Variable(0, { dtype: tf.int32, useResource: isResource }).countUpTo(a.attr(3) as number)],
      ],
    ];
  }),
);
const PROGRAMS = { ...LISTS, ...ARRAYS, ...RANDOM, ...VARIABLES };

interface Spot {
  readonly at: number;
  readonly n: Hostile;
  readonly place: ReturnType<typeof placesIn>[number];
}
/** Runs a program, one of whose numbers is another; `told` hears of all that it asks for. */
function build(
  program: Program,
  spot: Spot | null,
  way: Way,
  told: (asked: NDArray | null) => void,
): readonly [fetches: readonly tf.Tensor[], feeds: readonly [tf.Tensor, NDArray][]] {
  const feeds: [tf.Tensor, NDArray][] = [];
  let at = 0;
  const tensor = (dtype: tf.DType, numbers: readonly number[], shape: readonly number[]): tf.Tensor => {
    const plain = new NDArray(
      dtype,
      shape,
      dtype === tf.int64 ? BigInt64Array.from(numbers, BigInt) : Int32Array.from(numbers),
    );
    told(plain);
    const isIt = at++ === spot?.at;
    const array = isIt ? withNumber(plain, spot!.n, spot!.place) : plain;
    if (way === 'constant' || (way === 'fed' && !isIt)) return tf.constant(array);
    const x = tf.placeholder(dtype, way === 'fed' ? shape : null);
    feeds.push([x, array]);
    return x;
  };
  const fetches = program({
    int: (n) => tensor(tf.int32, [n], []),
    ints: (...n) => tensor(tf.int32, n, [n.length]),
    longs: (...n) => tensor(tf.int64, n, [n.length]),
    attr: (n) => {
      told(null);
      return at++ === spot?.at ? (spot!.n as number) : n;
    },
  });
  return [fetches, feeds];
}
function spotsOf(program: Program): Spot[] {
  const spots: Spot[] = [];
  let at = 0;
  new tf.Graph().asDefault(() =>
    build(program, null, 'constant', (asked) => {
      const k = at++;
      for (const n of NUMBERS)
        if (!asked || holds(asked.dtype, n))
          for (const place of asked ? placesIn(asked.size) : (['first'] as const)) spots.push({ at: k, n, place });
    }),
  );
  return spots;
}
/** All of them, in one order. */
export function stateSizes(): SizeCall[] {
  const calls: SizeCall[] = [];
  for (const [name, program] of Object.entries(PROGRAMS))
    for (const spot of spotsOf(program))
      for (const way of WAYS) {
        const index = calls.length;
        const run = (device: string): void => {
          const graph = new tf.Graph();
          graph.asDefault(() => {
            const [fetches, feeds] = build(program, spot, way, () => {});
            const numbers = tf.globalVariables().length ? [tf.globalVariablesInitializer()] : [];
            runs(fetches, feeds, graph, device, index, numbers);
          });
        };
        calls.push({ title: `${name}: number ${spot.at}, ${spot.place} = ${written(spot.n)}, ${way}`, run });
      }
  return calls;
}
