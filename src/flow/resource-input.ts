/** Where a handle comes from in a function: loops give theirs back as they came. */
import { ValueError } from '../base/errors';
import type { Tensor } from '../graph/graph';

/** The argument that a handle is. @throws ValueError  for one that the function makes itself */
export function resourceInput(tensor: Tensor, inputs: readonly Tensor[]): Tensor {
  let at = tensor;
  while (!inputs.includes(at)) {
    if (at.op.def.row.calls !== 'while')
      throw new ValueError(
        `Taking gradient of a while loop which creates a resource in its body is not supported: ${at.op.name}`,
      );
    at = at.op.inputs[at.valueIndex];
  }
  return at;
}
