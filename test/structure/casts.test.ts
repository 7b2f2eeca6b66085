/** Where the code says what a type is instead of finding out: each place, in what all values go through, and why. */
import * as path from 'node:path';
import * as ts from 'typescript';
import { ROOT, files, show, textOf } from './files';

/** Those that are left, and what they rest on. Fewer are welcome: then lower the number. */
const LEFT: Readonly<Record<string, readonly [casts: number, rest: string]>> = {
  'src/base/keys.ts': [1, 'keys of a table that is written out'],
  'src/calls/bind.ts': [11, 'types that the compiler computes of a signature, which the binder checks in a run'],
  'src/calls/methods.ts': [2, 'methods of a class by the names that it has'],
  'src/calls/settings.ts': [1, 'the same settings without those that are null'],
  'src/calls/signature.ts': [2, 'a key of one of two tables, after the question which'],
  'src/control/framework.ts': [1, 'what is no node at all, which the graph complains of'],
  'src/distributed/channel-thread.ts': [1, 'what channel.ts starts the thread with'],
  'src/distributed/channel.ts': [1, 'what channel-thread.ts sends back'],
  'src/distributed/server-thread.ts': [1, 'what server.ts starts the thread with'],
  'src/distributed/server.ts': [1, 'what the thread of the server says first'],
  'src/distributed/served-session.ts': [2, 'what an engine gives for a list of tensors'],
  'src/format/checkpoint-state.ts': [1, 'a table of one message where tables of any are read'],
  'src/format/field.ts': [1, 'the same, of a message inside'],
  'src/format/graph-def.ts': [2, 'the same, of messages in a file that is loaded late'],
  'src/format/graph-messages.ts': [2, 'the same, of messages that stand in each other'],
  'src/format/message-class.ts': [1, 'fields that a table adds to a class, which the compiler does not see'],
  'src/format/message.ts': [11, 'values of fields, whose kinds the table says; given.ts checks what programs give'],
  'src/format/plain.ts': [3, 'the same, of messages as plain objects, which checkGiven looks through'],
  'src/format/summary.ts': [5, 'what was checked by the table, or comes from objects made by it'],
  'src/format/text-format.ts': [1, 'how a scalar is written, by the kind that it was read as'],
  'src/graph/apply.ts': [1, 'what a function inside has set, which the compiler does not see'],
  'src/graph/collections.ts': [1, 'what a program says that it put into a collection'],
  'src/graph/convert-inputs.ts': [2, 'an input that is no list, by its place in the definition'],
  'src/graph/graph.ts': [1, 'the argument of several signatures, after the question what it is'],
  'src/graph/list-errors.ts': [1, 'what is no tensor of what can become one'],
  'src/graph/opdef.ts': [1, 'a type that has a row'],
  'src/graph/own.ts': [1, 'what was stored under the same key'],
  'src/graph/runner.ts': [1, 'types that the compiler computes of a tensor, for what a run gives'],
  'src/graph/signature.ts': [2, 'text of the definitions, which are generated'],
  'src/graph/tensor-handle.ts': [1, 'the same of a tensor behind a handle'],
  'src/graph/trace.ts': [1, "a function as Node's types want it"],
  'src/profiler/profile.ts': [1, 'one of two messages, after the question which view it is'],
  'src/program/flag-values.ts': [1, 'what the flag itself has parsed'],
  'src/program/gfile.ts': [1, 'bytes or text by the mode, as the type says'],
  'src/program/old-names.ts': [1, 'the same function under an older name'],
  'src/program/percent.ts': [1, "the groups of a match, which String.replace's types leave out"],
  'src/saved-model/signature-def-utils.ts': [1, 'one of two forms, after the question which'],
  'src/summary/description.ts': [1, 'what JSON.parse gives, which the message checks'],
  'src/summary/nodes.ts': [1, 'what the table of the message checks when it writes'],
  'src/variables/first-value.ts': [3, 'the same: what an initializer of a program gives'],
  'src/variables/get-variable.ts': [3, "what a program's own function gives or takes; the result is checked"],
  'src/variables/initializer.ts': [1, 'a function that has what it was made with'],
  'src/variables/initializers.ts': [1, 'a number, where it is no object of options'],
  'src/variables/variable.ts': [4, 'types that the compiler computes of the initial value'],
  'src/session/config-bytes.ts': [2, 'a table of one message where tables of any are read, and what such a table gave'],
  'src/session/config-proto.ts': [1, 'an object made of the very names that its type has'],
  'src/base/named-tuple.ts': [2, 'a list with names, made of the names that its type has'],
  'src/base/ndarray.ts': [5, 'types that the compiler computes of a dtype, which only that dtype knows in a run'],
  'src/base/typed-array.ts': [1, 'the buffer of a typed array, asked of the getter that all have'],
  'src/index.ts': [1, 'the exports of the module itself'],
  'src/kernels/host/anew.ts': [5, 'code made from text, whose function was chosen by the dtype of the arrays'],
  'src/kernels/host/place.ts': [1, 'the same: a comparison of what the arrays hold'],
  'src/ops/binary.ts': [1, 'types that the compiler computes of the operands'],
  'src/ops/clip.ts': [2, 'a norm over everything, which is a scalar'],
  'src/ops/compare.ts': [1, 'types that the compiler computes of the operands'],
  'src/ops/constants.ts': [1, 'a shape whose unknown sizes the comparison with the value refuses'],
  'src/ops/fill.ts': [1, 'what is no list of numbers, which becomes a tensor or is refused there'],
  'src/ops/host-function.ts': [3, 'dtypes that asDtype checks one by one; types that the compiler computes of them'],
  'src/ops/known-calls.ts': [16, "types that the compiler computes of a call's arguments, tried in test/types"],
  'src/ops/sliced-assignment.ts': [1, 'a tensor that has just been given the method, where it is one of a variable'],
  'src/ops/loss.ts': [1, 'a sum over everything, which is a scalar'],
  'src/ops/random.ts': [1, 'the same settings without those that are null'],
  'src/ops/reduce.ts': [1, 'types that the compiler computes of what is reduced'],
  'src/ops/shape.ts': [2, 'how many there are, which is a scalar'],
  'src/ops/stack.ts': [1, 'what Pack refuses where it is no list'],
  'src/ops/statistics.ts': [2, 'types that the compiler computes of what is reduced'],
  'src/ops/unary.ts': [3, 'types that the compiler computes of the operand'],
  'src/gradients/branch-functions.ts': [2, 'what the functions of gradients return: a gradient for each argument'],
  'src/gradients/custom.ts': [5, "what a program's own function gives, which the node's definition checks"],
  'src/gradients/gradients.ts': [2, 'one value or a list of them, which asList tells apart'],
  'src/gradients/walk.ts': [3, 'rows in the place of tensors, which all that gradients are written in takes'],
  'src/nn/cross-entropy.ts': [1, 'arguments by name, looked at in the next line'],
  'src/nn/embedding.ts': [2, 'what is a table and no tensor: a variable has a shape; axes as numbers or a tensor'],
  'src/nn/normalize.ts': [1, 'a fraction of everything, which is a scalar'],
  'src/nn/parse-example.ts': [1, 'what comes of features by their kinds, which were looked at'],
  'src/nn/sampled.ts': [2, 'one table or a list of them, which the look-up tells apart'],
  'src/nn/space-to-batch.ts': [2, 'numbers and pairs of numbers in one list'],
  'src/layers/arguments.ts': [1, 'arguments that the binder has named'],
  'src/layers/layer.ts': [6, 'what a layer of its own takes and gives, which only that layer knows'],
  'src/layers/training.ts': [1, 'what both branches give'],
  'src/metrics/rows.ts': [1, 'what both branches give'],
  'src/metrics/shared.ts': [1, 'a shape whose unknown sizes zeros refuses'],
  'src/train/adam.ts': [2, 'an update that was asked for without its value'],
  'src/train/checks.ts': [1, 'a list made flat'],
  'src/train/decay-waves.ts': [3, 'what both branches give'],
  'src/train/graphs/files.ts': [1, 'what can write itself as bytes'],
  'src/train/optimizer.ts': [1, 'the same list, of what is no tensor too'],
  'src/train/saver/init-from.ts': [2, 'what a program assigns to names; each is asked what it is'],
  'src/train/saver/saveables.ts': [4, 'variables in a list, whose kind was asked'],
  'src/flow/case.ts': [4, "pairs that were looked at one by one, and what a program's branches give"],
  'src/flow/defun.ts': [6, 'arguments and the last of them, by what they are; a function with properties'],
  'src/flow/defun-graph.ts': [1, "what a program's own function gives, which becomes a tensor or is refused"],
  'src/flow/py-function.ts': [2, 'a dtype by any of its names; overloads that the compiler cannot follow'],
  'src/flow/leaves.ts': [3, 'the same structure, whose leaves are of the same kinds again, or what the function gives'],
  'src/flow/context-def.ts': [1, 'one of two contexts, after the question which'],
  'src/flow/loop.ts': [1, 'variables of a loop, which the loop has made tensors'],
  'src/flow/map-fn.ts': [1, 'variables of a loop, and what becomes a tensor or is refused there'],
  'src/flow/nest.ts': [1, 'a function, after the question whether it is one'],
  'src/flow/scan.ts': [1, 'variables of a loop, and what becomes a tensor or is refused there'],
  'src/flow/switch-case.ts': [1, 'a function of a branch, after the question whether it is callable'],
  'src/flow/while-loop.ts': [1, 'variables of a loop, and what becomes a tensor or is refused there'],
  'src/supervised/basic-loop.ts': [1, "arguments of a program's own function"],
  'src/supervised/hooked.ts': [1, 'what a run gives for a list of fetches'],
  'src/supervised/logging-hook.ts': [3, 'what a run gives for a list of fetches, and what is logged by name'],
  'src/supervised/looper.ts': [1, "arguments of a program's own function"],
  'src/supervised/monitored.ts': [2, 'types that the compiler computes of the fetches'],
  'src/supervised/scaffold.ts': [1, 'types that the compiler computes of a function'],
  'src/supervised/services.ts': [1, 'what a run gives for a list of fetches'],
  'src/supervised/step.ts': [1, 'the initial value of a variable, which is a tensor'],
  'src/supervised/summary-hooks.ts': [3, 'what a run gives for a list of fetches'],
  'src/supervised/training-session.ts': [1, 'a function, after the question whether it is one'],
  'src/surface/constructors.ts': [1, 'a function that stands for a class'],
  'src/surface/absent.ts': [6, 'what stands above an object, and what stands in for what is missing'],
  'src/surface/names.ts': [2, 'the names of a module, and what stands above a tensor'],
  'src/examples/mnist/data-set.ts': [1, 'the constructor of a typed array, asked of the array itself'],
  'src/examples/mnist/read.ts': [1, 'a part of an array, which is of its kind'],
  'src/examples/report/report.ts': [1, 'the value of a variable with dimensions, which is an array'],
  'src/calls/tuple-class.ts': [1, 'a function that may be called with `new`, which no type of a function says'],
  'src/contrib/arg-scope.ts': [1, 'types that the compiler computes of the inputs of a layer'],
  'src/input/batches.ts': [2, 'lists of components, and what comes of them, part by part'],
  'src/input/readers.ts': [7, 'texts and counters: what a reader gives'],
  'src/ops/files.ts': [2, 'what a file holds, and names: texts'],
  'src/queues/accumulators.ts': [1, 'a count, which is a scalar'],
  'src/queues/kinds.ts': [2, 'a list or one alone, after the question which'],
  'src/queues/queue.ts': [5, 'what an element is by its dtypes and names, lists or one alone, and scalars'],
  'src/rnn/cell.ts': [1, 'what becomes a tensor where it is none: an input as the cell takes it'],
  'src/rnn/lstm.ts': [1, 'a state in the form that the cell was made for: a tuple, or one tensor'],
  'src/rnn/multi.ts': [1, 'types that the compiler computes of the cells, for their states in a list or in one tensor'],
  'src/rnn/state.ts': [1, 'tensors in the places of sizes, in the structure that the cell says'],
  'src/contrib/cells/fused.ts': [1, 'a state as the cell says that it is'],
  'src/rnn/copied.ts': [1, 'a copy of an object, which is what that is'],
  'src/contrib/cells/attention.ts': [1, 'a state in the form that the cell was made for: a list, or one tensor'],
  'src/contrib/seq2seq/attention.ts': [1, 'what a program gave, which convertToTensor looks at'],
  'src/contrib/seq2seq/decoder.ts': [
    1,
    'outputs of a decoder that has no `finalize` of its own, which are as they were',
  ],
  'src/contrib/variables.ts': [2, "what a program's own getter gives; what a call with a partitioner gives"],
  'src/kernels/native/addon.ts': [1, "the addon, which TensorFlow.js's own package types no better"],
  'src/kernels/portable/wasm.ts': [4, "tfjs's wasm module and kernels, which its types say too little of"],
  'cli/doctor/probe.ts': [1, 'what the process that it started says of itself'],
  'cli/doctor.ts': [1, 'the version in the file of a package that is there'],
  'cli/exercise/child.ts': [5, "what check.ts starts it with; Node's loader, and ts-node, whose types say too little"],
  'cli/exercise/notes.ts': [
    4,
    'what a value or an error of the observed program has, which is asked before it is used',
  ],
  'cli/exercise/observe/data-sets.ts': [5, 'functions that are put in the place of those that a program calls'],
  'cli/exercise/observe/starts.ts': [1, 'what a run gives for a variable'],
  'cli/exercise/probe.ts': [2, 'what a run gives for logits, which have dimensions'],
  'cli/exercise/report.ts': [2, 'what a run gives for logits, which have dimensions'],
  'cli/exercise/run.ts': [2, 'a pipe that the process was started with, and what the process writes into it'],
  'cli/exercise/start.ts': [3, 'manifests and locks that npm wrote, whose fields are asked'],
  'cli/exercise/watchdog.ts': [1, 'what child.ts starts the thread with'],
  'cli/last-runs.ts': [3, 'arguments of a run that the session has taken'],
  'cli/main.ts': [1, 'the manifest of the package itself'],
  'cli/saved-model/run.ts': [5, 'values from files and from text, which the session checks as feeds'],
  'cli/sweep/child.ts': [4, "Node's loader, ts-node, and what a program exports, whose kind is asked"],
  'cli/sweep/record.ts': [1, 'a line that this command wrote, whose fields are asked'],
  'cli/sweep/sweep.ts': [1, 'what child.ts sends when it is done'],
};
/**
 * How often a folder says with `!` that something is there, of fields without a value at first, too. Folders that are
 * not named have none: `src/base/keys.ts` has what asks. Fewer are welcome: then lower the number.
 */
