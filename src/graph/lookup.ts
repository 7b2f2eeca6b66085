/** Finds tensors and operations of a graph by name, with TensorFlow's words where there are none. */
import { KeyError, RuntimeError, TypeError_, ValueError } from '../base/errors';
import { type Graph, Operation, Tensor } from './operation';
import { pythonRepr, pythonType } from './python-names';

const FORM = 'Tensor names must be of the form "<op_name>:<output_index>".';

/** A tensor or operation of the graph from itself or its name. */
export function asGraphElement(graph: Graph, obj: unknown, allowTensor: true, allowOperation: false): Tensor;
export function asGraphElement(graph: Graph, obj: unknown, allowTensor: false, allowOperation: true): Operation;
export function asGraphElement(
  graph: Graph,
  obj: unknown,
  allowTensor: boolean,
  allowOperation: boolean,
): Tensor | Operation;
export function asGraphElement(
  graph: Graph,
  obj: unknown,
  allowTensor: boolean,
  allowOperation: boolean,
): Tensor | Operation {
  if (typeof obj === 'string') return elementByName(graph, obj, allowTensor, allowOperation);
  if (obj instanceof Tensor && allowTensor) {
    const own = obj.graph === graph ? obj.op.outputs[obj.valueIndex] : undefined;
    if (!own) throw new ValueError(`Tensor ${obj} is not an element of this graph.`);
    return own;
  }
  if (obj instanceof Operation && allowOperation) {
    if (obj.graph !== graph) throw new ValueError(`Operation ${obj} is not an element of this graph.`);
    return obj;
  }
  const wanted = allowTensor && allowOperation ? 'Tensor or Operation' : allowTensor ? 'Tensor' : 'Operation';
  throw new TypeError_(`Can not convert a ${pythonType(obj)} into a ${wanted}.`);
}

function elementByName(graph: Graph, name: string, allowTensor: boolean, allowOperation: boolean): Tensor | Operation {
  if (name.includes(':')) {
    if (allowTensor) return tensorByName(graph, name);
    throw new ValueError(
      `Name ${pythonRepr(name)} appears to refer to a Tensor, not a Operation.` +
        `\n  fix: the operation's name has no colon: ${pythonRepr(name.slice(0, name.indexOf(':')))}.`,
    );
  }
  const op = graph.findOperation(name);
  if (!allowOperation) {
    const what = op ? 'refers to an Operation' : 'looks like an (invalid) Operation name';
    throw new ValueError(
      `The name ${pythonRepr(name)} ${what}, not a Tensor. ${FORM}` +
        (op ? `\n  fix: ${pythonRepr(`${name}:0`)}, its first output.` : ''),
    );
  }
  if (!op) throw new KeyError(`The name ${pythonRepr(name)} refers to an Operation not in the graph.`);
  return op;
}
function tensorByName(graph: Graph, name: string): Tensor {
  const colon = name.indexOf(':');
  const [opName, index] = [name.slice(0, colon), name.slice(colon + 1)];
  if (!/^\d+$/.test(index)) {
    throw new ValueError(`The name ${pythonRepr(name)} looks a like a Tensor name, but is not a valid one. ${FORM}`);
  }
  const op = graph.findOperation(opName);
  const tensor = op?.outputs[Number(index)];
  if (tensor) return tensor;
  throw new KeyError(
    `The name ${pythonRepr(name)} refers to a Tensor which does not exist. The operation, ${pythonRepr(opName)}, ` +
      (op ? `exists but only has ${op.outputs.length} outputs.` : 'does not exist in the graph.'),
  );
}
/** A graph that is closed is to change. */
export function finalizedError(what?: string): RuntimeError {
  return new RuntimeError(
    `Graph is finalized and cannot be modified.${what ? `\n  ${what}` : ''}` +
      '\n  fix: build everything before graph.finalize(); in a loop, feed what changes through a placeholder.',
  );
}
