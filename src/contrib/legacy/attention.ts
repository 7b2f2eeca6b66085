/** A decoder that looks at what was read. After TensorFlow 1.15's legacy_seq2seq. */
import { type DType, type DTypeLike, float32 } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { tensorLeaves } from '../../flow/leaves';
import type { Tensor } from '../../graph/graph';
import { wholeNumber } from '../../layers/arguments';
import { concat } from '../../ops/concat';
import { conv2d } from '../../ops/conv';
import { knowingAll } from '../../ops/known-calls';
import { reduceSum } from '../../ops/reduce';
import { reshape } from '../../ops/reshape';
import { softmax } from '../../ops/softmax';
import { stack } from '../../ops/stack';
import { tanh } from '../../ops/unary';
import { castTo, element, shapeOf, zeros } from '../../ops/words';
import type { CellLike } from '../../rnn/state';
import type { ScopeLike } from '../../rnn/steps';
import { getVariable } from '../../variables/get-variable';
import { getVariableScope, variableScope } from '../../variables/scope';
import type { Variable } from '../../variables/variable';
import { Linear } from '../cells/linear';
import type { LoopFunction } from './decoders';

/** What `attentionDecoder` takes by name. */
export interface AttentionDecoderOptions {
  /** The size of the outputs; the cell's where not given. */
  readonly outputSize?: number | null;
  /** How many times each step looks; 1 where not given. */
  readonly numHeads?: number | null;
  /** Makes each input but the first of the output before. */
  readonly loopFunction?: LoopFunction | null;
  /** Of weights and states; the scope's where not given. */
  readonly dtype?: DTypeLike | null;
  /** A variable scope, or its name. */
  readonly scope?: ScopeLike | null;
  /** Whether it looks before its first step too. */
  readonly initialStateAttention?: boolean | null;
}
type AttentionCall = <S>(
  decoderInputs: readonly Tensor[],
  initialState: NoInfer<S>,
  attentionStates: Tensor,
  cell: CellLike<S>,
  options?: AttentionDecoderOptions,
) => [outputs: Tensor[], state: S];

