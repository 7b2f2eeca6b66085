/** Words as vectors. */
import { ValueError } from '../base/errors';
import { bound } from '../calls/bind';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { embeddingLookup } from '../nn/embedding';
import type { Initializer, Regularizer, Reuse } from '../variables/variable-scope';
import { type Scope, inLayer } from './layer-scope';
import { modelVariable } from './variables';

/**
 * A vector for each number of a word, from a table that is trained: `EmbedSequence/embeddings`.
 *
 *     tf.contrib.layers.embedSequence([[0, 2]], 3, 4)   // shape (1, 2, 4)
 *
 * @param ids          integers, shape [batch, length]
 * @param vocabSize    how many words there are
 * @param embedDim     how long a vector is
 * @param initializer  what the table starts from; Glorot's uniform one where not given
 * @param regularizer  gives a penalty on it
 * @param trainable    whether optimizers change it; true where not given
 * @param scope        its name; `EmbedSequence` where not given
 * @param reuse        whether the table is the one that is there already
 * @returns  float32, shape [batch, length, embedDim]
 * @throws ValueError  without sizes, where the table is not reused
 */
export const embedSequence = bound(
  'contrib.layers.embed_sequence',
  (
    ids: TensorLike,
    vocabSize?: number,
    embedDim?: number,
    _unique?: false,
    initializer?: Initializer,
    regularizer?: Regularizer,
    trainable?: boolean,
    scope?: Scope,
    reuse?: Reuse,
  ): Tensor => {
    if (!(reuse || (vocabSize && embedDim)))
      throw new ValueError(
        'Must specify vocab size and embedding dimension when not reusing. Got ' +
          `vocab_size=${vocabSize ?? 'None'} and embed_dim=${embedDim ?? 'None'}`,
      );
    return inLayer(scope, 'EmbedSequence', [ids], { reuse: reuse ?? null }, () => {
      const shape = (reuse && !vocabSize) || !embedDim ? null : [vocabSize!, embedDim];
      const table = modelVariable('embeddings', shape, { initializer, regularizer, trainable: trainable ?? true });
      return embeddingLookup(table, ids);
    });
  },
);
