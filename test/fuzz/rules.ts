/** What random programs are made of: all rules. */
import { MOVES } from './moves';
import { type Rule, VALUES } from './values';

export const RULES: readonly Rule[] = [...VALUES, ...MOVES];
