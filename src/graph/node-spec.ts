import type { DType } from '../base/dtype';
import type { Attrs } from '../format/attr';
import type { OpDef } from './definition';
import type { Trace } from './trace';

/** All that makes a node: a value, before it is one. */
export interface Spec<T, Op> {
  readonly def: OpDef;
  readonly name: string;
  /** null for an edge that is set later (`updateInput`): a loop's way back. */
  readonly inputs: readonly (T | null)[];
  readonly controls: readonly Op[];
  readonly outputTypes: readonly DType[];
  readonly attrs: Attrs;
  readonly device: string;
  readonly trace: Trace;
  /** Of a node that was read: the fields of its message that are not known here. */
  readonly unknown?: Uint8Array;
}
