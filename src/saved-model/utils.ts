/** `tf.savedModel.utils`: tensors as a SavedModel's signatures name them. */
import { TypeError_, ValueError } from '../base/errors';
import { isRevoked, preview } from '../base/preview';
import type { TensorShape } from '../base/shape';
import { bound } from '../calls/bind';
import type { MessageOf } from '../format/message';
import { DATA_TYPE, SHAPE_DIM, TENSOR_INFO, TENSOR_INFO_COO, TENSOR_SHAPE } from '../format/messages';
import { type Graph, getDefaultGraph, Tensor } from '../graph/graph';
import { SparseTensor } from '../graph/sparse-tensor';
import { Variable } from '../variables/variable';

/** What a signature says of a tensor: its name, dtype and shape. */
export type TensorInfo = MessageOf<typeof TENSOR_INFO.fields>;

function shapeMessage({ dims }: TensorShape): MessageOf<typeof TENSOR_SHAPE.fields> {
  if (dims === null) return TENSOR_SHAPE.make({ unknownRank: true });
  return TENSOR_SHAPE.make({ dim: dims.map((size) => SHAPE_DIM.make({ size: size ?? -1 })) });
}
/**
 * What a signature says of a tensor.
 *
 *     const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
 *     tf.savedModel.utils.buildTensorInfo(x).name   // 'x:0'
 *
 * @param tensor  a tensor, a `tf.SparseTensor` or a variable
 * @returns  a message with its name, dtype and shape
 * @throws TypeError  for anything else
 */
export const buildTensorInfo = bound('saved_model.build_tensor_info', infoOf);
/** The same, for what builds on it. */
export function infoOf(tensor: Tensor | SparseTensor | Variable): TensorInfo {
  if (tensor instanceof SparseTensor)
    return TENSOR_INFO.make({
      dtype: DATA_TYPE[`DT_${tensor.dtype.cName.toUpperCase()}`],
      tensorShape: shapeMessage(tensor.shape),
      cooSparse: TENSOR_INFO_COO.make({
        valuesTensorName: tensor.values.name,
        indicesTensorName: tensor.indices.name,
        denseShapeTensorName: tensor.denseShape.name,
      }),
    });
  if (isRevoked(tensor) || !(tensor instanceof Tensor || tensor instanceof Variable))
    throw new TypeError_(`tensor must be a Tensor, a SparseTensor or a Variable, not ${preview(tensor)}`);
  const { baseDtype } = tensor.dtype;
  return TENSOR_INFO.make({
    name: tensor.name,
    dtype: DATA_TYPE[`DT_${baseDtype.cName.toUpperCase()}${tensor.dtype === baseDtype ? '' : '_REF'}`],
    tensorShape: shapeMessage(tensor.shape),
  });
}
/** A name in the scope that a graph was imported into. */
export const inScope = (name: string, scope?: string | null): string =>
  scope ? name.replace(/^(\^?)/, `$1${scope.replace(/\/$/, '')}/`) : name;
/**
 * The tensor that a signature names.
 *
 *     const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
 *     tf.savedModel.utils.getTensorFromTensorInfo(tf.savedModel.utils.buildTensorInfo(x)) === x   // true
 *
 * @param tensorInfo   what `buildTensorInfo` gave, or a signature of a loaded model has
 * @param graph        where it is looked up; the default graph where not given
 * @param importScope  the scope that the graph was loaded into
 * @returns  a tensor, or a `tf.SparseTensor`
 * @throws KeyError    if the graph has no such tensor
 * @throws ValueError  if the message names none
 */
export const getTensorFromTensorInfo = bound(
  'saved_model.get_tensor_from_tensor_info',
  (tensorInfo: TensorInfo, graph?: Graph, importScope?: string): Tensor | SparseTensor =>
    tensorOf(tensorInfo, graph ?? getDefaultGraph(), importScope),
);
/** The same, for what builds on it. */
export function tensorOf(info: TensorInfo, graph: Graph, importScope?: string | null): Tensor | SparseTensor {
  const named = (name: string): Tensor => graph.getTensorByName(inScope(name, importScope));
  const { name, cooSparse } = info;
  if (cooSparse) {
    const { indicesTensorName, valuesTensorName, denseShapeTensorName } = cooSparse;
    return graph.asDefault(
      () => new SparseTensor(named(indicesTensorName), named(valuesTensorName), named(denseShapeTensorName)),
    );
  }
  if (typeof name === 'string') return named(name);
  throw new ValueError(`Invalid TensorInfo.encoding: ${info.unknown?.length ? 'composite_tensor' : 'None'}`);
}
