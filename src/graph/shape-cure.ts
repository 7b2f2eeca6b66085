/** What would make shapes fit: a transpose or a reshape, where the numbers allow one. */

type Dims = readonly (number | null)[];
/** An operand as a message names it. Its shape is null where nothing is known of it. */
export interface Operand {
  /** What the op's definition calls it. */ readonly arg: string;
  readonly name: string;
  readonly dims: Dims | null;
}
type Attrs = (name: string) => unknown;

/** One line that begins with `fix: ` or `rule: `, or null where nothing is sure to help. */
export function shapeCure(type: string, operands: readonly Operand[], attrs: Attrs): string | null {
  const [a, b] = operands;
  const list = LISTS[type]?.(operands);
  if (list) return list;
  if (!a?.dims) return null;
  if (b?.arg === 'pred')
    return 'fix: a branch is taken by one truth value: tf.reduceAll(pred); tf.where chooses by element.';
  if (b?.dims && (LIST.has(b.arg) ? b.dims.length > 1 && a.dims.length < 2 : isAxisOfNumber(a.dims, b)))
    return `fix: the other way round: the tensor comes first, (${short(b.name)}, ${a.arg === 'x' ? '[1, 0]' : '…'}).`;
  if (PRODUCTS.has(type)) return b?.dims ? productCure(a.name, a.dims, b.name, b.dims, attrs) : null;
  if (type === 'Conv2D')
    return imageCure(a.name, a.dims, b?.dims?.[2] ?? null) ?? (b?.dims ? channelCure(a, b, attrs) : null);
  if (type.endsWith('Pool')) return imageCure(a.name, a.dims, null);
  if (b?.arg === 'reduction_indices' || b?.arg === 'dimension') return axisCure(a.name, a.dims);
  if (a.arg === 'condition') return conditionCure(a, b);
  if (!b?.dims || operands.length !== 2) return null;
  if (a.arg === 'ref')
    return `fix: a variable keeps its shape: give ${short(a.name)} a value of [${a.dims.join(', ')}].`;
  if (b.arg === 'bias') return biasCure(a.dims, b.name, b.dims);
  if (b.arg === 'shape' || b.arg.startsWith('values')) return null;
  return elementCure(a.name, a.dims, b.name, b.dims, BROADCASTS.has(`${a.arg} ${b.arg}`));
}
/** Inputs that are lists of whole numbers, and stand behind the tensor; and those that are one. */
const LIST: ReadonlySet<string> = new Set(['perm', 'shape', 'reduction_indices', 'multiples']);
const ONE: ReadonlySet<string> = new Set(['dimension', 'dim']);
function isAxisOfNumber(of: Dims, { arg, dims }: Operand): boolean {
  return ONE.has(arg) && of.length === 0 && dims?.length !== 0;
}
/** A condition that is a vector chooses rows; the lengths of sequences come in as one, too. */
function conditionCure({ dims, name }: Operand, rows: Operand | undefined): string | null {
  const count = rows?.dims?.[0];
  if (dims?.length !== 1 || typeof count !== 'number' || dims[0] === count) return null;
  return name.includes('/while/')
    ? `fix: sequenceLength has one length for each sequence of the batch: ${count}, and not ${dims[0]}.`
    : `fix: a condition that is a vector has one truth value for each row: ${count}, and not ${dims[0]}.`;
}
function axisCure(name: string, { length }: Dims): string {
  if (length === 0) return `fix: ${short(name)} is one number already: leave the axis out.`;
  const axes = length === 1 ? 'its one axis is 0' : `its axes are 0 to ${length - 1}, and -1 is the last`;
  return `fix: an axis is counted from 0: ${short(name)} has ${length} dimension${length > 1 ? 's' : ''}, ${axes}.`;
}
/** Lists of tensors that become one. */
const LISTS: Readonly<Record<string, (operands: readonly Operand[]) => string | null>> = {
  OneHot: ([indices, depth]) =>
    depth.dims?.length && !indices.dims?.length
      ? `fix: the other way round: tf.oneHot(${short(depth.name)}, depth).`
      : null,
  Fill: ([, value]) =>
    value.dims?.length ? 'fix: the shape comes first, then the one value: tf.fill([2, 3], 0).' : null,

  ConcatV2: (operands) => {
    const shapes = shapesOf(operands);
    const [first] = shapes;
    if (!first) return 'fix: the axis is one number: tf.concat([…], 0).';
    if (shapes.every(({ length }) => length === 0)) return 'fix: numbers are stacked: tf.stack([a, b]).';
    if (shapes.some(({ length }) => length !== first.length))
      return 'fix: all have one rank: tf.expandDims(x, axis) gives one more dimension.';
    const differ = first.map((_, i) => i).filter((i) => shapes.some((dims) => unlike(dims[i], first[i])));
    return differ.length === 1
      ? `fix: they differ along axis ${differ[0]}, and are joined along it: tf.concat([…], ${differ[0]}).`
      : 'fix: tensors that are joined along one axis are equal along all others.';
  },
  AddN: () =>
    'fix: all have one shape, and none is stretched, as a.add(b) stretches a vector to the rows of a matrix: ' +
    'a.add(b).add(c), or reshape them.',
  Pack: () => 'fix: a list of one shape is stacked; tf.concat([…], axis) joins along an axis that is there already.',
};
const shapesOf = (operands: readonly Operand[]): readonly Dims[] =>
  operands.flatMap(({ arg, dims }) => (arg.startsWith('values') && dims ? [dims] : []));
