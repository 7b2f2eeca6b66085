/**
 * How arrays and stacks are used by all rows at once, after TensorFlow 1.15's pfor. An array that one row makes is one
 * array of all rows, whose elements are rows; one that was made outside is read, or written, by each row at places of
 * its own.
 */
import { ValueError } from '../base/errors';
import { toNDArray } from '../base/to-ndarray';
import { int32 } from '../base/dtype';
import { apply, applyOp } from '../graph/apply';
import type { Operation, Tensor } from '../graph/graph';
import { concat, element, gather, reshape, shapeOf, sliced, transpose } from '../ops/words';
import { type Converter, type Converters, type RowNode, flattened, inRows, rows, same, unflattened } from './row-node';

/** The node that made an array or a stack. */
function makerOf(handle: Tensor): Operation {
  let { op } = handle;
  while (op.type === 'Enter' || op.type === 'Identity') ({ op } = op.inputs[0]);
  return op;
}
const MAKERS: ReadonlySet<string> = new Set(['TensorArrayV3', 'TensorArrayGradV3', 'TensorArrayGradWithShape']);
function isMadeInside(node: RowNode): boolean {
  const maker = makerOf(node.op.inputs[0]);
  if (!MAKERS.has(maker.type)) throw new ValueError(`Unable to find source for handle ${node.op.inputs[0]}`);
  return node.all.isInside(maker);
}
const needs = (handle: Tensor, what: string): ValueError => new ValueError(`Need indices for ${handle} to be ${what}`);
/** What says in which order the array is used: of rows of it any is as good. */
function flowOf(node: RowNode, at: number): { flow: Tensor; isStacked: boolean } {
  const { t, isStacked } = node.inputs[at];
  return { flow: isStacked ? apply('GatherV2', [t, toNDArray(0, int32), 0]) : t, isStacked };
}
const stackedFlow = (node: RowNode, flow: Tensor) => rows(inRows(flow, node.count));

const make: Converter = (node) => {
  const names = ['dtype', 'dynamic_size', 'clear_after_read', 'identical_element_shapes', 'tensor_array_name'];
  const attrs = Object.fromEntries(names.map((name) => [name, node.attr(name)]));
  // Nothing is said of the elements' shape: what is written may be rows, or not.
  return same(...applyOp('TensorArrayV3', [node.same(0)], attrs).outputs);
};
const sizeOfArray: Converter = (node) => {
  const handle = node.same(0);
  return same(apply('TensorArraySizeV3', [handle, flowOf(node, 1).flow]));
};
const read: Converter = (node) => {
  const handle = node.same(0);
  const index = node.inputs[1];
  const { flow, isStacked } = flowOf(node, 2);
  const isInside = isMadeInside(node);
  const each = index.isStacked;
  if (isInside && each && isStacked)
    throw new ValueError(
      'It looks like TensorArrayReadV3 was called on a TensorArray whose values are not loop-invariant, and the read ' +
        'indices were also not loop invariant. This is currently unsupported.',
    );
  const value = node.made(each ? 'TensorArrayGatherV3' : 'TensorArrayReadV3', [handle, index.t, flow], ['dtype']);
  if (!isInside || each) return each ? rows(value) : same(value);
  // Where some rows are through with their loop, the others' are read.
  if (isStacked && node.all.isPart) return rows(gather(value, node.all.indices));
  return isStacked ? rows(value) : same(value);
};
const write: Converter = (node) => {
  const handle = node.same(0);
  const [, index, value] = node.inputs;
  if (value.isStacked && node.all.isPart)
    throw new ValueError(
      'Writing non loop invariant values to TensorArray from inside a while_loop/cond not supported.',
    );
  const { flow, isStacked } = flowOf(node, 3);
  if (isMadeInside(node)) {
    if (index.isStacked) throw needs(handle, 'loop invariant');
    const isSame = !isStacked && !value.isStacked;
    if (!isSame) node.stack([2]);
    const written = apply('TensorArrayWriteV3', [handle, index.t, node.inputs[2].t, flow]);
    return isSame ? same(written) : stackedFlow(node, written);
  }
  if (!index.isStacked) throw needs(handle, 'not loop invariant');
  node.stack([2]);
  return stackedFlow(node, apply('TensorArrayScatterV3', [handle, index.t, node.inputs[2].t, flow]));
};
/** The first two dimensions in each other's place. */
function swapped(x: Tensor): Tensor {
  const shape = shapeOf(x);
  const [first, second] = [element(shape, 0), element(shape, 1)];
  const turned = transpose(reshape(x, [first, second, -1]), [1, 0, 2]);
  return reshape(turned, concat([[second, first], sliced(shape, 2, null)]));
}
const gatherElements: Converter = (node) => {
  const handle = node.same(0);
  const each = node.inputs[1].isStacked;
  const indices = reshape(node.inputs[1].t, [-1]);
  const { flow, isStacked } = flowOf(node, 2);
  const value = node.made('TensorArrayGatherV3', [handle, indices, flow], ['dtype']);
  const isInside = isMadeInside(node);
  if (isInside && each && isStacked)
    throw new ValueError(
      'It looks like TensorArrayGatherV3 was called on a TensorArray whose values are not loop-invariant, and the ' +
        'indices were also not loop invariant. This is currently unsupported.',
    );
  if (each) return rows(unflattened(value, node.count));
  return isInside && isStacked ? rows(swapped(value)) : same(value);
};
const scatter: Converter = (node) => {
  const handle = node.same(0);
  const each = node.inputs[1].isStacked;
  const indices = reshape(node.inputs[1].t, [-1]);
  const { flow, isStacked } = flowOf(node, 3);
  const isInside = isMadeInside(node);
  if (isInside && each) throw needs(handle, 'loop invariant');
  if (!isInside && !each) throw needs(handle, 'not loop invariant');
  if (isInside && !isStacked && !node.inputs[2].isStacked)
    return same(apply('TensorArrayScatterV3', [handle, indices, node.inputs[2].t, flow]));
  node.stack([2]);
  const value = isInside ? swapped(node.stacked(2)) : flattened(node.stacked(2));
  return stackedFlow(node, apply('TensorArrayScatterV3', [handle, indices, value, flow]));
};
const gradOfArray: Converter = (node) => {
  const handle = node.same(0);
  const { flow, isStacked } = flowOf(node, 1);
  const attrs = { source: node.attr('source') };
  // Where the elements are rows already, their gradients have rows with them: TensorFlow 1.15 adds them once more.
  const [grad, after] = isStacked
    ? applyOp('TensorArrayGradV3', [handle, flow], attrs).outputs
    : applyOp('TensorArrayGradWithShape', [handle, flow, node.count], attrs).outputs;
  return [...same(grad), ...stackedFlow(node, after)];
};

