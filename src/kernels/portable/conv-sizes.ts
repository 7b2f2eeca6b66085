/** What convolutions are told: sizes, and where things lie. */
/** Sizes of a convolution without borders: all taps of all places lie in the pictures. */
export interface Places {
  readonly batch: number;
  /** Of the pictures. */
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Of the filter. */
  readonly taps: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** Of the result. */
  readonly rows: number;
  readonly columns: number;
  readonly outputs: number;
}
/** A filter as a matrix: blocks of rows, so many bytes from one to the next, and the strides of rows and columns. */
export interface Filter {
  readonly at: number;
  readonly blocks: number;
  readonly step: number;
  readonly row: number;
  readonly column: number;
}
/** What a result of a convolution is made of: addresses, that of the bias 0 where there is none. */
export interface Convolution {
  readonly x: number;
  readonly filter: Filter;
  readonly y: number;
  readonly bias: number;
  readonly floor: number;
  readonly ceiling: number;
}
export interface FilterGradient {
  readonly x: number;
  readonly dy: number;
  readonly dw: number;
}