const unlike = (a: number | null, b: number | null): boolean => a !== null && b !== null && a !== b;
const PRODUCTS: ReadonlySet<string> = new Set(['MatMul', 'BatchMatMul', 'BatchMatMulV2']);
/** What TensorFlow calls the operands of ops that broadcast. */
const BROADCASTS: ReadonlySet<string> = new Set(['x y']);

function productCure(aName: string, a: Dims, bName: string, b: Dims, attrs: Attrs): string | null {
  const [ta, tb] = [attrs('transpose_a') ?? attrs('adj_x'), attrs('transpose_b') ?? attrs('adj_y')].map(Boolean);
  if (a.length === 0 || b.length === 0)
    return `fix: a matrix product takes matrices; each element times a number is ${short(aName)}.mul(2).`;
  if (a.length === 1 && b.length === 1)
    return `fix: a matrix product takes matrices; tf.reduceSum(${short(aName)}.mul(${short(bName)})) of vectors.`;
  if (a.length === 1 && b.length === 2)
    return fits(a[0], b[tb ? 1 : 0])
      ? `fix: a matrix product takes matrices: reshape ${short(aName)} to [1, ${a[0]}].`
      : null;
  if (a.length === 2 && b.length === 1)
    return fits(a[ta ? 0 : 1], b[0])
      ? `fix: a matrix product takes matrices: reshape ${short(bName)} to [${b[0]}, 1].`
      : `fix: a matrix product takes matrices, and ${short(bName)} is a list of ${b[0] ?? 'some'} numbers; if these ` +
          'are meant to be the sizes of a matrix: new tf.Variable(tf.truncatedNormal([rows, columns])).';
  if (b.length === 2 && a.length > 2) {
    const rest = product(a.slice(1));
    const want = b[tb ? 1 : 0];
    return rest !== null && want === rest
      ? `fix: reshape ${short(aName)} to [-1, ${rest}]: ` +
          `tf.matmul(tf.reshape(${short(aName)}, [-1, ${rest}]), ${short(bName)}).`
      : null;
  }
  if (a.length !== 2 || b.length !== 2) return null;
  const [inner, want] = [a[ta ? 0 : 1], b[tb ? 1 : 0]];
  const call = (options: string): string =>
    `tf.matmul(${short(aName)}, ${short(bName)}${options ? `, {${options}}` : ''})`;
  const options = (x: boolean, y: boolean): string =>
    [x ? 'transposeA: true' : '', y ? 'transposeB: true' : ''].filter(Boolean).join(', ');
  if (fits(inner, b[tb ? 0 : 1])) return `fix: transpose b: ${call(options(ta, !tb))}.`;
  if (fits(a[ta ? 1 : 0], want)) return `fix: transpose a: ${call(options(!ta, tb))}.`;
  if (fits(b[tb ? 0 : 1], a[ta ? 1 : 0]))
    return `fix: the other way round: tf.matmul(${short(bName)}, ${short(aName)}).`;
  const size = product(a);
  if (want !== null && want > 0 && size !== null && size % want === 0)
    return `fix: reshape ${short(aName)} to [-1, ${want}], if its rows belong together so.`;
  return inner === null || want === null || inner === want
    ? null
    : `rule: the columns of a, ${inner}, must be the rows of b, ${want}.`;
}
function imageCure(name: string, dims: Dims, channels: number | null): string | null {
  if (dims.length === 3)
    return `fix: pictures are [batch, height, width, channels]: tf.expandDims(${short(name)}, -1).`;
  if (dims.length !== 2 || dims[1] === null) return null;
  const side = Math.sqrt(dims[1] / (channels ?? 1));
  return Number.isInteger(side)
    ? `fix: pictures are [batch, height, width, channels]: ` +
        `reshape ${short(name)} to [-1, ${side}, ${side}, ${channels ?? 1}].`
    : null;
}
function channelCure(image: Operand, filter: Operand, attrs: Attrs): string | null {
  const channels = image.dims![attrs('data_format') === 'NCHW' ? 1 : 3];
  const [, first, rows, columns] = image.dims ?? [];
  if (attrs('data_format') !== 'NCHW' && (first === 1 || first === 3) && rows === columns && rows !== null && rows > 4)
    return (
      `fix: pictures are [batch, height, width, channels], and ${short(image.name)} has its channels first: ` +
      `tf.transpose(${short(image.name)}, [0, 2, 3, 1]).`
    );
  if (filter.dims!.length !== 4)
    return (
      'fix: a filter is [height, width, channels in, channels out]: ' +
      `${short(filter.name)} has rank ${filter.dims!.length}.`
    );
  const [height, width, takes, makes] = filter.dims!;
  if (typeof channels !== 'number' || takes === channels) return null;
  return (
    `fix: ${short(image.name)} has ${channels} channel${channels === 1 ? '' : 's'} and the filter takes ${takes}: ` +
    `make the filter [${height}, ${width}, ${channels}, ${makes}].`
  );
}
function biasCure(value: Dims, name: string, bias: Dims): string | null {
  const last = value[value.length - 1];
  return typeof last === 'number' && !(bias.length === 1 && bias[0] === last)
    ? `fix: a bias is a vector, a number for each of the last dimension: make ${short(name)} [${last}].`
    : null;
}
function elementCure(aName: string, a: Dims, bName: string, b: Dims, broadcasts: boolean): string | null {
  if (a.length === 2 && b.length === 2 && fits(a[0], b[1]) && fits(a[1], b[0]) && a[0] !== a[1])
    return `fix: transpose ${short(bName)}: tf.transpose(${short(bName)}).`;
  // One number per row stands beside a matrix as a column.
  const column = (name: string, v: Dims, m: Dims): string | null =>
    v.length === 1 && m.length === 2 && fits(v[0], m[0]) && v[0] !== m[1]
      ? `fix: for one number per row: tf.expandDims(${short(name)}, 1), which is [${v[0]}, 1].`
      : null;
  const found = broadcasts ? (column(bName, b, a) ?? column(aName, a, b)) : null;
  if (found) return found;
  const [n, m] = [product(a), product(b)];
  const wide = broadcasts && n !== m ? (perColumn(bName, b, a) ?? perColumn(aName, a, b)) : null;
  if (wide) return wide;
  return n !== null && n === m ? `fix: both have ${n} elements: reshape ${short(bName)} to [${a.join(', ')}].` : null;
}
/** A vector beside a matrix, as a bias is: a number for each column. */
function perColumn(name: string, v: Dims, m: Dims): string | null {
  const last = m[m.length - 1];
  return v.length === 1 && m.length > 1 && typeof last === 'number' && typeof v[0] === 'number' && v[0] !== last
    ? `fix: a vector is added to each row, and has a number for each column: make ${short(name)} [${last}].`
    : null;
}
/** Known, equal dimensions. */
function fits(a: number | null | undefined, b: number | null | undefined): boolean {
  return typeof a === 'number' && a === b;
}
function product(dims: Dims): number | null {
  return dims.reduce<number | null>((x, y) => (x === null || y === null ? null : x * y), 1);
}
/** As a script would name it. */
function short(name: string): string {
  return name
    .replace(/:0$/, '')
    .replace(/\/read$/, '')
    .replace(/.*\//, '');
}
