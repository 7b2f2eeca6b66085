/** Advice for a client whose program is Python's: its lines name functions and arguments as Python spells them. */
import { snake } from '../format/text-format';

/** How clients of TensorFlow's library (Python's, C++'s) name themselves; those of this library say nothing. */
const LIBRARY = /^grpc-c\+\+\//;
/** A line below TensorFlow's own words. */
const ADVICE = /^ {2}(?:fix|rule|likely cause): .*$/gm;

/** What a text becomes for the client of a call, by the `user-agent` that it sent. */
export function wordsFor(userAgent: string | undefined): (text: string) => string {
  return LIBRARY.test(userAgent ?? '') ? inPython : (text) => text;
}

/**
 * The same text with its advice in Python's spelling: of `  fix: tf.matmul(x, y, {transposeB: true}).` it makes
 * `  fix: tf.matmul(x, y, transpose_b=True).`
 */
export const inPython = (text: string): string => text.replace(ADVICE, spelledLine);

const spelledLine = (line: string): string =>
  line
    // Sessions of this library alone have it.
    .replace(
      /config\.checkNumerics names .*/,
      'tf.add_check_numerics_ops(), run before it, names the first node that makes them.',
    )
    .replace(/\bnew (?=tf\.)/g, '')
    .replace(/\{\[(\w+)\.name\]: /g, '{$1: ')
    .replace(/(?<=[(,] ?)\{([^{}]+)\}(?=\))/g, keywords)
    .replace(/\btf(?:\.\w+)+/g, (name) => name.split('.').map(spelled).join('.'))
    .replace(/\bsequenceLength\b/g, 'sequence_length')
    .replace(/\b(\w+)\.mul\(([^()]*)\)/g, '$1 * $2');
/** Names of classes and constants stay. */
const spelled = (name: string): string => (/^[a-z]/.test(name) ? snake(name) : name);
const WORDS: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None' };
/** Of `{transposeB: true, labels}`, keyword arguments; feeds, whose keys are names in quotes, stay. */
function keywords(braces: string, inside: string): string {
  const options = inside.split(', ').map((option) => /^([a-z]\w*)(?:: (.+))?$/.exec(option));
  if (!options.every((option) => option !== null)) return braces;
  return options.map(([, name, value = name]) => `${snake(name)}=${WORDS[value] ?? value}`).join(', ');
}
