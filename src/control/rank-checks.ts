/** Conditions on a tensor's rank: checked at once where it is known, else by an `Assert` when the graph runs. */
import { checkList } from '../base/border';
import { int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { textOf } from '../base/preview';
import { boundOptions } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isSymbolic, pythonValue } from '../graph/constant';
import type { Operation, Tensor } from '../graph/graph';
import { noOp, withDependencies } from '../ops/control';
import { shape as shapeOf } from '../ops/shape';
import { Assert, listed } from '../flow/assert';
import type { CheckOptions } from './checks';
import { assertType } from './type-checks';

/** Fails unless the rank is one of those that `fits`; known ranks are checked at once. */
function checkRank(
  given: TensorLike,
  ranks: readonly TensorLike[],
  { data = null, message = null, summarize, name }: CheckOptions,
  words: {
    readonly scopeName: string;
    readonly text: string;
    readonly fits: (rank: number, wanted: readonly number[]) => boolean;
    readonly condition: (rank: Tensor, wanted: readonly Tensor[]) => Tensor;
  },
): Operation {
  checkList(ranks, 'The ranks');
  return inScope(name, words.scopeName, [given, ...ranks, ...listed(data)], () => {
    const x = convertToTensor(given, null, 'x');
    const wanted = ranks.map((rank) => convertToTensor(rank, isSymbolic(rank) ? null : int32, 'rank'));
    const shown = data ?? [
      message ?? '',
      `Tensor ${x.name} must have ${words.text}`,
      ...wanted,
      'Received shape: ',
      shapeOf(x),
    ];
    wanted.forEach((rank) => assertType(rank, int32));
    const known = wanted.map((rank) => pythonValue(rank));
    if (known.some((rank) => rank && rank.rank !== 0)) throw new ValueError('Rank must be a scalar.');
    if (known.every((rank) => rank !== null) && x.shape.rank !== null) {
      const numbers = known.map((rank) => Number(rank.item()));
      if (!words.fits(x.shape.rank, numbers)) {
        const said =
          words.scopeName === 'assert_rank_in'
            ? `(${numbers.join(', ')}${numbers.length === 1 ? ',' : ''})`
            : String(numbers[0]);
        throw new ValueError(
          `${textOf(message ?? '')}.  Tensor ${x.name} must have ${words.text} ${said}.  Received rank ` +
            `${x.shape.rank}, shape ${x.shape}`,
        );
      }
      return noOp({ name: 'static_checks_determined_all_ok' });
    }
    let condition = words.condition(apply('Rank', [x]), wanted);
    wanted.forEach((rank, i) => {
      if (!known[i])
        condition = withDependencies(
          [assertRank(rank, 0, { data: ['Rank must be a scalar. Received rank: ', rank] })],
          condition,
        );
    });
    return Assert(condition, shown, { summarize });
  });
}
/**
 * An operation that fails unless the tensor has this rank.
 *
 *     sess.run(tf.assertRank([1, 2], 1))   // null
 *     tf.assertRank([1, 2], 2)             // throws ValueError
 *
 * @param x          any dtype
 * @param rank       a number or an int32 scalar
 * @param data       what the error shows instead
 * @param summarize  how many elements of each tensor it shows; 3 where not given
 * @param message    stands before what the error says
 * @returns  an operation
 * @throws ValueError  at once where the rank is known and another
 * @throws InvalidArgumentError  when run, where it is known only then
 */
export const assertRank = boundOptions(
  'assert_rank',
  2,
  function assertRank(x: TensorLike, rank: TensorLike, options: CheckOptions = {}): Operation {
    return checkRank(x, [rank], options, {
      scopeName: 'assert_rank',
      text: 'rank',
      fits: (r, [want]) => r === want,
      condition: (r, [want]) => apply('Equal', [r, want]),
    });
  },
);
/**
 * An operation that fails unless the tensor has at least this rank.
 *
 *     sess.run(tf.assertRankAtLeast([1, 2], 1))   // null
 *
 * @param x          any dtype
 * @param rank       a number or an int32 scalar
 * @param data       what the error shows instead
 * @param summarize  how many elements of each tensor it shows; 3 where not given
 * @param message    stands before what the error says
 * @returns  an operation
 * @throws ValueError  at once where the rank is known and lower
 * @throws InvalidArgumentError  when run, where it is known only then
 */
export const assertRankAtLeast = boundOptions(
  'assert_rank_at_least',
  2,
  function assertRankAtLeast(x: TensorLike, rank: TensorLike, options: CheckOptions = {}): Operation {
    return checkRank(x, [rank], options, {
      scopeName: 'assert_rank_at_least',
      text: 'rank at least',
      fits: (r, [want]) => r >= want,
      condition: (r, [want]) => apply('GreaterEqual', [r, want]),
    });
  },
);
/**
 * An operation that fails unless the tensor has one of these ranks.
 *
 *     sess.run(tf.assertRankIn([1, 2], [1, 2]))   // null
 *
 * @param x          any dtype
 * @param ranks      numbers or int32 scalars
 * @param data       what the error shows instead
 * @param summarize  how many elements of each tensor it shows; 3 where not given
 * @param message    stands before what the error says
 * @returns  an operation
 * @throws ValueError  at once where the rank is known and another
 * @throws InvalidArgumentError  when run, where it is known only then
 */
export const assertRankIn = boundOptions(
  'assert_rank_in',
  2,
  function assertRankIn(x: TensorLike, ranks: readonly TensorLike[], options: CheckOptions = {}): Operation {
    return checkRank(x, ranks, options, {
      scopeName: 'assert_rank_in',
      text: 'rank in',
      fits: (r, wanted) => wanted.includes(r),
      condition: (r, wanted) =>
        wanted
          .map((want) => () => apply('Equal', [want, r]))
          .reduce<Tensor | null>((any, make) => (any ? apply('LogicalOr', [any, make()]) : make()), null) ??
        convertToTensor(false),
    });
  },
);
/**
 * The tensor, which must be a scalar.
 *
 *     tf.assertScalar(5)     // 5
 *     tf.assertScalar([5])   // throws ValueError
 *
 * @param tensor   any dtype
 * @param message  stands before what the error says
 * @returns  the tensor's dtype, a scalar
 * @throws ValueError  for another rank
 */
export const assertScalar = boundOptions(
  'assert_scalar',
  1,
  function assertScalar(
    given: TensorLike,
    { message = '', name }: Pick<CheckOptions, 'message' | 'name'> = {},
  ): Tensor {
    return inScope(name, 'assert_scalar', [given], (scope) => {
      const tensor = convertToTensor(given, null, scope);
      if (tensor.shape.rank !== 0)
        throw new ValueError(
          `${textOf(message ?? '')}Expected scalar shape for ${tensor.name}, saw shape: ${tensor.shape}.`,
        );
      return tensor;
    });
  },
);
