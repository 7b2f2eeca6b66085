/**
 * Training ops on large float32 variables: such a variable lives in the addon as a TensorFlow resource variable, which
 * `ResourceApply…` writes in place. 78,400 floats by gradient descent: 12 µs, and 4 µs for the next read.
 */
import { float32 } from '../../base/dtype';
import { type KernelNode, type UpdateKernel, type Value, attr } from '../kernel';
import { type DeviceStorage, type VariableBuffer, bufferOf } from '../variable';
import type { OpAttr } from './addon';
import { type NativeDevice, execute, idOf, typeAttr } from './call';

/** A call with a few operands, measured. */
const OVERHEAD = 9000;
/** TensorFlow's name for a resource without a name: it goes when its handle goes. */
const ANONYMOUS = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347';

/** A variable's value, kept by TensorFlow. */
class NativeStorage implements DeviceStorage {
  private readonly id: number;
  private readonly dtype: OpAttr[];
  /** What was read since the last write, shared by all readers. */
  private current: Value | null = null;
  constructor(
    private readonly device: NativeDevice,
    value: Value,
  ) {
    const { addon } = device;
    this.dtype = [typeAttr(addon, 'dtype', float32)];
    const text = (name: string, content: string): OpAttr => ({ name, type: addon.TF_ATTR_STRING, value: content });
    const shape = { name: 'shape', type: addon.TF_ATTR_SHAPE, value: value.shape };
    this.id = addon.executeOp(
      'VarHandleOp',
      [...this.dtype, shape, text('container', ''), text('shared_name', ANONYMOUS)],
      [],
      1,
    )[0].id;
    // A copy: the tensor may lie in the memory of a JavaScript array, which TensorFlow would write to.
    const [copy] = addon.executeOp('DeepCopy', [typeAttr(addon, 'T', float32)], [idOf(value)], 1);
    addon.executeOp('AssignVariableOp', this.dtype, [this.id, copy.id], 0);
    addon.deleteTensor(copy.id);
  }
  read(): Value {
    this.current ??= execute(this.device, 'ReadVariableOp', this.dtype, [this.id], 1)[0];
    return this.current.retain();
  }
  /** The variable's handle, for an op that writes. A read that is still held makes TensorFlow write to a copy. */
  forWriting(): number {
    this.forget();
    return this.id;
  }
  free(): void {
    this.forget();
    this.device.addon.deleteTensor(this.id);
  }
  private forget(): void {
    this.current?.release();
    this.current = null;
  }
}

/** The kernel of a training op, or null for types that the addon cannot be told. */
export function nativeUpdate(device: NativeDevice, node: KernelNode, states: number): UpdateKernel | null {
  const { addon } = device;
  const type = node.type.startsWith('Resource') ? node.type : `Resource${node.type}`;
  if (node.attrs['T'] !== float32) return null;
  const attrs = node.def.attrs.map(
    ({ name, kind }): OpAttr =>
      kind === 'type'
        ? typeAttr(addon, name, attr(node, name, 'type'))
        : { name, type: addon.TF_ATTR_BOOL, value: attr(node, name, 'bool') },
  );
  const ids: number[] = [];
  return {
    overhead: OVERHEAD,
    run(inputs) {
      ids.length = inputs.length;
      for (let i = 0; i < inputs.length; i++) {
        if (i < states) ids[i] = storageOf(device, bufferOf(inputs[i])).forWriting();
        else {
          device.upload(inputs[i]);
          ids[i] = idOf(inputs[i]);
        }
      }
      execute(device, type, attrs, ids, 0);
    },
  };
}

/** A variable's storage in the addon; its value moves there at the first update. */
function storageOf(device: NativeDevice, buffer: VariableBuffer): NativeStorage {
  const known = buffer.storage;
  if (known instanceof NativeStorage) return known;
  const value = buffer.read();
  try {
    device.upload(value);
    const storage = new NativeStorage(device, value);
    buffer.moveTo(storage);
    return storage;
  } finally {
    value.release();
  }
}
