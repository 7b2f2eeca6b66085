/** Variables of 1.x: VariableV2, written through a reference, read through one Identity. */
import { isCallable } from '../base/border';
import { TensorShape } from '../base/shape';
import { ValueError } from '../base/errors';
import { initScope } from '../control/framework';
import { apply, applyOp, inScope } from '../graph/apply';
import { outermost } from '../graph/capturing';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import { readOn } from './caching';
import { checkOutside, guarded } from './guard';
import type { BuildArgs, Scatter, UpdateOptions, Updated, VariableNodes } from './nodes';

/** Makes the nodes `W/initial_value` (of data), `W`, `W/Assign` and `W/read`. */
export function buildReference(args: BuildArgs): VariableNodes {
  const { initialValue, validateShape, cachingDevice } = args;
  const graph = outermost(getDefaultGraph());
  return initScope(() =>
    inScope(args.name, 'Variable', isCallable(initialValue) ? [] : [initialValue], (scope) => {
      const makeInitial = (value: TensorLike): Tensor => convertToTensor(value, args.dtype, 'initial_value');
      const hold = (value: Tensor): Tensor =>
        apply(
          'VariableV2',
          [],
          {
            shape: args.shape ?? (validateShape ? value.shape : TensorShape.unknown()),
            dtype: value.dtype.baseDtype,
          },
          scope,
        );
      let initial: Tensor;
      let handle: Tensor;
      if (isCallable(initialValue)) {
        // The initial value is placed with the variable, which is not there yet.
        [initial, handle] = graph.attrScope({ _class: [`loc:@${scope.slice(0, -1)}`] }, () => {
          const value = graph.nameScope('Initializer', () => graph.device(null, () => makeInitial(initialValue())));
          return [value, hold(value)];
        });
      } else {
        initial = makeInitial(initialValue);
        checkOutside(initial, scope);
        handle = hold(initial);
      }
      if (validateShape && !initial.shape.isFullyDefined()) {
        throw new ValueError(
          `initial_value must have a shape specified: ${initial}` +
            (initial.op.trace.line ? `\n  it was made at ${initial.op.trace.line}` : '') +
            '\n  fix: give it a shape (setShape), or pass {validateShape: false}.',
        );
      }
      const initializer = applyOp('Assign', [handle, guarded(scope, initial)], { validate_shape: validateShape });
      const read = (): Tensor => apply('Identity', [handle], {}, 'read');
      const snapshot =
        cachingDevice === null ? graph.colocateWith(handle.op, read) : readOn(graph, cachingDevice, read);
      return referenceNodes({ handle, initializer, initialValue: initial, snapshot });
    }),
  );
}

/** The nodes of a reference variable that a graph has already. */
export function referenceNodes({
  handle,
  initializer,
  initialValue,
  snapshot,
}: Pick<VariableNodes, 'handle' | 'initializer' | 'initialValue'> & { readonly snapshot: Tensor }): VariableNodes {
  const update = (
    type: string,
    inputs: readonly TensorLike[],
    { useLocking, name }: UpdateOptions,
    attrs: Record<string, boolean | number | null | undefined> = {},
  ): Updated => {
    const locking = useLocking === undefined ? {} : { use_locking: useLocking };
    const op = applyOp(type, [handle, ...inputs], { ...locking, ...attrs }, name);
    return { op, value: () => op.outputs[0] };
  };
  return {
    kind: 'reference',
    handle,
    initializer,
    initialValue,
    dtype: handle.dtype,
    element: handle,
    get shape() {
      return handle.shape;
    },
    value: () => snapshot,
    readValue: () => apply('Identity', [handle], {}, 'read'),
    isInitialized: (name) => apply('IsVariableInitialized', [handle], {}, name),
    assign: (value, options) => update('Assign', [value], options, { validate_shape: options.validateShape }),
    accumulate: (type, delta, options) => update(`Assign${type}`, [delta], options),
    scatter: (type: Scatter, indices, updates, options) => update(`Scatter${type}`, [indices, updates], options),
    assignPart: ({ spec, masks }, value, name) => update('StridedSliceAssign', [...spec, value], { name }, masks),
    countUpTo: (limit, name) => apply('CountUpTo', [handle], { limit }, name),
  };
}
