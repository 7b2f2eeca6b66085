/**
 * Branches and loops as messages of a meta graph, and back: what a graph that is imported needs so that its loops have
 * gradients. After TensorFlow's to_proto and from_proto.
 */
import {
  COND_CONTEXT_DEF,
  CONTROL_FLOW_CONTEXT_DEF,
  type CondMessage,
  VALUES_DEF,
  VALUE_ENTRY,
  type ValuesMessage,
  WHILE_CONTEXT_DEF,
  type WhileMessage,
} from '../format/control-flow';
import { type Graph, Tensor } from '../graph/graph';
import { CondContext } from './cond-context';
import type { FlowContext } from './context';
import { WhileContext } from './while-context';

/** How names change on the way. */
type Rename = (name: string) => string;

// --- out -------------------------------------------------------------------------------------------------------

/** The bytes of a context that stands in a collection. */
export function contextBytes(context: FlowContext, strip: Rename): Uint8Array {
  return context instanceof WhileContext
    ? WHILE_CONTEXT_DEF.write(whileMessage(context, strip))
    : COND_CONTEXT_DEF.write(condMessage(context as CondContext, strip));
}
function condMessage(context: CondContext, strip: Rename): CondMessage {
  return COND_CONTEXT_DEF.make({
    contextName: strip(context.name),
    predName: strip(context.pred.name),
    pivotName: strip(context.pivot.name),
    branch: context.branch,
    valuesDef: valuesMessage(context, strip),
    nestedContexts: nestedBytes(context, strip),
  });
}
function whileMessage(context: WhileContext, strip: Rename): WhileMessage {
  const { settings, pivotForPred, pivotForBody } = context;
  const named = (x: Tensor | null): string => (x ? strip(x.name) : '');
  return WHILE_CONTEXT_DEF.make({
    contextName: strip(context.name),
    parallelIterations: settings.parallelIterations,
    backProp: settings.backProp,
    swapMemory: settings.swapMemory,
    pivotName: strip(context.pivot.name),
    pivotForPredName: named(pivotForPred),
    pivotForBodyName: named(pivotForBody),
    loopExitNames: context.loopExits.map(named),
    valuesDef: valuesMessage(context, strip),
    loopEnterNames: context.loopEnters.map(named),
    maximumIterationsName: named(settings.maximumIterations),
    nestedContexts: nestedBytes(context, strip),
  });
}
function valuesMessage({ values, external }: FlowContext, strip: Rename): ValuesMessage {
  const names = [...values].map(({ name }) => name).sort((a, b) => (a < b ? -1 : 1));
  const externalValues = [...external].map(([outside, inside]) =>
    VALUE_ENTRY.make({ key: strip(outside.name), value: strip(inside.name) }),
  );
  return VALUES_DEF.make({ values: names.map(strip), externalValues });
}
function nestedBytes({ nested }: FlowContext, strip: Rename): Uint8Array[] {
  return nested.map((context) =>
    CONTROL_FLOW_CONTEXT_DEF.write(
      CONTROL_FLOW_CONTEXT_DEF.make(
        context instanceof WhileContext
          ? { whileCtxt: whileMessage(context, strip) }
          : { condCtxt: condMessage(context as CondContext, strip) },
      ),
    ),
  );
}

// --- in --------------------------------------------------------------------------------------------------------

/** A branch of a graph that was imported. */
export function condFrom(graph: Graph, bytes: Uint8Array, within: Rename): FlowContext {
  return condOf(graph, COND_CONTEXT_DEF.read(bytes), within);
}
/** A loop of a graph that was imported. */
export function whileFrom(graph: Graph, bytes: Uint8Array, within: Rename): FlowContext {
  return whileOf(graph, WHILE_CONTEXT_DEF.read(bytes), within);
}
function condOf(graph: Graph, def: CondMessage, within: Rename): FlowContext {
  const find = finder(graph, within);
  const context = new CondContext(
    find(def.predName),
    find(def.pivotName),
    def.branch === 1 ? 1 : 0,
    within(def.contextName),
  );
  return restored(context, def, within);
}
function whileOf(graph: Graph, def: WhileMessage, within: Rename): FlowContext {
  const find = finder(graph, within);
  const settings = {
    maximumIterations: def.maximumIterationsName ? find(def.maximumIterationsName) : null,
    parallelIterations: def.parallelIterations,
    backProp: def.backProp,
    swapMemory: def.swapMemory,
  };
  const context = new WhileContext(graph, settings, { imported: within(def.contextName) });
  context.pivotForPred = find(def.pivotForPredName);
  context.pivotForBody = find(def.pivotForBodyName);
  context.pivot = find(def.pivotName);
  context.loopExits = def.loopExitNames.map(find);
  context.loopEnters = def.loopEnterNames.map(find);
  return restored(context, def, within);
}
const finder =
  (graph: Graph, within: Rename) =>
  (name: string): Tensor =>
    graph.getTensorByName(within(name));
/** Puts into a context what it knows, and the contexts inside of it. */
function restored(context: FlowContext, def: CondMessage | WhileMessage, within: Rename): FlowContext {
  const { graph } = context;
  const { values = [], externalValues = [] } = def.valuesDef ?? {};
  const named = (name: string): Tensor | null => {
    const found = graph.findOperation(within(name).replace(/:\d+$/, ''))?.outputs[
      Number(/:(\d+)$/.exec(name)?.[1] ?? 0)
    ];
    return found instanceof Tensor ? found : null;
  };
  const outside = new Set(externalValues.map(({ key }) => key));
  for (const { key, value } of externalValues) {
    const [from, to] = [named(key), named(value)];
    if (from && to) context.external.set(from, to);
  }
  for (const name of values) {
    const tensor = named(name);
    if (!tensor) continue;
    context.values.add(tensor);
    if (!outside.has(name)) tensor.op.context = context;
  }
  context.within(() => {
    for (const bytes of def.nestedContexts) {
      const { condCtxt, whileCtxt } = CONTROL_FLOW_CONTEXT_DEF.read(bytes);
      if (condCtxt) condOf(graph, condCtxt, within);
      else if (whileCtxt) whileOf(graph, whileCtxt, within);
    }
  });
  return context;
}
