/** How attributes are asked for: the compiler knows what those of TensorFlow's definitions are, by their names. */
import type { AttrExactly, AttrKind, AttrRead } from '../format/attr';
import type { AttrKinds } from './generated/attr-kinds';

export { type AttrKind, type AttrRead, type AttrValue, read } from '../format/attr';

/** Names of attributes in the definitions of TensorFlow 1.15. */
export type AttrName = keyof AttrKinds;
/** What the attribute of that name is in every op that has it. */
export type AttrOf<N extends AttrName> = AttrRead<AttrKinds[N]>;
export type AttrExact<N extends AttrName> = AttrExactly<AttrKinds[N]>;
/** Whatever has attributes. */
export interface AttrReader {
  /**
   * An attribute's value. Names that are of several kinds in several ops are asked for with the kind.
   * @throws InvalidArgumentError  if there is none of that name, or it is of another kind
   */
  attr<N extends AttrName>(name: N): AttrOf<N>;
  attr<K extends AttrKind>(name: string, kind: K): AttrRead<K>;
}
