/** Tables that are filled once and looked into from then on. After TensorFlow 1.15's lookup_ops. */
import { type DType, type DTypeLike, asDtype } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { TensorShape } from '../base/shape';
import { type Args, constructorOf, signature } from '../calls/bind';
import { apply, applyOp, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isSymbolic } from '../graph/constant';
import { type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { SparseTensor } from '../graph/sparse-tensor';
import { initScope } from '../control/framework';
import { type Fillable, type TableInitializerBase, typeText } from './initializers';

/** What is looked up: a tensor, a sparse tensor, or data of the keys' dtype. */
export type Keys = TensorLike | SparseTensor;
/** What keys have as values: sparse ones sparse values. */
export type Found<K> = K extends SparseTensor ? SparseTensor : Tensor;
/** The last part of a node's name. */
export const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

type Types = [keyDtype: DTypeLike, valueDtype: DTypeLike];
const INTERFACE = constructorOf<Types>('contrib.lookup.LookupInterface');
type Look = [keys: Keys, name?: string];
type Named = [name?: string];
const LOOK = signature<Look>('contrib.lookup.LookupInterface.lookup');
const SIZE = signature<Named>('contrib.lookup.LookupInterface.size');
/**
 * What all tables have in common: dtypes of keys and values, a size, and a way to look values up.
 *
 *     const table = new tf.contrib.lookup.MutableHashTable(tf.string, tf.int64, -1);
 *     table instanceof tf.contrib.lookup.LookupInterface   // true
 */
export abstract class LookupInterface {
  /** The dtype of the keys. */
  readonly keyDtype: DType;
  /** The dtype of the values. */
  readonly valueDtype: DType;
  /**
   * Says what the dtypes are.
   *
   * @param keyDtype    the dtype of the keys
   * @param valueDtype  the dtype of the values
   */
  constructor(...given: Args<'contrib.lookup.LookupInterface', Types>) {
    const [keyDtype, valueDtype] = INTERFACE.take(given);
    this.keyDtype = asDtype(keyDtype);
    this.valueDtype = asDtype(valueDtype);
  }
  /** The name of the table's node, without its scopes. */
  abstract get name(): string;
  /** How many entries there are: an int64 scalar. */
  size(...given: Args<'contrib.lookup.LookupInterface.size', Named>): Tensor {
    const [name] = SIZE.take(given);
    return this.sizeOf(name);
  }
  /**
   * The values of keys.
   *
   * @param keys  what is looked up: a tensor, a sparse tensor, or data
   * @param name  begins the names of what it makes
   * @throws TypeError  for keys of another dtype
   */
  lookup<K extends Keys>(...given: Args<'contrib.lookup.LookupInterface.lookup', [keys: K, name?: string]>): Found<K>;
  lookup(...given: readonly unknown[]): Tensor | SparseTensor {
    const [keys, name] = LOOK.take(given);
    return this.find(keys, name);
  }
  protected abstract sizeOf(name: string | undefined): Tensor;
  protected abstract find(keys: Keys, name: string | undefined): Tensor | SparseTensor;
  /** Keys as a tensor, where they are of the table's dtype. */
  protected keysIn(keys: Keys): Tensor {
    const given = keys instanceof SparseTensor ? keys.values : keys;
    const tensor = convertToTensor(given, isSymbolic(given) ? null : this.keyDtype, 'keys');
    if (tensor.dtype.baseDtype !== this.keyDtype)
      throw new TypeError_(
        `Signature mismatch. Keys must be dtype ${typeText(this.keyDtype)}, got ${typeText(tensor.dtype)}.`,
      );
    return tensor;
  }
}
/** Values as the keys were: sparse ones at the same places. */
export function like<T extends Keys>(keys: T, values: Tensor): Tensor | SparseTensor {
  return keys instanceof SparseTensor ? new SparseTensor(keys.indices, values, keys.denseShape) : values;
}

/**
 * A table that an initializer fills, once.
 *
 *     const words = new tf.lookup.KeyValueTensorInitializer(['a'], [1], tf.string, tf.int64);
 *     new tf.lookup.StaticHashTable(words, -1) instanceof tf.contrib.lookup.InitializableLookupTableBase   // true
 */
export abstract class InitializableLookupTableBase extends LookupInterface implements Fillable {
  /** What keys have that are not there: a scalar. */
  readonly defaultValue: Tensor;
  /** What leads to it. */
  readonly resourceHandle: Tensor;
  /** The operation that fills it, which `tf.tablesInitializer` runs too. */
  readonly initializer: Operation;
  /**
   * Makes a table and what fills it.
   *
   * @param defaultValue  what keys have that are not there: a scalar
   * @param initializer   says what it is filled with
   * @param makeHandle    makes the node
   * @throws ValueError  for a default that is no scalar
   */
  constructor(defaultValue: TensorLike, initializer: TableInitializerBase, makeHandle: () => Tensor) {
    super(initializer.keyDtype, initializer.valueDtype);
    this.defaultValue = convertToTensor(defaultValue, this.valueDtype);
    this.defaultValue.shape.mergeWith(TensorShape.scalar());
    this.resourceHandle = initScope(makeHandle);
    const isInside = getDefaultGraph().flow.context !== null;
    this.initializer = isInside ? initScope(() => initializer.initialize(this)) : initializer.initialize(this);
  }
  get name(): string {
    return lastPart(this.resourceHandle.op.name);
  }
  /** `initializer`, by its older name. */
  get init(): Operation {
    return this.initializer;
  }
  protected override sizeOf(name: string | undefined): Tensor {
    const { resourceHandle } = this;
    return inScope(name, `${this.name}_Size`, [resourceHandle], () => apply('LookupTableSizeV2', [resourceHandle]));
  }
  protected override find(keys: Keys, name: string | undefined): Tensor | SparseTensor {
    const { resourceHandle, defaultValue } = this;
    const tensor = this.keysIn(keys);
    const inputs = [resourceHandle, tensor, defaultValue];
    const values = inScope(name, `${this.name}_Lookup`, inputs, () => apply('LookupTableFindV2', inputs));
    values.setShape(tensor.shape);
    return like(keys, values);
  }
  protected exported(name: string | undefined, isNamed: boolean): [keys: Tensor, values: Tensor] {
    const { resourceHandle, keyDtype, valueDtype } = this;
    const [keys, values] = inScope(name, `${this.name}_Export`, [resourceHandle], (scope) => {
      const attrs = { Tkeys: keyDtype, Tvalues: valueDtype };
      return applyOp('LookupTableExportV2', [resourceHandle], attrs, isNamed ? scope : undefined).outputs;
    });
    values.setShape(keys.shape.concatenate(this.defaultValue.shape));
    return [keys, values];
  }
}
function handle(initializer: TableInitializerBase, sharedName: string, name: string): Tensor {
  const { keyDtype, valueDtype } = initializer;
  return apply('HashTableV2', [], { shared_name: sharedName, key_dtype: keyDtype, value_dtype: valueDtype }, name);
}

type Static = [initializer: TableInitializerBase, defaultValue: TensorLike, name?: string];
const STATIC = constructorOf<Static>('lookup.StaticHashTable');
const EXPORT = signature<Named>('lookup.StaticHashTable.export');
/**
 * A table from keys to values that is filled once, by `tf.tablesInitializer`, and does not change from then on.
 *
 *     const words = new tf.lookup.KeyValueTensorInitializer(['a', 'b'], [1, 2], tf.string, tf.int64);
 *     const table = new tf.lookup.StaticHashTable(words, -1);
 *     sess.run(tf.tablesInitializer());
 *     sess.run(table.lookup(tf.constant(['b', 'x'])))   // [2, -1]
 */
export class StaticHashTable extends InitializableLookupTableBase {
  /**
   * Makes a table and what fills it.
   *
   * @param initializer   says what it is filled with
   * @param defaultValue  what keys have that are not there: a scalar
   * @param name          the node's name
   * @throws ValueError  for a default that is no scalar
   */
  constructor(...given: Args<'lookup.StaticHashTable', Static>) {
    const [initializer, defaultValue, name = 'hash_table'] = STATIC.take(given);
    const sharedName = initializer.sharedName ?? `hash_table_${crypto.randomUUID()}`;
    super(defaultValue, initializer, () => handle(initializer, sharedName, name));
  }
  /** All keys, and the value of each. */
  export(...given: Args<'lookup.StaticHashTable.export', Named>): [keys: Tensor, values: Tensor] {
    const [name] = EXPORT.take(given);
    return this.exported(name, false);
  }
}

type Shared = [initializer: TableInitializerBase, defaultValue: TensorLike, sharedName?: string, name?: string];
const SHARED = constructorOf<Shared>('contrib.lookup.HashTable');
const EXPORT_SHARED = signature<Named>('contrib.lookup.HashTable.export');
/**
 * As `tf.lookup.StaticHashTable`, and shared under a name of one's own.
 *
 *     const { HashTable, KeyValueTensorInitializer } = tf.contrib.lookup;
 *     const table = new HashTable(new KeyValueTensorInitializer([1, 2], ['a', 'b'], tf.int64), '?');
 *     sess.run(table.init);
 *     sess.run(table.lookup(tf.constant([2, 9], tf.int64)))   // ['b', '?']
 */
export class HashTable extends InitializableLookupTableBase {
  /**
   * Makes a table and what fills it.
   *
   * @param initializer   says what it is filled with
   * @param defaultValue  what keys have that are not there: a scalar
   * @param sharedName    tables of this name are one, in all sessions of a process; none where not given
   * @param name          the node's name
   * @throws ValueError  for a default that is no scalar
   */
  constructor(...given: Args<'contrib.lookup.HashTable', Shared>) {
    const [initializer, defaultValue, sharedName = '', name = 'hash_table'] = SHARED.take(given);
    super(defaultValue, initializer, () => handle(initializer, sharedName, name));
  }
  /** All keys, and the value of each. */
  export(...given: Args<'contrib.lookup.HashTable.export', Named>): [keys: Tensor, values: Tensor] {
    const [name] = EXPORT_SHARED.take(given);
    return this.exported(name, true);
  }
}
