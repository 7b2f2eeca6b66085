/** The part of a graph that a run needs, as TensorFlow's master tells it: feeds are received, and fetches sent. */
import type { AttrBytes } from '../format/attr-value';
import { Attr } from '../format/attr';
import { encodeGraph } from '../format/graphdef';
import type { WrittenNode } from '../format/node-def';
import { NOTHING } from '../format/wire';
import type { Graph, Operation, Tensor } from '../graph/graph';
import { graphMessage, nodeMessage } from '../graph/graph-message';
import { copyNeeded } from '../plan/copy';
import type { Signature } from '../plan/request';

/** The device of a server: its name, and what tells it from those before it. */
export interface ServerDevice {
  readonly name: string;
  readonly incarnation: bigint;
}
/** Bytes of a GraphDef, all of whose nodes are on the device. */
export function partitionGraph(graph: Graph, { fetches, targets, feeds }: Signature, device: ServerDevice): Uint8Array {
  const fed = new Set(feeds);
  const roots = [...fetches.map(({ op }) => op), ...targets];
  const needed = copyNeeded(roots, feeds).nodes.map(({ op }) => op);
  const received = new Set<Tensor>();
  const receive = (t: Tensor): string => {
    received.add(t);
    return receiverOf(t);
  };
  const inputOf = (t: Tensor): string => (fed.has(t) ? receive(t) : endOf(t));
  const isNeeded = new Set(needed);
  // Only a placeholder that is fed is waited for and does not run.
  const controlOf = (op: Operation): string => `^${isNeeded.has(op) ? op.name : receive(op.outputs[0])}`;
  const run = needed.map((op): WrittenNode => {
    const input = [...op.inputs.map(inputOf), ...op.controlInputs.map(controlOf).sort()];
    return { ...nodeMessage(op, false), input, device: device.name };
  });
  const nodes = [
    ...[...received].map((t) => transfer('_Recv', t, receiverOf(t), device)),
    ...run,
    ...fetches.map((t) => transfer('_Send', t, `_send_${t.op.name}_${t.valueIndex}`, device)),
  ];
  return encodeGraph({ ...graphMessage(graph, graph.size), nodes });
}
function receiverOf(t: Tensor): string {
  return `_recv_${t.op.name}_${t.valueIndex}`;
}
function endOf(t: Tensor): string {
  return t.valueIndex === 0 ? t.op.name : t.name;
}
/** What brings a feed in, or takes a fetch out. */
function transfer(op: '_Recv' | '_Send', t: Tensor, name: string, device: ServerDevice): WrittenNode {
  const attr: Record<string, AttrBytes> = {
    [op === '_Send' ? 'T' : 'tensor_type']: new Attr('type', t.dtype.baseDtype),
    client_terminated: new Attr('bool', true),
    recv_device: new Attr('string', device.name),
    send_device: new Attr('string', device.name),
    send_device_incarnation: new Attr('int', BigInt.asIntN(64, device.incarnation)),
    tensor_name: new Attr('string', t.name),
  };
  return { name, op, input: op === '_Send' ? [endOf(t)] : [], device: device.name, attr, unknown: NOTHING };
}
