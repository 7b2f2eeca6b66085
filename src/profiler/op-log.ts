/** What is known of nodes beside the graph: operations on floats, types of one's own, and lines of the program. */
import { warn } from '../base/platform';
import { bound } from '../calls/bind';
import { join, writeWhole } from '../format/files';
import { OP_LOG, OP_LOG_ENTRY, TRACE, CODE, ID_TO_STRING } from '../format/profile-messages';
import { type Graph, type Operation, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import type { RunMetadata } from '../session/metadata';
import { Variable } from '../variables/variable';
import { floatOpsOf } from './float-ops';
import type { OpLogProto } from './messages';
import { TRAINABLE } from './options';
import { shapesOfRun } from './run-shapes';

/** Of a node. */
export interface Logged {
  readonly floatOps: number;
  /** Words by which it is chosen, beside its type and its device. */
  readonly types: readonly string[];
}
/** What a program's own log says, completed by TensorFlow's: its types come first, its operations on floats count. */
export function loggedOps(graph: Graph, given?: OpLogProto, runMeta?: RunMetadata): Map<string, Logged> {
  const shapeOf = shapesOfRun(graph, runMeta);
  const own = new Map(given?.logEntries.map((entry) => [entry.name, entry]));
  const trainable = new Set(
    graph
      .getCollection(GraphKeys.TRAINABLE_VARIABLES)
      .flatMap((each) => (each instanceof Variable ? each.op.name : [])),
  );
  let without = 0;
  const logged = new Map<string, Logged>();
  for (const op of graph.getOperations()) {
    const counted = floatOpsOf(op, shapeOf);
    if (counted === null) without++;
    const { floatOps = 0, types = [] } = own.get(op.name) ?? {};
    logged.set(op.name, {
      floatOps: floatOps || (counted ?? 0),
      types: trainable.has(op.name) ? [...types, TRAINABLE] : types,
    });
  }
  if (without > 0 && runMeta === undefined) warn(`${without} ops no flops stats due to incomplete shapes.`);
  return logged;
}

/** Names of files and functions by numbers; 0 is none. */
class Texts {
  private readonly numbers = new Map([['none', 0]]);
  of(text: string): number {
    const number = this.numbers.get(text) ?? this.numbers.size;
    this.numbers.set(text, number);
    return number;
  }
  entries() {
    return [...this.numbers].map(([value, key]) => ID_TO_STRING.make({ key, value }));
  }
}
/** The lines that made a node, the outermost first; where functions begin is not known. */
function codeOf({ trace }: Operation, texts: Texts) {
  const traces = [...trace.frames]
    .reverse()
    .map(({ file, line, function: name }) =>
      TRACE.make({ lineno: line, funcStartLine: -1, fileId: texts.of(file), functionId: texts.of(name) }),
    );
  return CODE.make({ traces });
}
/**
 * Writes what is known of a graph's nodes beside the graph into the file `tfprof_log` of a folder, for TensorFlow's
 * command `tfprof`.
 *
 *     tf.matmul([[1, 2]], [[3], [4]]);
 *     tf.profiler.writeOpLog(tf.getDefaultGraph(), folder);
 *     tf.gfile.Exists(`${folder}/tfprof_log`)   // true
 *
 * @param graph     a graph; the default one where it is null
 * @param logDir    a folder
 * @param opLog     a `tf.profiler.OpLogProto` that is completed
 * @param runMeta   what a traced run recorded: it completes shapes
 * @param addTrace  whether it has the lines that made the nodes; true where not given
 * @throws NotFoundError  for a folder that is not there, and what else the file system says
 */
export const writeOpLog = bound(
  'profiler.write_op_log',
  (graph: Graph | null, logDir: string, opLog?: OpLogProto, runMeta?: RunMetadata, addTrace: boolean = true): void => {
    const from = graph ?? getDefaultGraph();
    const texts = new Texts();
    const logEntries = [...loggedOps(from, opLog, runMeta)].flatMap(([name, { floatOps, types }]) => {
      if (!floatOps && !types.length && !addTrace) return [];
      const codeDef = addTrace ? codeOf(from.getOperationByName(name), texts) : null;
      return [OP_LOG_ENTRY.make({ name, floatOps, types, codeDef })];
    });
    writeWhole(join(logDir, 'tfprof_log'), OP_LOG.write({ logEntries, idToString: texts.entries() }));
  },
);
