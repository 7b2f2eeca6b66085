import { checkText } from '../base/border';
import { ValueError } from '../base/errors';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import type { VariableNodes } from './nodes';
import { referenceNodes } from './reference';
import { resourceNodes } from './resource';

/** The names of the nodes of a variable. */
export interface VariableDef {
  /** The node that holds the value. */
  readonly variableName: string;
  /** The initial value. */
  readonly initialValueName: string;
  /** The operation that sets it. */
  readonly initializerName: string;
  /** What reads it. */
  readonly snapshotName: string;
  /** Whether it is behind a handle. */
  readonly isResource: boolean;
  /** Whether optimizers change it. */
  readonly trainable: boolean;
}

/** A slice of a larger variable: what a checkpoint needs to know. */
export interface SaveSliceInfo {
  /** The name of the whole. */
  readonly fullName: string;
  /** Its shape. */
  readonly fullShape: readonly number[];
  /** Where the part begins. */
  readonly varOffset: readonly number[];
  /** The shape of the part. */
  readonly varShape: readonly number[];
}

/** A name without the scope that it is exported from. */
function strip(name: string, scope: string | null): string {
  if (!scope) return name;
  const start = scope.replace(/\/$/, '');
  return name.startsWith(`${start}/`) ? name.slice(start.length).replace(/^\/+/, '') : name;
}

export function variableDef(nodes: VariableNodes, trainable: boolean, exportScope: string | null): VariableDef | null {
  const { handle, initialValue, initializer } = nodes;
  if (exportScope !== null) checkText(exportScope, 'The scope that a variable is exported from');
  if (exportScope && !handle.name.startsWith(exportScope)) return null;
  const snapshot = nodes.kind === 'reference' ? nodes.value() : nodes.element;
  return {
    variableName: strip(handle.name, exportScope),
    initialValueName: initialValue ? strip(initialValue.name, exportScope) : '',
    initializerName: strip(initializer.name, exportScope),
    snapshotName: strip(snapshot.name, exportScope),
    isResource: nodes.kind === 'resource',
    trainable,
  };
}

/** The nodes of that name in the default graph. */
export function nodesFromDef(def: VariableDef, importScope: string | null): VariableNodes {
  const graph = getDefaultGraph();
  const inScope = (name: string): string => (importScope ? `${importScope.replace(/\/$/, '')}/${name}` : name);
  const tensor = (name: string): Tensor => graph.getTensorByName(inScope(name));
  const handle = tensor(def.variableName);
  const initializer = graph.getOperationByName(inScope(def.initializerName));
  const initialValue = def.initialValueName ? tensor(def.initialValueName) : null;
  if (!def.isResource) return referenceNodes({ handle, initializer, initialValue, snapshot: tensor(def.snapshotName) });
  let element = tensor(def.snapshotName);
  const cached = element.op.type === 'ReadVariableOp' ? null : element;
  while (element.op.type !== 'ReadVariableOp') {
    [element] = element.op.inputs;
    if (!element) throw new ValueError(`${def.snapshotName} does not read ${def.variableName}.`);
  }
  const { op } = handle;
  return resourceNodes({
    handle,
    initializer,
    initialValue,
    element,
    cached,
    dtype: op.getAttr('dtype'),
    shape: op.getAttr('shape'),
  });
}
