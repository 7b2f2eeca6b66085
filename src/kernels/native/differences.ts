/** What the table of values (../values.ts) says of a node's kernel in TensorFlow 2.x. */
import { CHOICES } from '../values';
import type { Difference } from '../fits';
import { type Node, type Part, typeOf } from '../parts';

/** A line of the table, of the types that it speaks of. */
export type Line = Difference & { readonly types: string };
export const DIFFERENCES: readonly Line[] = CHOICES.flatMap(({ ops, native = [] }) =>
  native.map((line) => ({ ...line, types: line.types ?? ops.join(' ') })),
);
const BY_TYPE = new Map<string, Line[]>();
for (const line of DIFFERENCES)
  for (const type of line.types.split(' ')) BY_TYPE.set(type, [...(BY_TYPE.get(type) ?? []), line]);

/** The lines of the table that speak of a node wherever it runs; with `inGraphs`, those about whole graphs alone. */
export function differencesOf(node: Node, inGraphs = false): readonly Line[] {
  const lines = BY_TYPE.get(node.type);
  if (!lines) return [];
  return lines.filter(
    (line) =>
      (line.inGraphs ?? false) === inGraphs &&
      (!line.of || line.of.includes(typeOf(node))) &&
      (line.where?.(node) ?? true),
  );
}
/** The parts that stand for a node, where its lines say so. */
export function partsOf(lines: readonly Difference[], node: Node): readonly Part[] | null {
  for (const { instead } of lines) if (typeof instead === 'function') return instead(node);
  return null;
}
