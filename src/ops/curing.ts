/** A call that fails, with what was meant: arguments in the order of TensorFlow before 1.0, or tensors side by side. */
import { TypeError_, ValueError } from '../base/errors';

/** What a call came to, with the cure where it fails. */
export function curing<R>(build: () => R, cure: string): R {
  try {
    return build();
  } catch (error) {
    if (error instanceof TypeError_ || error instanceof ValueError) error.message += cure;
    throw error;
  }
}
