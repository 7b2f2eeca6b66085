/** Several nodes of TensorFlow that stand for one: what is put in the place of a kernel that differs. */
import { DType, type Data, bool, float32, int32, zerosOf } from '../base/dtype';
import { type KernelNode, attr } from './kernel';
import { groupsOf } from './sum-order';

export interface Node extends Pick<KernelNode, 'type' | 'attrs' | 'outputTypes'> {
  /** In a whole graph: the names of what it reads. */
  readonly edges?: readonly string[];
}
type Input = number | { readonly part: number };
/** One node of several that stand for one. Inputs are those of the whole by number, or a part before it. */
export interface Part {
  readonly op: string;
  readonly inputs: readonly Input[];
  readonly types: Readonly<Record<string, DType>>;
  readonly ints?: Readonly<Record<string, number>>;
  /** Other attributes: those of the node it stands for. */
  readonly attrs?: readonly string[];
  /** For a constant: a scalar. */
  readonly value?: number;
}
export function typeOf({ attrs }: Node): DType {
  const type = attrs['T'] ?? attrs['SrcT'];
  return type instanceof DType ? type : bool;
}

/**
 * As std::max: the first unless it is less than the second, also where one is NaN. Times 1, since what is chosen keeps
 * its bits, and a number below the least normal one is to be 0.
 */
export const larger = (node: Node): readonly Part[] => choose(node, [0, 1]);
export const smaller = (node: Node): readonly Part[] => choose(node, [1, 0]);
function choose(node: Node, compared: readonly number[]): readonly Part[] {
  const T = typeOf(node);
  return [
    { op: 'Less', inputs: compared, types: { T } },
    { op: 'SelectV2', inputs: [{ part: 0 }, 1, 0], types: { T } },
    { op: 'Const', inputs: [], types: { dtype: T }, value: 1 },
    { op: 'Mul', inputs: [{ part: 1 }, { part: 2 }], types: { T } },
  ];
}
/** NaN counts as the number that any other beats. */
export const withoutNaN =
  (value: number) =>
  (node: Node): readonly Part[] => {
    const T = typeOf(node);
    return [
      { op: 'IsNan', inputs: [0], types: { T } },
      { op: 'Const', inputs: [], types: { dtype: T }, value },
      { op: 'SelectV2', inputs: [{ part: 0 }, { part: 1 }, 0], types: { T } },
      {
        op: node.type,
        inputs: [{ part: 2 }, 1],
        types: { T, Tidx: attr(node, 'Tidx') },
        attrs: ['keep_dims'],
      },
    ];
  };
export const byInt32 = (node: Node): readonly Part[] => [
  { op: 'Cast', inputs: [0], types: { SrcT: typeOf(node), DstT: int32 } },
  { op: 'Cast', inputs: [{ part: 0 }], types: { SrcT: int32, DstT: attr(node, 'DstT') } },
];
/** With the lowest number for NaN in input 0. */
export const withLowest = (node: Node): readonly Part[] => {
  const T = typeOf(node);
  return [
    { op: 'IsNan', inputs: [0], types: { T } },
    { op: 'Const', inputs: [], types: { dtype: T }, value: -Infinity },
    { op: 'SelectV2', inputs: [{ part: 0 }, { part: 1 }, 0], types: { T } },
    {
      op: node.type,
      inputs: [{ part: 2 }, 1, 2],
      types: { T },
      attrs: ['ksize', 'strides', 'padding', 'data_format'],
    },
  ];
};
/**
 * With operands below the least normal number as 0: its kernel's vectors take them for that, its last elements not.
 * @param inputs  how many it has
 */
export const withZeros =
  (inputs: number) =>
  (node: Node): readonly Part[] => {
    const T = typeOf(node);
    const least = T === float32 ? 1.1754943508222875e-38 : 2.2250738585072014e-308;
    const parts: Part[] = [{ op: 'Const', inputs: [], types: { dtype: T }, value: least }];
    const seen = Array.from({ length: inputs }, (_, i) => {
      const from = parts.length;
      parts.push(
        { op: 'Abs', inputs: [i], types: { T } },
        { op: 'GreaterEqual', inputs: [{ part: from }, { part: 0 }], types: { T } },
        { op: 'Cast', inputs: [{ part: from + 1 }], types: { SrcT: bool, DstT: T } },
        { op: 'Mul', inputs: [i, { part: from + 2 }], types: { T } },
      );
      return { part: from + 3 };
    });
    return [...parts, { op: node.type, inputs: seen, types: { T } }];
  };
