/** The gradients that the walk starts with: ones, or what the caller gives. */
import { type DType, resource, variant } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { apply } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { type Graph, IndexedSlices, Tensor } from '../graph/graph';
import { scalar, shapeOf } from '../ops/words';

/** The gradient of something with respect to a y; null for ones. */
export type GradY = TensorLike | null;

/** One gradient per y. @throws ValueError for a wrong number of them, TypeError for a wrong type */
export function initialGradients(
  graph: Graph,
  gradYs: readonly GradY[],
  ys: readonly Tensor[],
  colocate: boolean,
): (Tensor | IndexedSlices)[] {
  if (gradYs.length !== ys.length) throw new ValueError(`Passed ${gradYs.length} grad_ys for ${ys.length} ys`);
  const given = gradYs.map((g, i) =>
    g === null || g === undefined || g instanceof IndexedSlices ? (g ?? null) : convertToTensor(g, null, `grad_y_${i}`),
  );
  return ys.map((y, i) => {
    const make = (): Tensor | IndexedSlices => {
      const g = given[i];
      if (!g) return ones(y, i);
      checkType(y, g);
      const pass = (t: Tensor, suffix: string): Tensor => apply('Identity', [t], {}, `grad_ys_${i}${suffix}`);
      if (g instanceof Tensor) return pass(g, '');
      const indices = pass(g.indices, '_indices');
      return new IndexedSlices(pass(g.values, '_values'), indices, g.denseShape && pass(g.denseShape, '_shape'));
    };
    return colocate ? graph.colocateWith(y.op, make) : make();
  });
}

function ones(y: Tensor, i: number): Tensor {
  if (y.dtype.isComplex)
    throw new TypeError_(`Gradients of complex tensors must set grad_ys (y.dtype = tf.${y.dtype.baseDtype.name})`);
  return apply('Fill', [shapeOf(y), scalar(1, y.dtype, `grad_ys_${i}`)]);
}

function checkType(y: Tensor, g: Tensor | IndexedSlices): void {
  const [to, from] = [y.dtype.baseDtype, g.dtype.baseDtype];
  const real = (d: DType): boolean => d.isFloating || d.isInteger;
  const generated = `Gradient type ${from.name} generated for`;
  if (real(to)) {
    if (!real(from))
      throw new TypeError_(
        `${generated} real or integer-valued tensor ${y} with type ${to.name} must be real or integer`,
      );
  } else if (to.isComplex) {
    if (!from.isComplex)
      throw new TypeError_(`${generated} complex-valued tensor ${y} with type ${to.name} must be real`);
  } else if (to === variant) {
    if (from !== variant) throw new TypeError_(`${generated} variant tensor ${y} with type ${to.name} must be variant`);
  } else if (to === resource) {
    if (from === resource)
      throw new TypeError_(`Input gradient ${g} for resource tensor ${y} should not be a resource`);
  } else throw new TypeError_(`Tensor ${y} with type ${to.name} must be numeric to obtain a default gradient`);
}
