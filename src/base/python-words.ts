/** Words of Python that a program brings along, where JavaScript only says that there are none of that name. */
import { explainUncaught } from './platform';

const WORDS: Readonly<Record<string, string | undefined>> = {
  None: 'None of Python is null.',
  True: 'True of Python is true.',
  False: 'False of Python is false.',
  self: 'self of Python is this.',
  print: 'print(x) of Python is console.log(x).',
  len: 'len(x) of Python is x.length; of a tensor, tensor.shape.dims or tf.shape(tensor).',
  range: 'for i in range(n) of Python is for (let i = 0; i < n; i++) { … }; a tensor of numbers is tf.range(n).',
  str: 'str(x) of Python is String(x).',
  int: 'int(x) of Python is Math.trunc(x); the dtype is tf.int32.',
  float: 'float(x) of Python is Number(x); the dtype is tf.float32.',
  np: 'there is no NumPy: sess.run gives numbers and arrays, and tf has the functions (tf.reduceMean, tf.argmax, …).',
};
/** What an error says of such a word, or null. */
export function pythonWord(message: string): string | null {
  const [, word] = /^(\w+) is not defined$/.exec(message.split('\n')[0]) ?? [];
  return word && Object.hasOwn(WORDS, word) ? (WORDS[word] ?? null) : null;
}
/** Says so of an error that nobody catches, from now on. */
export function explainPythonWords(): void {
  explainUncaught((message) => {
    const said = pythonWord(message);
    return said && `  fix: ${said}`;
  });
}

/** How lines of Python begin that JavaScript cannot read, and what they are here. */
const LINES: readonly (readonly [line: RegExp, here: string])[] = [
  [/^\s*for\s+[\w, ]+\s+in\b/, 'a loop of Python is here: for (let i = 0; i < n; i++) { … }'],
  [/^\s*def\s/, 'a function of Python is here: function name(x) { return …; }'],
  [/^\s*(elif\b|else\s*:)/, 'elif of Python is else if (…) { … }, and else: is else { … }'],
  [/^\s*(if|while)\b[^{]*:\s*$/, 'conditions stand in round brackets, and what follows in braces: if (…) { … }'],
  [/^\s*with\b/, 'a with of Python is left out here: const sess = new tf.Session();'],
  [/^\s*(import\s+[\w.]+\s*(as\s+\w+)?$|from\s+[\w.]+\s+import\b)/, "here it is: import * as tf from 'tfjs-session';"],
  [/^\s*print\s+[^(=]/, 'print of Python is console.log(…)'],
  [/^\s*#/, 'a comment begins with //'],
];
/** What a line that could not be read is here, if it is one of Python; else null. */
export function pythonLine(line: string): string | null {
  return LINES.find(([begins]) => begins.test(line))?.[1] ?? null;
}
