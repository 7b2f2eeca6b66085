/** Tensors as the bytes of their messages, and back, on the host, with errors of TensorFlow 1.15 on each device. */
import { asTexts } from '../../base/elements';
import { bytesToText, textToBytes } from '../../base/bytes';
import { NDArray } from '../../base/ndarray';
import { cShape } from '../../base/shape';
import { TENSOR_PROTO } from '../../format/graph-messages';
import { readTensor, writeContent } from '../../format/tensor-proto';
import { textOf } from '../../format/text-format';
import { MessageWriter } from '../../format/wire';
import { type HostKernel, type HostTable, attr, host, invalid } from '../kernel';
import { string } from '../../base/dtype';

const serialize: HostKernel = ([{ dtype, shape, data }]) => {
  const m = new MessageWriter();
  writeContent(m, new NDArray(dtype, shape, data));
  return host(string, [], [bytesToText(m.w.finish())]);
};
/** The message as text; null where the bytes are none. */
function messageIn(bytes: Uint8Array): string | null {
  try {
    return textOf(TENSOR_PROTO, bytes);
  } catch {
    return null;
  }
}
function tensorIn(bytes: Uint8Array): NDArray | null {
  try {
    return readTensor(bytes);
  } catch {
    return null;
  }
}
const parse: HostKernel = ([serialized], node) => {
  const [text] = asTexts(serialized.data);
  const bytes = textToBytes(text);
  const message = messageIn(bytes);
  if (message === null) return invalid(`Could not parse \`serialized\` as TensorProto: '${text}'`);
  const found = /^dtype: /m.test(message) ? tensorIn(bytes) : null;
  if (!found) return invalid(`Cannot parse tensor from proto: ${message}`);
  const wanted = attr(node, 'out_type');
  if (found.dtype !== wanted)
    return invalid(`Type mismatch between parsed tensor (${found.dtype.cName}) and dtype (${wanted.cName})`);
  return host(found.dtype, found.shape, found.data);
};

export const SERIALIZED_KERNELS: HostTable = {
  SerializeTensor: { run: serialize, only: true },
  ParseTensor: {
    run: parse,
    only: true,
    check([{ shape }]) {
      if (shape.length) invalid(`Expected \`serialized\` to be a scalar, got shape: ${cShape(shape)}`);
    },
  },
};
