/** Tables that runs put entries into and take out again. Savers keep them. After TensorFlow 1.15's lookup_ops. */
import { type DTypeLike, asDtype } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { type Args, constructorOf, signature } from '../calls/bind';
import { besideNode } from '../control/framework';
import { apply, applyOp, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, toTensor } from '../graph/constant';
import { type Operation, Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import type { SaveableObject } from '../train/saver/saveables';
import { typeText } from './initializers';
import { type Keys, LookupInterface, lastPart } from './tables';

type Named = [name?: string];
type Pairs = [keys: TensorLike, values: TensorLike, name?: string];
type Gone = [keys: Tensor, name?: string];
/** What both kinds have in common. */
abstract class Mutable extends LookupInterface {
  /** What keys have that are not there: of the shape of each value. */
  readonly defaultValue: Tensor;
  /** What leads to it. */
  readonly resourceHandle: Tensor;
  protected constructor(
    keyDtype: DTypeLike,
    valueDtype: DTypeLike,
    defaultValue: Tensor,
    checkpoint: boolean,
    name: string,
    makeHandle: () => Tensor,
  ) {
    super(keyDtype, valueDtype);
    this.defaultValue = defaultValue;
    this.resourceHandle = makeHandle();
    if (checkpoint) getDefaultGraph().addToCollection(GraphKeys.SAVEABLE_OBJECTS, this.saveable(name));
  }
  get name(): string {
    return lastPart(this.resourceHandle.op.name);
  }
  protected beside<R>(name: string | undefined, what: string, body: () => R): R {
    const { resourceHandle } = this;
    return inScope(name, `${this.name}_${what}`, [resourceHandle], () => besideNode(resourceHandle, body));
  }
  protected override sizeOf(name: string | undefined): Tensor {
    return this.beside(name, 'Size', () => apply('LookupTableSizeV2', [this.resourceHandle]));
  }
  protected override find(keys: Keys, name: string | undefined): Tensor {
    const { resourceHandle, defaultValue, keyDtype } = this;
    return inScope(name, `${this.name}_lookup_table_find`, [resourceHandle, keys], () => {
      const tensor = toTensor(keys, keyDtype, 'keys');
      return besideNode(resourceHandle, () => apply('LookupTableFindV2', [resourceHandle, tensor, defaultValue]));
    });
  }
  protected put(keys: TensorLike, values: TensorLike, name: string | undefined): Operation {
    const { resourceHandle, keyDtype, valueDtype } = this;
    return inScope(name, `${this.name}_lookup_table_insert`, [resourceHandle, keys, values], () => {
      const inputs = [convertToTensor(keys, keyDtype, 'keys'), convertToTensor(values, valueDtype, 'values')];
      return besideNode(resourceHandle, () => applyOp('LookupTableInsertV2', [resourceHandle, ...inputs]));
    });
  }
  protected drop(keys: Tensor, name: string | undefined): Operation {
    const { resourceHandle, keyDtype } = this;
    if (!(keys instanceof Tensor) || keys.dtype !== keyDtype)
      throw new TypeError_(
        `Signature mismatch. Keys must be dtype ${typeText(keyDtype)}, got ` +
          `${keys instanceof Tensor ? typeText(keys.dtype) : 'no tensor'}.`,
      );
    return inScope(name, `${this.name}_lookup_table_remove`, [resourceHandle, keys], () =>
      applyOp('LookupTableRemoveV2', [resourceHandle, keys]),
    );
  }
  protected all(name?: string): [keys: Tensor, values: Tensor] {
    const attrs = { Tkeys: this.keyDtype, Tvalues: this.valueDtype };
    const [keys, values] = this.beside(name, 'lookup_table_export_values', () =>
      applyOp('LookupTableExportV2', [this.resourceHandle], attrs),
    ).outputs;
    return [keys, values];
  }
  /** What a saver keeps of it. */
  private saveable(name: string): SaveableObject {
    const { resourceHandle } = this;
    const specs = this.all().map((tensor, i) => ({
      tensor: () => tensor,
      sliceSpec: '',
      name: `${name}-${['keys', 'values'][i]}`,
      dtype: tensor.dtype,
    }));
    const restore = (tensors: readonly Tensor[]): Operation =>
      inScope(null, `${name}_table_restore`, [], () =>
        besideNode(resourceHandle, () => applyOp('LookupTableImportV2', [resourceHandle, ...tensors])),
      );
    return { op: resourceHandle, name, specs, restore };
  }
}

type Made = [keyDtype: DTypeLike, valueDtype: DTypeLike, defaultValue: TensorLike, name?: string, checkpoint?: boolean];
const TABLE = constructorOf<Made>('contrib.lookup.MutableHashTable');
const INSERT = signature<Pairs>('contrib.lookup.MutableHashTable.insert');
const REMOVE = signature<Gone>('contrib.lookup.MutableHashTable.remove');
const EXPORT = signature<Named>('contrib.lookup.MutableHashTable.export');
/**
 * A table that runs put entries into and take out again. Savers keep it, unless it is told not to.
 *
 *     const table = new tf.contrib.lookup.MutableHashTable(tf.string, tf.int64, -1);
 *     sess.run(table.insert(['a', 'b'], [1, 2]));
 *     sess.run(table.lookup(['b', 'x']))   // [2, -1]
 */
export class MutableHashTable extends Mutable {
  /**
   * Makes a table.
   *
   * @param keyDtype      the dtype of the keys
   * @param valueDtype    the dtype of the values
   * @param defaultValue  what keys have that are not there: a scalar, or a vector where values are vectors
   * @param name          the node's name, and what checkpoints call it
   * @param checkpoint    whether savers keep it; true where not given
   */
  constructor(...given: Args<'contrib.lookup.MutableHashTable', Made>) {
    const [keyLike, valueLike, value, name = 'MutableHashTable', checkpoint = true] = TABLE.take(given);
    const [keyDtype, valueDtype] = [asDtype(keyLike), asDtype(valueLike)];
    const defaultValue = convertToTensor(value, valueDtype);
    const { shape } = defaultValue;
    const attrs = { use_node_name_sharing: checkpoint, key_dtype: keyDtype, value_dtype: valueDtype };
    super(keyDtype, valueDtype, defaultValue, checkpoint, name, () =>
      shape.rank === 0
        ? apply('MutableHashTableV2', [], attrs, name)
        : apply('MutableHashTableOfTensorsV2', [], { ...attrs, value_shape: shape }, name),
    );
  }
  /**
   * Puts entries in, in the place of those of the same keys.
   *
   * @param keys    of any shape
   * @param values  one for each key
   * @param name    begins the names of what it makes
   */
  insert(...given: Args<'contrib.lookup.MutableHashTable.insert', Pairs>): Operation {
    const [keys, values, name] = INSERT.take(given);
    return this.put(keys, values, name);
  }
  /**
   * Takes entries out; keys that are not there do no harm.
   *
   * @param keys  a tensor of the keys' dtype
   * @param name  begins the names of what it makes
   * @throws TypeError  for keys of another dtype
   */
  remove(...given: Args<'contrib.lookup.MutableHashTable.remove', Gone>): Operation {
    const [keys, name] = REMOVE.take(given);
    return this.drop(keys, name);
  }
  /** All keys, in no order, and the value of each. */
  export(...given: Args<'contrib.lookup.MutableHashTable.export', Named>): [keys: Tensor, values: Tensor] {
    const [name] = EXPORT.take(given);
    return this.all(name);
  }
}

type Dense = [
  keyDtype: DTypeLike,
  valueDtype: DTypeLike,
  defaultValue: TensorLike,
  emptyKey: TensorLike,
  deletedKey: TensorLike,
  initialNumBuckets?: number,
  name?: string,
  checkpoint?: boolean,
];
const DENSE = constructorOf<Dense>('lookup.experimental.DenseHashTable');
const ASSIGN_DENSE = signature<Pairs>('lookup.experimental.DenseHashTable.insert_or_assign');
const INSERT_DENSE = signature<Pairs>('lookup.experimental.DenseHashTable.insert');
const ERASE_DENSE = signature<Gone>('lookup.experimental.DenseHashTable.erase');
const REMOVE_DENSE = signature<Gone>('lookup.experimental.DenseHashTable.remove');
const EXPORT_DENSE = signature<Named>('lookup.experimental.DenseHashTable.export');
/**
 * A table that runs put entries into and take out again, whose keys may be vectors. Two keys are none: they stand for
 * buckets without an entry.
 *
 *     const table = new tf.lookup.experimental.DenseHashTable(tf.int64, tf.float32, 0, -1, -2);
 *     sess.run(table.insert([7], [0.5]));
 *     sess.run(table.lookup([7, 8]))   // [0.5, 0]
 */
export class DenseHashTable extends Mutable {
  /**
   * Makes a table.
   *
   * @param keyDtype           the dtype of the keys
   * @param valueDtype         the dtype of the values
   * @param defaultValue       what keys have that are not there: a scalar, or a vector where values are vectors
   * @param emptyKey           no key: marks empty buckets; a scalar, or a vector where keys are vectors
   * @param deletedKey         no key either: marks buckets whose entry is gone
   * @param initialNumBuckets  how many buckets there are at first, a power of 2; 131072 where not given
   * @param name               the node's name, and what checkpoints call it
   * @param checkpoint         whether savers keep it; true where not given
   */
  constructor(...given: Args<'lookup.experimental.DenseHashTable', Dense>) {
    const [keyLike, valueLike, value, empty, deleted, buckets, name = 'MutableDenseHashTable', checkpoint = true] =
      DENSE.take(given);
    const [keyDtype, valueDtype] = [asDtype(keyLike), asDtype(valueLike)];
    const defaultValue = convertToTensor(value, valueDtype, 'default_value');
    const inputs = [convertToTensor(empty, keyDtype, 'empty_key'), convertToTensor(deleted, keyDtype, 'deleted_key')];
    const attrs = {
      use_node_name_sharing: checkpoint,
      value_dtype: valueDtype,
      value_shape: defaultValue.shape,
      initial_num_buckets: buckets,
    };
    super(keyDtype, valueDtype, defaultValue, checkpoint, name, () =>
      apply('MutableDenseHashTableV2', inputs, attrs, name),
    );
  }
  /**
   * Puts entries in, in the place of those of the same keys.
   *
   * @param keys    of any shape
   * @param values  one for each key
   * @param name    begins the names of what it makes
   */
  insertOrAssign(...given: Args<'lookup.experimental.DenseHashTable.insert_or_assign', Pairs>): Operation {
    const [keys, values, name] = ASSIGN_DENSE.take(given);
    return this.put(keys, values, name);
  }
  /** The same. */
  insert(...given: Args<'lookup.experimental.DenseHashTable.insert', Pairs>): Operation {
    const [keys, values, name] = INSERT_DENSE.take(given);
    return this.put(keys, values, name);
  }
  /**
   * Takes entries out; keys that are not there do no harm.
   *
   * @param keys  a tensor of the keys' dtype
   * @param name  begins the names of what it makes
   * @throws TypeError  for keys of another dtype
   */
  erase(...given: Args<'lookup.experimental.DenseHashTable.erase', Gone>): Operation {
    const [keys, name] = ERASE_DENSE.take(given);
    return this.drop(keys, name);
  }
  /** The same. */
  remove(...given: Args<'lookup.experimental.DenseHashTable.remove', Gone>): Operation {
    const [keys, name] = REMOVE_DENSE.take(given);
    return this.drop(keys, name);
  }
  /** All buckets: their keys, those without an entry with the empty one, and their values. */
  export(...given: Args<'lookup.experimental.DenseHashTable.export', Named>): [keys: Tensor, values: Tensor] {
    const [name] = EXPORT_DENSE.take(given);
    return this.all(name);
  }
}
