/** Variables behind a handle: VarHandleOp. Every use reads anew, by a node that stands where the use stands. */
import { isCallable } from '../base/border';
import { ValueError } from '../base/errors';
import { initScope, readBehind, waitingFor } from '../control/framework';
import { apply, applyOp, graphOf, inScope } from '../graph/apply';
import { outermost } from '../graph/capturing';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { type Graph, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { readOn } from './caching';
import { checkOutside, guarded } from './guard';
import type { BuildArgs, Updated, VariableNodes } from './nodes';

/**
 * Makes the nodes `W/Initializer/initial_value` (of data), `W`, `W/IsInitialized/VarIsInitializedOp`, `W/Assign` and
 * `W/Read/ReadVariableOp`.
 */
export function buildResource(args: BuildArgs): VariableNodes {
  const { initialValue, cachingDevice } = args;
  const graph = outermost(getDefaultGraph());
  return initScope(() =>
    inScope(args.name, 'Variable', isCallable(initialValue) ? [] : [initialValue], (scope) => {
      const name = scope.slice(0, -1);
      const [initial, handle] = graph.attrScope({ _class: [`loc:@${name}`] }, () => {
        const value = graph.nameScope('Initializer', () =>
          graph.device(null, () =>
            convertToTensor(isCallable(initialValue) ? initialValue() : initialValue, args.dtype, 'initial_value'),
          ),
        );
        if (args.shape && !value.shape.isCompatibleWith(args.shape)) {
          throw new ValueError(
            `The initial value's shape (${value.shape}) is not compatible with the explicitly supplied \`shape\` ` +
              `argument (${args.shape}).`,
          );
        }
        return [
          value,
          apply(
            'VarHandleOp',
            [],
            { shape: args.shape ?? value.shape, dtype: value.dtype.baseDtype, shared_name: name },
            scope,
          ),
        ] as const;
      });
      checkOutside(initial, scope);
      const dtype = initial.dtype.baseDtype;
      const onDevice = <R>(body: () => R): R => graph.device(handle.device, body);
      graph.nameScope('IsInitialized', () => apply('VarIsInitializedOp', [handle]));
      const initializer = graph.nameScope('Assign', (at) =>
        graph.colocateWith(
          null,
          () => onDevice(() => applyOp('AssignVariableOp', [handle, guarded(scope, initial)], {}, at)),
          true,
        ),
      );
      const [element, cached] = graph.nameScope('Read', () => {
        const value = onDevice(() => apply('ReadVariableOp', [handle], { dtype }));
        return [
          value,
          cachingDevice === null
            ? null
            : graph.colocateWith(null, () => readOn(graph, cachingDevice, () => apply('Identity', [value])), true),
        ] as const;
      });
      return resourceNodes({
        handle,
        initializer,
        initialValue: initial,
        dtype,
        shape: args.shape ?? initial.shape,
        element,
        cached,
      });
    }),
  );
}

/** The nodes of a resource variable that a graph has already. */
export function resourceNodes(
  made: Pick<VariableNodes, 'handle' | 'initializer' | 'initialValue' | 'dtype' | 'shape' | 'element'> & {
    readonly cached: Tensor | null;
  },
): VariableNodes {
  const { handle, dtype, cached } = made;
  /** Where it is read: in a function that is built, or where it stands. */
  const open = (): Graph => graphOf([handle]);
  const read = (): Tensor => apply('ReadVariableOp', [handle], { dtype });
  const converted = (value: TensorLike): Tensor => convertToTensor(value, dtype);
  const updated = (op: Operation): Updated => ({ op, value: () => readBehind(op, read) });
  const waiting = <R>(body: () => R): R => (cached ? waitingFor([cached], body) : body());
  return {
    kind: 'resource',
    ...made,
    value: () => cached ?? open().colocateWith(null, () => open().device(handle.device, read), true),
    readValue: () => apply('Identity', [open().nameScope('Read', () => open().device(handle.device, read))]),
    isInitialized: (name) => apply('VarIsInitializedOp', [handle], {}, name),
    assign(value, { name }) {
      const tensor = converted(value);
      if (!made.shape.isCompatibleWith(tensor.shape))
        throw new ValueError(`Shapes ${made.shape} and ${tensor.shape} are incompatible`);
      return updated(applyOp('AssignVariableOp', [handle, tensor], {}, name));
    },
    accumulate: (type, delta, { name }) =>
      updated(waiting(() => applyOp(`Assign${type}VariableOp`, [handle, converted(delta)], {}, name))),
    scatter: (type, indices, updates, { name }) =>
      updated(applyOp(`ResourceScatter${type}`, [handle, indices, converted(updates)], {}, name)),
    assignPart: ({ spec, masks }, value, name) =>
      updated(waiting(() => applyOp('ResourceStridedSliceAssign', [handle, ...spec, converted(value)], masks, name))),
    countUpTo: (limit, name) => apply('ResourceCountUpTo', [handle], { limit, T: dtype }, name),
  };
}
