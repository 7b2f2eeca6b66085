/** Rows of a table by their ids. Made of other ops. */
import { int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isSymbolic, isWeak } from '../graph/constant';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import type { NameOption } from './constants';

/**
 * The rows of `params` at `ids`: word vectors of word numbers. Its gradient touches only those rows.
 *
 *     const table = tf.getVariable('embedding', {shape: [vocabulary, 64]});
 *     const vectors = tf.nn.embeddingLookup(table, words);      // [batch, time] -> [batch, time, 64]
 *
 * @param params  a tensor or variable of shape [rows, ...], or a list that holds one
 * @param ids     int32 or int64, any shape
 * @returns  dtype of `params`, shape ids.shape + params.shape[1:]
 * @throws InvalidArgumentError  in a run, if an id is outside [0, rows)
 */
export function embeddingLookup(params: TensorLike | readonly [TensorLike], ids: TensorLike, { name }: NameOption = {}): Tensor {
  const tables = isList(params) ? params : [params];
  if (!tables.length) throw new ValueError('Need at least one param');
  if (tables.length > 1) {
    throw new ValueError(`embeddingLookup takes one table, got ${tables.length} partitions.\n  fix: join them first: tf.concat(params, 0), and count ids through the joined rows.`);
  }
  return inScope(name, 'embedding_lookup', [tables[0], ids], (scope) => {
    const table = convertToTensor(tables[0], null, 'params');
    const rows = convertToTensor(ids, isWeak(ids) ? int32 : null, 'ids');
    const found = getDefaultGraph().colocateWith(table, () => apply('GatherV2', [table, rows, 0], {}, scope));
    return apply('Identity', [found]);
  });
}
/** A list of tables; an array of plain numbers is one table. */
function isList(params: TensorLike | readonly TensorLike[]): params is readonly TensorLike[] {
  return Array.isArray(params) && (params.length === 0 || isSymbolic(params[0]));
}
