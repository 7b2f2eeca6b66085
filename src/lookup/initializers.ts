/** What fills tables: tensors of keys and values, and the lines of files. After TensorFlow 1.15's lookup_ops. */
import { type DType, type DTypeLike, asDtype, int64, string } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { type Args, constructorOf, signature } from '../calls/bind';
import { initScope } from '../control/framework';
import { applyOp, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { type Operation, Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';

/** What an initializer fills. */
export interface Fillable {
  /** The dtype of its keys. */
  readonly keyDtype: DType;
  /** The dtype of its values. */
  readonly valueDtype: DType;
  /** What leads to it. */
  readonly resourceHandle: Tensor;
}
/** What is printed of a dtype by itself. */
export const typeText = ({ name }: DType): string => `<dtype: '${name}'>`;

type Base = [keyDtype: DTypeLike, valueDtype: DTypeLike];
const BASE = constructorOf<Base>('contrib.lookup.TableInitializerBase');
type Of = 'contrib.lookup.TableInitializerBase';
const INITIALIZE = signature<[table: Fillable]>('contrib.lookup.TableInitializerBase.initialize');
/**
 * What fills a table, and says which dtypes it has. Those of your own go on from here.
 *
 *     const words = new tf.lookup.KeyValueTensorInitializer(['a'], [1], tf.string, tf.int64);
 *     words instanceof tf.contrib.lookup.TableInitializerBase   // true
 */
export abstract class TableInitializerBase {
  /** The dtype of the keys. */
  readonly keyDtype: DType;
  /** The dtype of the values. */
  readonly valueDtype: DType;
  /** The name that tables of equal contents share; null where they have none. */
  readonly sharedName: string | null = null;
  /** Says the dtypes of the keys and of the values. */
  constructor(...given: Args<Of, Base>) {
    const [keyDtype, valueDtype] = BASE.take(given);
    this.keyDtype = asDtype(keyDtype);
    this.valueDtype = asDtype(valueDtype);
  }
  /**
   * The operation that fills a table of these dtypes.
   *
   * @throws TypeError  for a table of others
   */
  initialize(...given: Args<`${Of}.initialize`, [table: Fillable]>): Operation {
    const [table] = INITIALIZE.take(given);
    const { keyDtype, valueDtype } = this;
    if (keyDtype.baseDtype !== table.keyDtype)
      throw new TypeError_(`Invalid key dtype, expected ${typeText(table.keyDtype)} but got ${typeText(keyDtype)}.`);
    if (valueDtype.baseDtype !== table.valueDtype)
      throw new TypeError_(
        `Invalid value dtype, expected ${typeText(table.valueDtype)} but got ${typeText(valueDtype)}.`,
      );
    const op = this.fill(table);
    getDefaultGraph().addToCollection(GraphKeys.TABLE_INITIALIZERS, op);
    return op;
  }
  protected abstract fill(table: Fillable): Operation;
}

type Pairs = [keys: TensorLike, values: TensorLike, keyDtype?: DTypeLike, valueDtype?: DTypeLike, name?: string];
const PAIRS = constructorOf<Pairs>('lookup.KeyValueTensorInitializer');
/**
 * Fills a table with keys and the value of each.
 *
 *     const words = new tf.lookup.KeyValueTensorInitializer(['a', 'b'], [1, 2], tf.string, tf.int64);
 *     const table = new tf.lookup.StaticHashTable(words, -1);
 *     sess.run(tf.tablesInitializer());
 *     sess.run(table.lookup(tf.constant(['b', 'x'])))   // [2, -1]
 */
export class KeyValueTensorInitializer extends TableInitializerBase {
  private readonly name: string;
  private readonly keys: Tensor;
  private readonly values: Tensor;
  /**
   * Says what is filled in.
   *
   * @param keys        a vector
   * @param values      a vector of as many
   * @param keyDtype    the dtype of keys that are no tensor
   * @param valueDtype  the dtype of values that are no tensor
   * @param name        begins the names of what it makes
   */
  constructor(...given: Args<'lookup.KeyValueTensorInitializer', Pairs>) {
    const [keys, values, keyDtype, valueDtype, name = 'key_value_init'] = PAIRS.take(given);
    const keyTensor = convertToTensor(keys, keyDtype === undefined ? null : asDtype(keyDtype), 'keys');
    const valueTensor = convertToTensor(values, valueDtype === undefined ? null : asDtype(valueDtype), 'values');
    super(keyTensor.dtype, valueTensor.dtype);
    [this.keys, this.values, this.name] = [keyTensor, valueTensor, name];
  }
  protected fill({ resourceHandle }: Fillable): Operation {
    const inputs = [resourceHandle, this.keys, this.values];
    return inScope(this.name, this.name, inputs, () => applyOp('LookupTableImportV2', inputs));
  }
}

/**
 * What of a line is meant, where it is no column of it.
 *
 *     tf.lookup.TextFileIndex.LINE_NUMBER   // -1
 */
export const TextFileIndex = {
  /** The whole line. */
  WHOLE_LINE: -2,
  /** Its number, from 0 on. */
  LINE_NUMBER: -1,
} as const;
const { WHOLE_LINE, LINE_NUMBER } = TextFileIndex;

type Lines = [
  filename: string | Tensor,
  keyDtype: DTypeLike,
  keyIndex: number,
  valueDtype: DTypeLike,
  valueIndex: number,
  vocabSize?: number,
  delimiter?: string,
  name?: string,
];
const LINES = constructorOf<Lines>('lookup.TextFileInitializer');
function checkColumns(key: DType, keyIndex: number, value: DType, valueIndex: number): void {
  const mismatch = (what: string, wanted: string, got: DType): Error =>
    new ValueError(`Signature mismatch. ${what} must be ${wanted}, got ${typeText(got)}.`);
  if (keyIndex < WHOLE_LINE) throw new ValueError(`Invalid key index ${keyIndex}.`);
  if (keyIndex === LINE_NUMBER && key !== int64) throw mismatch('Keys', `dtype ${typeText(int64)}`, key);
  if (keyIndex === WHOLE_LINE && !key.isInteger && key !== string) throw mismatch('Keys', 'integer or string', key);
  if (valueIndex < WHOLE_LINE) throw new ValueError(`Invalid value index ${valueIndex}.`);
  if (valueIndex === LINE_NUMBER && value !== int64) throw mismatch('Values', `dtype ${typeText(int64)}`, value);
  if (valueIndex === WHOLE_LINE && value !== string) throw mismatch('Values', `dtype ${typeText(string)}`, value);
}
/**
 * Fills a table from a file, an entry from each line. The file goes along where the graph is kept as a SavedModel.
 *
 *     sess.run(tf.writeFile(`${folder}/words.txt`, 'a\nb\n'));
 *     const { WHOLE_LINE, LINE_NUMBER } = tf.lookup.TextFileIndex;
 *     const words = new tf.lookup.TextFileInitializer(
 *       `${folder}/words.txt`, tf.string, WHOLE_LINE, tf.int64, LINE_NUMBER);
 *     const table = new tf.lookup.StaticHashTable(words, -1);
 *     sess.run(tf.tablesInitializer());
 *     sess.run(table.lookup(tf.constant(['b', 'x'])))   // [1, -1]
 */
export class TextFileInitializer extends TableInitializerBase {
  private readonly path: Tensor;
  private readonly columns: readonly [key: number, value: number];
  private readonly vocabSize: number | undefined;
  private readonly delimiter: string;
  private readonly name: string | undefined;
  override readonly sharedName: string;
  /**
   * Says where the entries come from.
   *
   * @param filename    a path, or a string scalar
   * @param keyDtype    the dtype of the keys
   * @param keyIndex    which column has the keys, or a `tf.lookup.TextFileIndex`
   * @param valueDtype  the dtype of the values
   * @param valueIndex  which column has the values, or a `tf.lookup.TextFileIndex`
   * @param vocabSize   how many lines are read; all where not given
   * @param delimiter   the letter between two columns; a tabulator where not given
   * @param name        begins the names of what it makes
   * @throws ValueError  for columns that cannot have these dtypes, and for sizes below 1
   */
  constructor(...given: Args<'lookup.TextFileInitializer', Lines>) {
    const [filename, keyDtype, keyIndex, valueDtype, valueIndex, vocabSize, delimiter = '\t', name] = LINES.take(given);
    if (!(filename instanceof Tensor) && !filename) throw new ValueError(`Filename required for ${name ?? 'None'}.`);
    const [key, value] = [asDtype(keyDtype), asDtype(valueDtype)];
    checkColumns(key, keyIndex, value, valueIndex);
    if (vocabSize !== undefined && vocabSize <= 0) throw new ValueError(`Invalid vocab_size ${vocabSize}.`);
    super(key, value);
    this.path = initScope(() => getDefaultGraph().device('CPU', () => convertToTensor(filename, string, 'asset_path')));
    [this.columns, this.vocabSize] = [[keyIndex, valueIndex], vocabSize];
    [this.delimiter, this.name] = [delimiter, name];
    const of = `hash_table_${filename instanceof Tensor ? String(filename) : filename}`;
    this.sharedName = [of, ...(vocabSize ? [vocabSize] : []), keyIndex, valueIndex].join('_');
  }
  protected fill({ resourceHandle }: Fillable): Operation {
    return inScope(this.name, 'text_file_init', [resourceHandle], () => {
      const { path } = this;
      const [keyIndex, valueIndex] = this.columns;
      const op = applyOp('InitializeTableFromTextFileV2', [resourceHandle, path], {
        key_index: keyIndex,
        value_index: valueIndex,
        vocab_size: this.vocabSize ?? -1,
        delimiter: this.delimiter,
      });
      if (path.op.type === 'Const') getDefaultGraph().addToCollection(GraphKeys.ASSET_FILEPATHS, path);
      return op;
    });
  }
}

type Columns = [
  filename: string | Tensor,
  keyColumnIndex?: number,
  valueColumnIndex?: number,
  vocabSize?: number,
  delimiter?: string,
  name?: string,
];
const STRINGS = constructorOf<Columns>('contrib.lookup.TextFileStringTableInitializer');
/**
 * Fills a table from numbers to words from a file: line 0 is the word of 0.
 *
 *     sess.run(tf.writeFile(`${folder}/words.txt`, 'a\nb\n'));
 *     const { HashTable, TextFileStringTableInitializer } = tf.contrib.lookup;
 *     const table = new HashTable(new TextFileStringTableInitializer(`${folder}/words.txt`), '?');
 *     sess.run(tf.tablesInitializer());
 *     sess.run(table.lookup(tf.constant([1, 9], tf.int64)))   // ['b', '?']
 */
export class TextFileStringTableInitializer extends TextFileInitializer {
  /**
   * Says where the words come from.
   *
   * @param filename          a path, or a string scalar
   * @param keyColumnIndex    which column has the numbers; the lines' own where not given
   * @param valueColumnIndex  which column has the words; whole lines where not given
   * @param vocabSize         how many lines are read; all where not given
   * @param delimiter         the letter between two columns; a tabulator where not given
   * @param name              begins the names of what it makes
   * @throws ValueError  as of `tf.lookup.TextFileInitializer`
   */
  constructor(...given: Args<'contrib.lookup.TextFileStringTableInitializer', Columns>) {
    const [filename, key = LINE_NUMBER, value = WHOLE_LINE, size, delimiter, name = 'text_file_string_table_init'] =
      STRINGS.take(given);
    super(filename, int64, key, string, value, size, delimiter, name);
  }
}
type IdColumns = [...Columns, keyDtype?: DTypeLike];
const IDS = constructorOf<IdColumns>('contrib.lookup.TextFileIdTableInitializer');
/**
 * Fills a table from words to numbers from a file: the word of line 0 is 0.
 *
 *     sess.run(tf.writeFile(`${folder}/words.txt`, 'a\nb\n'));
 *     const { HashTable, TextFileIdTableInitializer } = tf.contrib.lookup;
 *     const table = new HashTable(new TextFileIdTableInitializer(`${folder}/words.txt`), -1);
 *     sess.run(tf.tablesInitializer());
 *     sess.run(table.lookup(tf.constant(['b', 'x'])))   // [1, -1]
 */
export class TextFileIdTableInitializer extends TextFileInitializer {
  /**
   * Says where the words come from.
   *
   * @param filename          a path, or a string scalar
   * @param keyColumnIndex    which column has the words; whole lines where not given
   * @param valueColumnIndex  which column has the numbers; the lines' own where not given
   * @param vocabSize         how many lines are read; all where not given
   * @param delimiter         the letter between two columns; a tabulator where not given
   * @param name              begins the names of what it makes
   * @param keyDtype          the dtype of the keys; strings where not given
   * @throws ValueError  as of `tf.lookup.TextFileInitializer`
   */
  constructor(...given: Args<'contrib.lookup.TextFileIdTableInitializer', IdColumns>) {
    const [filename, key = WHOLE_LINE, value = LINE_NUMBER, size, delimiter, name = 'text_file_id_table_init', dtype] =
      IDS.take(given);
    super(filename, dtype ?? string, key, int64, value, size, delimiter, name);
  }
}
