/** What random programs are made of, by the name of `--rules`. */
import { EDGES } from './edges';
import { MOVES } from './moves';
import { type Rule, VALUES } from './values';

export const RULES: Readonly<Record<string, readonly Rule[]>> = { plain: [...VALUES, ...MOVES], edges: EDGES };
