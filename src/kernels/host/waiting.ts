/** What kernels that wait for other runs have in common: where their resource is, and how one stands in a line. */
import { type KernelNode, type Later, type Run, type StatefulKernel, type StatefulRow, attr } from '../kernel';
import type { Resources } from '../resources';

/** A kernel that may have to wait. */
export const waiting = (kernel: StatefulKernel): StatefulRow => ({ make: () => kernel, mayWait: true });
/** Among which a node's resource is: one without a name to be shared by belongs to its session. */
export function amongOf(node: KernelNode, { resources, own }: Pick<Run, 'resources' | 'own'>): Resources {
  return attr(node, 'shared_name', 'string') ? resources : own;
}
/** Stands in a line until it is taken out of it. @param left  is called where nobody waits for it any more */
export function standIn<W extends { readonly later: Pick<Later, 'onCancel'> }>(
  line: W[],
  one: W,
  left: () => void,
): void {
  one.later.onCancel(() => {
    const at = line.indexOf(one);
    if (at >= 0) line.splice(at, 1);
    left();
  });
  line.push(one);
}
