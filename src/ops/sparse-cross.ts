/** Crosses of the features of rows, as texts or as hashes. */
import type { Rows } from '../graph/opdef';

export const SPARSE_CROSS = { SparseCross: { shape: () => [[null, 2], [null], [2]], grows: 'rows' } } satisfies Rows;
