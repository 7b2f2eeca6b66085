/** Tables of words that give every word a number: those that are not there share a few buckets, by their hashes. */
import { type DType, type DTypeLike, asDtype, int64, string } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { type Args, constructorOf } from '../calls/bind';
import { applyOp, inScope } from '../graph/apply';
import { convertToTensor } from '../graph/constant';
import type { Operation, Tensor } from '../graph/graph';
import type { SparseTensor } from '../graph/sparse-tensor';
import { cast } from '../ops/cast';
import { notEqual } from '../ops/compare';
import { add } from '../ops/elementwise';
import { whereV2 } from '../ops/select';
import { asString, stringToHashBucket, stringToHashBucketFast, stringToHashBucketStrong } from '../ops/texts';
import { type TableInitializerBase, typeText } from './initializers';
import {
  type InitializableLookupTableBase,
  type Keys,
  LookupInterface,
  StaticHashTable,
  lastPart,
  like,
} from './tables';

/**
 * How words that are not there find their buckets.
 *
 *     new tf.contrib.lookup.HasherSpec('legacy').hasher   // 'legacy'
 */
export class HasherSpec {
  /**
   * Says which hash it is.
   *
   * @param hasher  'fasthash', 'legacy' or 'stronghash'
   * @param key     two integers for 'stronghash'; null for the others
   */
  constructor(
    readonly hasher: string,
    readonly key: readonly (number | bigint)[] | null = null,
  ) {}
}
/**
 * TensorFlow's hash of strings to buckets.
 *
 *     tf.contrib.lookup.FastHashSpec.hasher   // 'fasthash'
 */
export const FastHashSpec = new HasherSpec('fasthash');
/**
 * A hash under a key, which nobody finds words of one bucket for.
 *
 *     new tf.contrib.lookup.StrongHashSpec([1, 2]).hasher   // 'stronghash'
 */
export class StrongHashSpec extends HasherSpec {
  /**
   * Says under which key.
   *
   * @param key  two integers
   * @throws ValueError  for fewer or more
   * @throws TypeError   for what are no integers
   */
  constructor(key: readonly (number | bigint)[]) {
    if (key.length !== 2) throw new ValueError(`key must have size 2, got ${key.length}.`);
    if (key.some((each) => typeof each !== 'bigint' && !Number.isInteger(each)))
      throw new TypeError_(`Invalid key [${key.join(', ')}]. Must be unsigned integer values.`);
    super('stronghash', key);
  }
}

/** What both kinds have in common. */
abstract class Bucketed extends LookupInterface {
  readonly name: string;
  protected constructor(
    private readonly table: InitializableLookupTableBase | null,
    private readonly numBuckets: number,
    name: string,
    keyDtype: DType,
    private readonly spec: HasherSpec,
  ) {
    super(keyDtype, int64);
    this.name = lastPart(name);
  }
  /** What leads to the table of words; null where there is none. */
  get resourceHandle(): Tensor | null {
    return this.table?.resourceHandle ?? null;
  }
  /** The operation that fills it. */
  get initializer(): Operation {
    return this.table ? this.table.initializer : inScope(null, 'init', [], () => applyOp('NoOp', []));
  }
  /** `initializer`, by its older name. */
  get init(): Operation {
    return this.initializer;
  }
  protected override sizeOf(name: string | undefined): Tensor {
    return inScope(name, `${this.name}_Size`, [], () => {
      const size = this.table ? this.table.size() : convertToTensor(0, int64);
      return size.add(this.numBuckets);
    });
  }
  protected override find(keys: Keys, name: string | undefined): Tensor | SparseTensor {
    const given = this.keysIn(keys);
    const words = this.table?.keyDtype === int64 ? cast(given, int64) : given;
    const { table, numBuckets } = this;
    if (table && numBuckets === 0) return like(keys, table.lookup(words, name));
    const ids = inScope(name, `${this.name}_Lookup`, [], () => {
      const buckets = this.hashed(words.dtype.baseDtype === string ? words : asString(words));
      if (!table) return buckets;
      const found = table.lookup(words);
      const others = add(buckets, table.size());
      return whereV2(notEqual(found, table.defaultValue), found, others);
    });
    return like(keys, ids);
  }
  private hashed(words: Tensor): Tensor {
    const named = { name: 'hash_bucket' };
    const { hasher, key } = this.spec;
    if (hasher === 'fasthash') return stringToHashBucketFast(words, this.numBuckets, named);
    if (hasher === 'legacy') return stringToHashBucket(words, this.numBuckets, named);
    if (hasher === 'stronghash') return stringToHashBucketStrong(words, this.numBuckets, key ?? [], named);
    throw new ValueError(`Unknown hasher ${hasher}`);
  }
}
const shown = ({ name }: DType): string => `tf.${name}`;
/** @throws TypeError  where words of these dtypes have no numbers */
function checkDtypes(keys: DType, values: DType, asked: DType): void {
  if (keys !== int64 && keys !== string)
    throw new TypeError_(
      `Invalid key dtype, expected one of (${shown(int64)}, ${shown(string)}), but got ${typeText(keys)}.`,
    );
  if (keys.isInteger !== asked.isInteger)
    throw new TypeError_(
      `Invalid key dtype, expected ${asked.isInteger ? 'integer' : 'non-integer'} but got ${typeText(keys)}.`,
    );
  if (values !== int64)
    throw new TypeError_(`Invalid value dtype, expected ${typeText(int64)} but got ${typeText(values)}.`);
}
function checkAsked(asked: DType): void {
  if (!asked.isInteger && asked !== string)
    throw new TypeError_(`Invalid key_dtype, expected integer or string, got ${typeText(asked)}.`);
}
/** A name that ends with '/' names a scope. */
const trimmed = (name: string | undefined): string | undefined => name?.replace(/\/+$/, '') || undefined;

