/** How each type of node is made of all rows at once. A row's dimensions come behind the one of the rows. */
import type { Converters } from './row-node';
import { ARRAYS } from './vectorized-arrays';
import { ELEMENTS } from './vectorized-elements';
import { MATH } from './vectorized-math';
import { PICTURES } from './vectorized-pictures';
import { SHAPES } from './vectorized-shapes';

export const VECTORIZED: Converters = { ...ELEMENTS, ...SHAPES, ...MATH, ...PICTURES, ...ARRAYS };
