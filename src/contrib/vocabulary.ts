/** Texts as rows of numbers, a number for each word. */
import { checkText, isIterable } from '../base/border';
import { RuntimeError, TypeError_, ValueError } from '../base/errors';
import { type Args, constructorOf, signature } from '../calls/bind';
import { bindMethods, netMethods } from '../calls/methods';
import { describe, textOf } from '../base/preview';
import { claim } from '../base/room';
import { memberOf } from '../base/thrown';

const files = () => require('../format/files') as typeof import('../format/files');

/** Python's pattern of a word. */
const WORD = /[A-Z]{2,}(?![a-z])|[A-Z][a-z]+(?=[A-Z])|['\p{L}\p{N}_-]+/gu;
/** The words of each text. */
export type Tokenizer = (texts: Iterable<string>) => Iterable<readonly string[]>;
function* words(texts: Iterable<string>): Iterable<readonly string[]> {
  for (const text of texts) {
    checkText(text, 'A document');
    yield text.match(WORD) ?? [];
  }
}
function noTokens(given: unknown): TypeError_ {
  return new TypeError_(
    `'${describe(given)}' object is not iterable\n  fix: tokenizerFn gives, for each text, a list of its words.`,
  );
}
function noRow(given: unknown): TypeError_ {
  return new TypeError_(`'${describe(given)}' object is not iterable\n  fix: rows of numbers.`);
}
function checkedTexts(texts: Iterable<string>): Iterable<string> {
  if (isIterable(texts)) return texts;
  throw new TypeError_(`'${describe(texts)}' object is not iterable\n  fix: a list of texts.`);
}
const UNKNOWN = '<UNK>';

/**
 * Which number a word has: 0 for those that are not known.
 *
 *     const vocabulary = new tf.contrib.learn.preprocessing.Vocabulary();
 *     [vocabulary.get('a'), vocabulary.get('b'), vocabulary.get('a')]   // [1, 2, 1]
 *     vocabulary.freeze();
 *     vocabulary.get('c')   // 0
 */
export class Vocabulary {
  private counts = new Map<string, number>();
  private numbers = new Map<string, number>([[UNKNOWN, 0]]);
  private all: string[] = [UNKNOWN];
  private frozen = false;
  /** How many words there are, with the unknown one. */
  get length(): number {
    return this.all.length;
  }
  /** The numbers, by word. */
  get mapping(): ReadonlyMap<string, number> {
    return this.numbers;
  }
  /** Whether new words get no number any more. */
  freeze(freeze = true): void {
    this.frozen = freeze;
  }
  /** The number of a word; a new one for a new word, until it is frozen. */
  get(category: string): number {
    const known = this.numbers.get(category);
    if (known !== undefined) return known;
    if (this.frozen) return 0;
    this.numbers.set(category, this.all.length);
    return this.all.push(category) - 1;
  }
  /** Counts a word. */
  add(category: string, count = 1): void {
    if (this.get(category) > 0) this.counts.set(category, (this.counts.get(category) ?? 0) + count);
  }
  /** Keeps the words that came more often than that, the most frequent first. */
  trim(minFrequency: number, maxFrequency = -1): void {
    const order = [...this.counts].sort(([a, m], [b, n]) => n - m || (a < b ? 1 : -1));
    const kept = order.filter(([, n]) => n > minFrequency && !(maxFrequency > 0 && n >= maxFrequency));
    this.all = [UNKNOWN, ...kept.map(([word]) => word)];
    this.numbers = new Map(this.all.map((word, i) => [word, i]));
    this.counts = new Map(kept);
  }
  /** The word of a number. @throws ValueError  for a number that no word has */
  reverse(classId: number): string {
    const word = this.all[classId];
    if (word === undefined) throw new ValueError(`list index out of range: ${textOf(classId)}`);
    return word;
  }
  /** All of it, for a file. */
  toJSON(): object {
    return { words: this.all, counts: [...this.counts], frozen: this.frozen };
  }
  /** From what `toJSON` gave. */
  static from(given: Saved): Vocabulary {
    const vocabulary = new Vocabulary();
    vocabulary.all = given.words;
    vocabulary.numbers = new Map(given.words.map((word, i) => [word, i]));
    vocabulary.counts = new Map(given.counts);
    vocabulary.frozen = given.frozen;
    return vocabulary;
  }
}

interface Saved {
  readonly words: string[];
  readonly counts: [string, number][];
  readonly frozen: boolean;
}
/** Whether a file holds what `toJSON` gave: files come from anywhere. */
function isSaved(x: unknown): x is Saved {
  const [words, counts, frozen] = ['words', 'counts', 'frozen'].map((key) => memberOf(x, key));
  const isCount = (pair: unknown): boolean =>
    Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'number';
  return (
    Array.isArray(words) &&
    words.every((word) => typeof word === 'string') &&
    Array.isArray(counts) &&
    counts.every(isCount) &&
    typeof frozen === 'boolean'
  );
}
type Taken = [maxDocumentLength: number, minFrequency?: number, vocabulary?: Vocabulary, tokenizerFn?: Tokenizer];
const PROCESSOR = constructorOf<Taken>('contrib.learn.preprocessing.VocabularyProcessor');
const RESTORE = signature<[filename: string]>('contrib.learn.preprocessing.VocabularyProcessor.restore');
/** Rows of numbers. */
type Rows = Iterable<Iterable<number | bigint>>;
type Fit = [rawDocuments: Iterable<string>, unusedY?: unknown];
const FIT = signature<Fit>('contrib.learn.preprocessing.VocabularyProcessor.fit');
const FIT_TRANSFORM = signature<Fit>('contrib.learn.preprocessing.VocabularyProcessor.fit_transform');
/**
 * Makes rows of numbers of texts, a number for each word: 0 for words that are not known, and behind the last one.
 *
 *     const processor = new tf.contrib.learn.preprocessing.VocabularyProcessor(4);
 *     const rows = [...processor.fitTransform(['I like it', 'I like that more'])];   // [[1, 2, 3, 0], [1, 2, 4, 5]]
 *     processor.vocabulary_.length   // 6
 */
export class VocabularyProcessor {
  /** How long a row is. */
  readonly maxDocumentLength: number;
  /** How often a word has to come, and more, to have a number. */
  readonly minFrequency: number;
  /** The numbers of the words. */
  readonly vocabulary_: Vocabulary;
  private readonly tokenizer: Tokenizer;
  /**
   * Takes how long rows are.
   *
   * @param maxDocumentLength  how many words of a text count
   * @param minFrequency       how often a word has to come, and more, to have a number; 0 where not given
   * @param vocabulary         the numbers of the words; found in the texts where not given
   * @param tokenizerFn        gives the words of each text
   */
  constructor(...given: Args<'contrib.learn.preprocessing.VocabularyProcessor', Taken>) {
    const [maxDocumentLength, minFrequency = 0, vocabulary, tokenizerFn] = PROCESSOR.take(given);
    this.maxDocumentLength = maxDocumentLength;
    this.minFrequency = minFrequency;
    this.vocabulary_ = vocabulary ?? new Vocabulary();
    this.tokenizer = tokenizerFn ?? words;
  }
  /** The words of each text. @throws TypeError  where the program's own function gives none */
  private *tokensOf(rawDocuments: Iterable<string>): Iterable<readonly string[]> {
    const all: unknown = this.tokenizer(checkedTexts(rawDocuments));
    if (!isIterable(all)) throw noTokens(all);
    for (const tokens of all) {
      if (!isIterable(tokens)) throw noTokens(tokens);
      yield Array.from(tokens, String);
    }
  }
  /**
   * Learns the words of texts.
   *
   * @param rawDocuments  texts
   * @returns  this object
   */
  fit(...given: Args<'contrib.learn.preprocessing.VocabularyProcessor.fit', Fit>): this {
    const [rawDocuments] = FIT.take(given);
    for (const tokens of this.tokensOf(rawDocuments)) for (const token of tokens) this.vocabulary_.add(token);
    if (this.minFrequency > 0) this.vocabulary_.trim(this.minFrequency);
    this.vocabulary_.freeze();
    return this;
  }
  /**
   * Learns the words of texts, and makes rows of these.
   *
   * @param rawDocuments  texts
   * @returns  rows, as they are asked for
   */
  fitTransform(
    ...given: Args<'contrib.learn.preprocessing.VocabularyProcessor.fit_transform', Fit>
  ): IterableIterator<number[]> {
    const [rawDocuments] = FIT_TRANSFORM.take(given);
    const texts = [...checkedTexts(rawDocuments)];
    return this.fit(texts).transform(texts);
  }
  /** Rows of numbers, as they are asked for. */
  transform(rawDocuments: Iterable<string> | { readonly rawDocuments: Iterable<string> }): IterableIterator<number[]>;
  *transform(rawDocuments: Iterable<string>): IterableIterator<number[]> {
    claim(this.maxDocumentLength, 8, 'int64');
    for (const tokens of this.tokensOf(rawDocuments))
      yield Array.from({ length: this.maxDocumentLength }, (_, i) =>
        i < tokens.length ? this.vocabulary_.get(tokens[i]) : 0,
      );
  }
  /** Texts of rows of numbers. */
  reverse(documents: Rows | { readonly documents: Rows }): IterableIterator<string>;
  *reverse(documents: Rows): IterableIterator<string> {
    if (!isIterable(documents)) throw noRow(documents);
    for (const row of documents)
      if (isIterable(row)) yield Array.from(row, (id) => this.vocabulary_.reverse(Number(id))).join(' ');
      else throw noRow(row);
  }
  /** Writes it into a file: as JSON, where Python writes a pickle. */
  save(filename: string | { readonly filename: string }): void;
  save(filename: string): void {
    checkText(filename, 'filename');
    const { maxDocumentLength, minFrequency, vocabulary_ } = this;
    files().writeWhole(filename, JSON.stringify({ maxDocumentLength, minFrequency, vocabulary: vocabulary_ }));
  }
  /** Reads what `save` wrote. @throws RuntimeError  for another file */
  static restore(
    ...given: Args<'contrib.learn.preprocessing.VocabularyProcessor.restore', [filename: string]>
  ): VocabularyProcessor {
    const [filename] = RESTORE.take(given);
    const text = new TextDecoder().decode(files().readWhole(filename));
    try {
      const saved: unknown = JSON.parse(text);
      const [maxDocumentLength, minFrequency] = ['maxDocumentLength', 'minFrequency'].map((key) =>
        memberOf(saved, key),
      );
      const vocabulary = memberOf(saved, 'vocabulary');
      if (typeof maxDocumentLength !== 'number' || typeof minFrequency !== 'number' || !isSaved(vocabulary))
        throw new TypeError('not what save() wrote');
      return new VocabularyProcessor(maxDocumentLength, minFrequency, Vocabulary.from(vocabulary));
    } catch {
      throw new RuntimeError(
        `${filename} is no vocabulary that save() wrote; Python's are pickles, which cannot be read.`,
      );
    }
  }
}
netMethods(VocabularyProcessor, {
  fit: 'contrib.learn.preprocessing.VocabularyProcessor.fit',
  fitTransform: 'contrib.learn.preprocessing.VocabularyProcessor.fit_transform',
});
bindMethods(VocabularyProcessor, {
  transform: 'contrib.learn.preprocessing.VocabularyProcessor.transform',
  reverse: 'contrib.learn.preprocessing.VocabularyProcessor.reverse',
  save: 'contrib.learn.preprocessing.VocabularyProcessor.save',
});