type Ids = [
  table: InitializableLookupTableBase | null,
  numOovBuckets: number,
  hasherSpec?: HasherSpec,
  name?: string,
  keyDtype?: DTypeLike,
];
const IDS = constructorOf<Ids>('contrib.lookup.IdTableWithHashBuckets');
/**
 * Gives every word a number: those of a table theirs, and others one of a few behind these, by their hashes.
 *
 *     const { HashTable, IdTableWithHashBuckets, KeyValueTensorInitializer } = tf.contrib.lookup;
 *     const words = new HashTable(new KeyValueTensorInitializer(['a', 'b'], [0, 1], tf.string, tf.int64), -1);
 *     const table = new IdTableWithHashBuckets(words, 3);
 *     sess.run(tf.tablesInitializer());
 *     sess.run(table.lookup(tf.constant(['b', 'x', 'y'])))   // [1, 4, 4]
 */
export class IdTableWithHashBuckets extends Bucketed {
  /**
   * Puts buckets behind a table.
   *
   * @param table          gives words their numbers; null for buckets alone
   * @param numOovBuckets  how many buckets there are
   * @param hasherSpec     how words find them; `FastHashSpec` where not given
   * @param name           begins the names of what it makes
   * @param keyDtype       the dtype of the keys; that of the table where not given
   * @throws TypeError   for a table of other dtypes than from words or integers to int64
   * @throws ValueError  for neither a table nor buckets
   */
  constructor(...given: Args<'contrib.lookup.IdTableWithHashBuckets', Ids>) {
    const [table, numOovBuckets, hasherSpec = FastHashSpec, name, keyDtype] = IDS.take(given);
    const asked = keyDtype === undefined ? (table?.keyDtype ?? string) : asDtype(keyDtype);
    if (table) checkDtypes(table.keyDtype, table.valueDtype, asked);
    else if (numOovBuckets <= 0) throw new ValueError('oov_buckets must be > 0 if no table is supplied.');
    checkAsked(asked);
    if (!(hasherSpec instanceof HasherSpec))
      throw new TypeError_(`hasher_spec must be of type HasherSpec, got ${String(hasherSpec)}`);
    super(table, numOovBuckets, trimmed(name) ?? table?.name ?? 'hash_bucket', asked, hasherSpec);
  }
}

type Vocabulary = [
  initializer: TableInitializerBase | null,
  numOovBuckets: number,
  lookupKeyDtype?: DTypeLike,
  name?: string,
];
const VOCABULARY = constructorOf<Vocabulary>('lookup.StaticVocabularyTable');
/**
 * Gives every word a number: those that fill it theirs, and others one of a few behind these, by their hashes.
 *
 *     const words = new tf.lookup.KeyValueTensorInitializer(['a', 'b'], [0, 1], tf.string, tf.int64);
 *     const table = new tf.lookup.StaticVocabularyTable(words, 3);
 *     sess.run(tf.tablesInitializer());
 *     sess.run(table.lookup(tf.constant(['b', 'x', 'y'])))   // [1, 4, 4]
 */
export class StaticVocabularyTable extends Bucketed {
  /**
   * Makes a table of words and its buckets.
   *
   * @param initializer     says which words it has, and their numbers; null for buckets alone
   * @param numOovBuckets   how many buckets there are
   * @param lookupKeyDtype  the dtype of the keys; that of the initializer where not given
   * @param name            begins the names of what it makes
   * @throws TypeError   for other dtypes than from words or integers to int64
   * @throws ValueError  for no buckets
   */
  constructor(...given: Args<'lookup.StaticVocabularyTable', Vocabulary>) {
    const [initializer, numOovBuckets, lookupKeyDtype, name] = VOCABULARY.take(given);
    if (numOovBuckets <= 0) throw new ValueError('oov_buckets must be > 0.');
    const own = lookupKeyDtype === undefined ? initializer?.keyDtype : asDtype(lookupKeyDtype);
    const asked = (initializer && own) || string;
    if (initializer) checkDtypes(initializer.keyDtype, initializer.valueDtype, asked);
    const table = initializer ? new StaticHashTable(initializer, -1) : null;
    checkAsked(asked);
    super(table, numOovBuckets, trimmed(name) ?? table?.name ?? 'hash_bucket', asked, FastHashSpec);
  }
}