const MARKS: Readonly<Record<string, number>> = {
  cli: 41,
  'src/base': 3,
  'src/contrib': 23,
  'src/debug': 2,
  'src/examples': 3,
  'src/flow': 1,
  'src/gradients': 1,
  'src/graph': 22,
  'src/kernels': 32,
  'src/layers': 19,
  'src/metrics': 5,
  'src/nn': 15,
  'src/ops': 18,
  'src/plan': 35,
  'src/rnn': 11,
  'src/session': 14,
  'src/supervised': 7,
  'src/train': 6,
  'src/variables': 1,
};
/** How often a value is fixed to what it is written as: `as const` cannot be wrong. */
const CONSTANTS = 156;

/** `require` of a name as the type of that name. */
function isImport({ expression, type }: ts.AsExpression): boolean {
  const [name] = ts.isCallExpression(expression) ? expression.arguments : [];
  if (!name || !ts.isStringLiteral(name) || !ts.isImportTypeNode(type) || !ts.isLiteralTypeNode(type.argument))
    return false;
  const { literal } = type.argument;
  return type.isTypeOf && ts.isStringLiteral(literal) && literal.text === name.text;
}
/** `as unknown`, and what says of an empty list or of null what it is to hold, lie about nothing. */
function mayLie(cast: ts.AsExpression): boolean {
  const { expression, type } = cast;
  const empty = ts.isArrayLiteralExpression(expression) && expression.elements.length === 0;
  const isNull = expression.kind === ts.SyntaxKind.NullKeyword;
  return type.kind !== ts.SyntaxKind.UnknownKeyword && !empty && !isNull && !isImport(cast);
}
/** A value, or a field, that is said to be there. */
function isMark(node: ts.Node): boolean {
  if (ts.isNonNullExpression(node)) return true;
  return (ts.isPropertyDeclaration(node) || ts.isVariableDeclaration(node)) && node.exclamationToken !== undefined;
}
function claimsIn(file: string): { casts: number; constants: number; marks: number } {
  const found = { casts: 0, constants: 0, marks: 0 };
  const text = textOf(file);
  if (!/\bas\b|[\w)\]]!/.test(text)) return found;
  const visit = (node: ts.Node): void => {
    if (ts.isAsExpression(node)) {
      if (ts.isConstTypeReference(node.type)) found.constants++;
      else if (mayLie(node)) found.casts++;
    } else if (ts.isTypeAssertionExpression(node)) found.casts++;
    else if (isMark(node)) found.marks++;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022));
  return found;
}
const ALL = ['src', 'cli']
  .flatMap((folder) => files(path.join(ROOT, folder)))
  .map((file) => ({ file: show(file), ...claimsIn(file) }));
const FOUND = ALL.filter(({ file }) => file.startsWith('src/'));
test('casts that may lie do not grow', () => {
  const left = ALL.flatMap(({ file, casts }) => (casts ? [[file, casts]] : []));
  expect(Object.fromEntries(left)).toEqual(Object.fromEntries(Object.entries(LEFT).map(([file, [n]]) => [file, n])));
});
test('those that cannot are counted apart', () => {
  expect(FOUND.reduce((sum, { constants }) => sum + constants, 0)).toBe(CONSTANTS);
});
test('marks of what is there do not grow', () => {
  const left: Record<string, number> = {};
  for (const { file, marks } of ALL) {
    const [folder = ''] = /^(cli|src\/[^/]+)/.exec(file) ?? [];
    if (marks) left[folder] = (left[folder] ?? 0) + marks;
  }
  expect(left).toEqual(MARKS);
});
test('what is left has its reason', () => {
  expect(Object.entries(LEFT).filter(([, [, rest]]) => rest.split(' ').length < 4)).toEqual([]);
});