/** What is looked at, in the form that a head compares with. */
class Memory {
  readonly size: number;
  private readonly length: number | Tensor;
  private readonly hidden: Tensor;
  private readonly heads: readonly { readonly features: Tensor; readonly v: Variable }[];
  constructor(
    states: Tensor,
    heads: number,
    private readonly dtype: DType,
  ) {
    this.length = states.shape.at(1) ?? element(shapeOf(states), 1);
    this.size = states.shape.at(2)!;
    this.hidden = reshape(states, [-1, this.length, 1, this.size]);
    this.heads = Array.from({ length: heads }, (_, i) => {
      const k = getVariable(`AttnW_${i}`, [1, 1, this.size, this.size], { dtype });
      const features = conv2d(this.hidden, k, [1, 1, 1, 1], 'SAME');
      return { features, v: getVariable(`AttnV_${i}`, [this.size], { dtype }) };
    });
  }
  /** What each head finds for a state. */
  seenBy(state: unknown): Tensor[] {
    const leaves = tensorLeaves(state);
    const query = leaves.length === 1 && leaves[0] === state ? leaves[0] : concat(leaves, 1);
    return this.heads.map(({ features, v }, i) =>
      variableScope(`Attention_${i}`, () => {
        const y = castTo(reshape(new Linear([query], this.size).of([query]), [-1, 1, 1, this.size]), this.dtype);
        const scores = reduceSum(v.mul(tanh(features.add(y))), [2, 3]);
        const weights = castTo(softmax(castTo(scores, float32)), this.dtype);
        const found = reduceSum(reshape(weights, [-1, this.length, 1, 1]).mul(this.hidden), [1, 2]);
        return reshape(found, [-1, this.size]);
      }),
    );
  }
  /** What is seen before anything was looked at. */
  nothing(rows: Tensor): Tensor[] {
    const sizes = stack([rows, this.size]);
    const none = this.heads.map(() => zeros(sizes, this.dtype));
    for (const each of none) each.setShape([null, this.size]);
    return none;
  }
}
/** The decoder, for what builds nodes. */
export function attending(
  inputs: readonly Tensor[],
  initialState: unknown,
  states: Tensor,
  cell: CellLike<unknown>,
  outputSize: number = wholeNumber(cell.outputSize, 'output_size'),
  numHeads: number = 1,
  loop?: LoopFunction,
  dtype?: DTypeLike,
  named?: ScopeLike,
  looksFirst: boolean = false,
): [outputs: unknown[], state: unknown] {
  if (!inputs.length) throw new ValueError('Must provide at least 1 input to attention decoder.');
  if (numHeads < 1) throw new ValueError('With less than 1 heads, use a non-attention decoder.');
  if (states.shape.at(2) === null) throw new ValueError(`Shape[2] of attention_states must be known: ${states.shape}`);
  return variableScope(named || 'attention_decoder', { dtype }, (scope) => {
    const type = scope.dtype;
    const rows = element(shapeOf(inputs[0]), 0);
    const memory = new Memory(states, numHeads, type);
    const nothing = memory.nothing(rows);
    let [state, seen] = [initialState, looksFirst ? memory.seenBy(initialState) : nothing];
    const outputs: Tensor[] = [];
    for (const [i, given] of inputs.entries()) {
      if (i > 0) getVariableScope().reuseVariables();
      const x = withSeen(i > 0 && loop ? again(loop, outputs[i - 1], i) : given, seen, type);
      const [output, next] = cell.apply(x, state);
      state = next;
      const look = (): Tensor[] => memory.seenBy(next);
      seen = i === 0 && looksFirst ? variableScope(getVariableScope(), { reuse: true }, look) : look();
      outputs.push(projected([castTo(output, type), ...seen], outputSize));
    }
    return [outputs, state];
  });
}
const again = (loop: LoopFunction, before: Tensor, i: number): Tensor =>
  variableScope('loop_function', { reuse: true }, () => loop(before, i));
/** An input with what was seen, brought to its own size. */
function withSeen(input: Tensor, seen: readonly Tensor[], dtype: DType): Tensor {
  const size = input.shape.withRank(2).at(1);
  if (size === null) throw new ValueError(`Could not infer input size from input: ${input.name}`);
  const all = [input, ...seen].map((each) => castTo(each, dtype));
  return new Linear(all, size).of(all);
}
const projected = (all: readonly Tensor[], size: number): Tensor =>
  variableScope('AttnOutputProjection', () => new Linear(all, size).of(all));
/**
 * A decoder that looks at what was read in each of its steps (Bahdanau, Cho and Bengio 2014).
 *
 *     const cell = new tf.nn.rnnCell.GRUCell(4);
 *     const read = tf.ones([1, 5, 3]);
 *     const steps = tf.unstack(tf.ones([2, 1, 6]));
 *     const start = cell.zeroState(1, tf.float32);
 *     const [outputs] = tf.contrib.legacySeq2seq.attentionDecoder(steps, start, read, cell, { outputSize: 7 });
 *     outputs[1].shape   // (1, 7)
 *
 * @param decoderInputs          a list of tensors [batch, size]
 * @param initialState           the state before the first step
 * @param attentionStates        what is looked at, [batch, places, size]
 * @param cell                   what is one step
 * @param outputSize             the size of the outputs; the cell's where not given
 * @param numHeads               how many times each step looks; 1 where not given
 * @param loopFunction           makes each input but the first of the output before and the number of the step
 * @param dtype                  of weights and states; the scope's where not given
 * @param scope                  a variable scope, or its name; `attention_decoder` where not given
 * @param initialStateAttention  whether it looks before its first step too, instead of beginning with zeros
 * @returns  a list of the outputs, and the last state
 * @throws ValueError  for no inputs, no heads, or places of unknown size
 */
export const attentionDecoder = knowingAll<AttentionCall>()('contrib.legacy_seq2seq.attention_decoder', attending);
