/** Joining operations: a node to depend on, and tensors that wait for each other. */
import { memberOf } from '../base/thrown';
import { checkList } from '../base/border';
import { sorted } from '../base/keys';
import { addUnder, flattened } from '../base/room';
import { TypeError_, ValueError } from '../base/errors';
import { isA, isRevoked, preview, textOf } from '../base/preview';
import { boundOptions, noteBound, signature } from '../calls/bind';
import { inScope } from '../graph/apply';
import { type TensorLike, asTensor, convertToTensor, isSymbolic } from '../graph/constant';
import { IndexedSlices, Operation, type Tensor, getDefaultGraph, pythonType } from '../graph/graph';
import { noOp, withDependencies } from '../ops/control';
import type { NameOption } from '../ops/options';
import { type OpLike, waitingFor, operationOf } from './framework';

type Nested<T> = T | readonly Nested<T>[];

/** One NoOp after `deps`, asked for on their device. */
function groupOnDevice(deviceName: string, deps: readonly OpLike[], name: string | null): Operation {
  return waitingFor(deps, () => getDefaultGraph().device(deviceName, () => noOp({ name })));
}
type GroupInput = Nested<OpLike>;
const GROUP = signature<[inputs: readonly unknown[], name?: string]>('group');
/**
 * An operation that is done when all `inputs` are.
 *
 *     const [a, b] = [new tf.Variable(1), new tf.Variable(2)];
 *     const start = tf.group(a.initializer, b.initializer);
 *     sess.run(start);
 *     sess.run([a, b])   // [1, 2]
 *
 * @param inputs  operations, tensors and variables, also in lists; `{ name }` may come last
 * @returns  an operation
 * @throws TypeError  for anything else
 */
export function group(...inputs: readonly GroupInput[]): Operation;
export function group(...inputs: readonly [...inputs: GroupInput[], named: NameOption]): Operation;
export function group(...given: readonly unknown[]): Operation {
  const [inputs, name] = GROUP.takeRest(given, () => true);
  return grouped(inputs, name);
}
noteBound(group, 'group');
/** The same, for what builds nodes. */
export function grouped(inputs: readonly unknown[], name: string | null = null): Operation {
  const list = flattened(inputs).map((each) => {
    if (isOpLike(each)) return each;
    throw new TypeError_(
      `Expected tf.group() expected Tensor arguments not '${textOf(each)}' with type '${pythonType(each)}'`,
    );
  });
  return inScope(name, 'group_deps', list.filter(isSymbolic), (scope) => {
    if (!list.length) return noOp({ name: scope });
    const byDevice = new Map<string, OpLike[]>();
    for (const each of list) addUnder(byDevice, operationOf(each).device, each);
    if (byDevice.size === 1) return groupOnDevice([...byDevice.keys()][0], list, scope);
    const parts = sorted(byDevice).map(([device, parts]) => groupOnDevice(device, parts, null));
    return waitingFor(parts, () => noOp({ name: scope }));
  });
}
function isOpLike(x: unknown): x is OpLike {
  return (
    isA(x, Operation) ||
    (typeof x === 'object' && x !== null && !isRevoked(x) && memberOf(x, 'op') instanceof Operation)
  );
}

type Tuple = (Tensor | IndexedSlices | Operation | null)[];
type TupleInputs = readonly (TensorLike | Operation | null)[];
export interface TupleOptions extends NameOption {
  /** What the tensors wait for besides. */
  readonly controlInputs?: readonly (Tensor | Operation)[] | null;
}
/**
 * The same tensors, each of which is there only when all are.
 *
 *     tf.tuple([tf.constant(1), tf.constant(2)])   // [1, 2]
 *
 * @param tensors        tensors and operations; null stays null
 * @param controlInputs  what they wait for besides
 * @returns  a list of the same length
 * @throws ValueError  if there is nothing to wait for
 */
export const tuple = boundOptions('tuple', 1, function tuple(tensors: TupleInputs, options: TupleOptions = {}): Tuple {
  return tupleOf(tensors, options);
});
/** The same, for what builds nodes. */
export function tupleOf(tensors: TupleInputs, { controlInputs, name }: TupleOptions = {}): Tuple {
  if (!Array.isArray(tensors)) throw new TypeError_(`tuple() takes a list of tensors, not ${preview(tensors)}.`);
  if (controlInputs !== undefined && controlInputs !== null) checkList(controlInputs, 'control_inputs');
  return inScope(
    name,
    'tuple',
    tensors.filter((t) => isSymbolic(t)),
    () => {
      const list = tensors.map((t) =>
        t === null || t instanceof Operation || t instanceof IndexedSlices
          ? t
          : isSymbolic(t)
            ? asTensor(t)
            : convertToTensor(t),
      );
      const gates = [...list.filter((t) => t !== null), ...(controlInputs ?? [])].map(operationOf);
      if (!gates.length) throw new ValueError(`Must have at least one Tensor: ${tensors.map(String).join(', ')}`);
      const gate = grouped([...new Set(gates)].sort((a, b) => a.id - b.id));
      return list.map((t) =>
        t === null
          ? null
          : t instanceof Operation
            ? waitingFor([gate], () => grouped([t]))
            : withDependencies([gate], t),
      );
    },
  );
}
