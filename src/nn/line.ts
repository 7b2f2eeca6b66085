/** Lines as pictures of one row, for ops that take pictures. */
import { ValueError } from '../base/errors';

/** The format of a line as a picture's, and the axis of its one row. */
export interface Line {
  readonly format: 'NHWC' | 'NCHW';
  readonly axis: 1 | 2;
}
const LAST: Line = { format: 'NHWC', axis: 1 };
const FIRST: Line = { format: 'NCHW', axis: 2 };
/** @throws ValueError  for another format; pictures' names count where `alsoPictures` */
export function ofLine(format: string | null | undefined, alsoPictures = true): Line {
  if (!format || format === 'NWC' || (alsoPictures && format === 'NHWC')) return LAST;
  if (format === 'NCW' || (alsoPictures && format === 'NCHW')) return FIRST;
  throw new ValueError('data_format must be "NWC" or "NCW".');
}
