/** What an equation of `tf.einsum` says: labels of the dimensions of each input, and of the result. */
import { ValueError } from '../base/errors';
import type { TensorShape } from '../base/shape';

export interface Equation {
  readonly inputs: readonly string[];
  readonly output: string;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const STRAY = 'period "." found outside of ellipsis';

/** Labels of each input and of the result, with letters in the place of dots. */
export function parsed(given: string, shapes: readonly TensorShape[]): Equation {
  const equation = given.replaceAll(' ', '');
  const match = /^([a-zA-Z,.]+)(->[a-zA-Z.]*)?$/.exec(equation);
  if (!match) throw new ValueError(`Indices have incorrect format: ${equation}`);
  const inputs = match[1].split(',');
  if (shapes.length !== inputs.length)
    throw new ValueError(`Got ${shapes.length} arguments for equation "${equation}", expecting ${inputs.length}`);
  let dots = '';
  if (equation.includes('...')) {
    const unused = [...LETTERS].filter((letter) => !match[1].includes(letter)).join('');
    inputs.forEach((own, i) => {
      if (!own.includes('...')) return;
      const letters = lettersFor(own, shapes[i], unused);
      inputs[i] = own.replace('...', letters);
      if (letters.length > dots.length) dots = letters;
    });
    if (inputs.some((own) => own.includes('.'))) throw new ValueError(STRAY);
  }
  if (match[2] === undefined) return { inputs, output: dots + once(inputs.join(''), dots) };
  const output = match[2].slice(2).replaceAll('...', dots);
  if (equation.includes('...') && output.includes('.')) throw new ValueError(STRAY);
  return { inputs, output };
}
/** Letters for the dimensions that the dots of an input stand for. */
function lettersFor(own: string, { rank }: TensorShape, unused: string): string {
  const parts = own.split('...');
  if (parts.length !== 2) throw new ValueError('Unable to resolve ellipsis. Excess number found.');
  if (rank === null) throw new ValueError('Unable to statically infer ellipsis axes.');
  const count = rank - parts.join('').length;
  if (count < 0) throw new ValueError('Ellipses lengths do not match.');
  if (unused.length < count) throw new ValueError('Unable to resolve ellipsis, too many distinct labels.');
  return count > 0 ? unused.slice(-count) : '';
}
/** The labels that are there once, in the order of the alphabet. */
function once(labels: string, without: string): string {
  return [...labels]
    .filter((label) => !without.includes(label) && times(labels, label) === 1)
    .sort()
    .join('');
}
/** How often a label is there. */
export const times = (labels: string, label: string): number => labels.split(label).length - 1;