/** A gradient of a root: half of what comes in by the root; 0 where nothing comes in. */
export function halfByRoot(node: Node): readonly Part[] {
  const T = typeOf(node);
  return zeroAtZero(
    [
      { op: 'Const', inputs: [], types: { dtype: T }, value: 0.5 },
      { op: 'Mul', inputs: [1, { part: 0 }], types: { T } },
      { op: 'RealDiv', inputs: [{ part: 1 }, 0], types: { T } },
    ],
    T,
    1,
  );
}
/** 0 where an input is a zero. */
export function zeroAtZero(parts: readonly Part[], T: DType, input = 0): readonly Part[] {
  const n = parts.length;
  return [
    ...parts,
    { op: 'Const', inputs: [], types: { dtype: T }, value: 0 },
    { op: 'Equal', inputs: [input, { part: n }], types: { T } },
    { op: 'SelectV2', inputs: [{ part: n + 1 }, { part: n }, { part: n - 1 }], types: { T } },
  ];
}

/** 0 for either zero of what it gives. */
export function plusZero(node: Node): readonly Part[] {
  const T = typeOf(node);
  return [
    { op: node.type, inputs: [0, 1], types: { T } },
    { op: 'Const', inputs: [], types: { dtype: T }, value: 0 },
    { op: 'AddV2', inputs: [{ part: 0 }, { part: 1 }], types: { T } },
  ];
}

/** With input 1 of so many behind an Identity: what stands before it is not seen. */
export function unseen(inputs: number, ...attrs: readonly string[]): (node: Node) => readonly Part[] {
  return (node) => {
    const T = typeOf(node);
    const read = Array.from({ length: inputs }, (_, i) => (i === 1 ? { part: 0 } : i));
    return [
      { op: 'Identity', inputs: [1], types: { T } },
      { op: node.type, inputs: read, types: { T }, attrs },
    ];
  };
}
export function byLogarithm(node: Node): readonly Part[] {
  const T = typeOf(node);
  return [
    { op: 'LogSoftmax', inputs: [0], types: { T } },
    { op: 'Exp', inputs: [{ part: 0 }], types: { T } },
  ];
}

/**
 * A sum of many terms in the order of groupsOf. Before it runs a graph TensorFlow sorts the operands of AddN by name,
 * and AddN begins with the first whose memory it may write to, as is always that of a sum of two: so AddN is there for
 * those behind the first two that stand in the order of their names, and else one is added after the other.
 */
export function inGroups(node: Node): readonly Part[] {
  const T = typeOf(node);
  const parts: Part[] = [];
  const push = (part: Omit<Part, 'types'>): Input => ({ part: parts.push({ ...part, types: { T } }) - 1 });
  const addTwo = (a: Input, b: Input): Input => push({ op: 'AddV2', inputs: [a, b] });
  const { edges = [] } = node;
  const areSorted = (terms: readonly number[]): boolean =>
    terms.every((term, i) => i === 0 || edges[terms[i - 1]] < edges[term]);
  const sum = ([first, ...terms]: readonly number[]): Input => {
    if (terms.length < 2 || !areSorted(terms.slice(1))) return terms.reduce(addTwo, first);
    const [second, ...others] = terms;
    return push({ op: 'AddN', inputs: [addTwo(first, second), ...others], ints: { N: terms.length } });
  };
  groupsOf(Array.from({ length: attr(node, 'N') }, (_, i) => i))
    .map(sum)
    .reduce(addTwo);
  return parts.length ? parts : [{ op: 'Identity', inputs: [0], types: { T } }];
}
/** The element of a part that is a constant. */
export function filled(dtype: DType, value: number): Data {
  const data = zerosOf(dtype, 1);
  if (data instanceof Float32Array || data instanceof Float64Array) data[0] = value;
  return data;
}
