/** How values come to a server's device, and leave it: by nodes that receive and send, as TensorFlow has it. */
import { Attr } from '../format/attr';
import type { Tensor } from '../graph/graph';
import type { Border, Passage } from '../session/partition-graph';

/** The device of a server: its name, and what tells it from those before it. */
export interface ServerDevice {
  readonly name: string;
  readonly incarnation: bigint;
}
export function borderOf(device: ServerDevice): Border {
  return {
    device: device.name,
    receive: (t) => passage('_Recv', t, device),
    send: (t) => passage('_Send', t, device),
  };
}
function passage(op: '_Recv' | '_Send', t: Tensor, device: ServerDevice): Passage {
  return {
    name: `${op.toLowerCase()}_${t.op.name}_${t.valueIndex}`,
    op,
    attr: {
      [op === '_Send' ? 'T' : 'tensor_type']: new Attr('type', t.dtype.baseDtype),
      client_terminated: new Attr('bool', true),
      recv_device: new Attr('string', device.name),
      send_device: new Attr('string', device.name),
      send_device_incarnation: new Attr('int', BigInt.asIntN(64, device.incarnation)),
      tensor_name: new Attr('string', t.name),
    },
  };
}