// --- stacks, on which loops keep what their gradients need -----------------------------------------------------------

function stackOf(node: RowNode): Operation {
  const maker = makerOf(node.op.inputs[0]);
  if (maker.type === 'StackV2') return maker;
  throw new ValueError(`Unable to find StackV2 op. Got ${maker.name}`);
}
const push: Converter = (node) => {
  const handle = node.same(0);
  const maker = stackOf(node);
  if (!node.all.isInside(maker)) throw new ValueError('StackPushV2 not allowed on stacks created outside pfor');
  const { isStacked } = node.inputs[1];
  const known = node.all.stacks.get(maker) ?? isStacked;
  node.all.stacks.set(maker, known);
  if (!known && isStacked)
    throw new ValueError(
      'It looks like the stack was previously determined to be loop invariant, but we are now trying to push a loop ' +
        'dependent value to it. This is currently unsupported.',
    );
  if (known && node.all.isPart)
    throw new ValueError(
      'Pushing non loop invariant values to a stack from inside a loop that rows leave one by one not supported.' +
        '\n  likely cause: the gradient of such a loop, which keeps its values on stacks.\n  fix: tf.mapFn.',
    );
  if (known) node.stack([1]);
  const made = node.made('StackPushV2', [handle, node.inputs[1].t], ['swap_memory']);
  return known ? rows(made) : same(made);
};
const pop: Converter = (node) => {
  const handle = node.same(0);
  const maker = stackOf(node);
  const isStacked = node.all.stacks.get(maker) ?? false;
  node.all.stacks.set(maker, isStacked);
  const made = node.made('StackPopV2', [handle], ['elem_type']);
  return isStacked ? rows(made) : same(made);
};

export const ARRAYS: Converters = {
  TensorArrayV3: make,
  TensorArraySizeV3: sizeOfArray,
  TensorArrayReadV3: read,
  TensorArrayWriteV3: write,
  TensorArrayGatherV3: gatherElements,
  TensorArrayScatterV3: scatter,
  TensorArrayGradV3: gradOfArray,
  StackPushV2: push,
  StackPopV2: pop,
};
