/**
 * How files look: short lines, short files, and no op by name in code that all ops share. `biome lint` holds the rest
 * (no `any`, no unused import, …).
 */
import * as path from 'node:path';
import * as ts from 'typescript';
import { OP_DEFS } from '../../src/graph/generated/op-defs';
import { ROOT, files, show, textOf } from './files';

const MOST_COLUMNS = 120;
const MOST_LINES = 250;
/** Longer, because they are one table; or one list of exports. */
const LONG: Readonly<Record<string, string>> = {
  'src/index.ts': 'the public names, one a line',
  'src/calls/own.ts': 'what of signatures is ours, one a row',
  'src/surface/instead.ts': 'what to use instead, a name a line',
  'src/kernels/values.ts': 'where TensorFlow has several values, one a row',
  'src/kernels/host/index.ts': 'where the kernels of each op type are, a table a row; generated',
  'src/kernels/host/training-rules.ts': 'how optimizers update, a rule a row',
  'src/ops/tables.ts': 'where the rows of each op type are, a table a row; generated',
  'src/graph/operation.ts': 'nodes, edges and what a graph can do, which know each other',
  'bench/plan.ts': 'what is measured, a workload a row',
  'test/surface-rows.ts': 'a row for each public name',
  'test/plan/programs.ts': 'programs, one a row',
  'test/supervised/programs.ts': 'programs, one a row',
  'test/law/forms.ts': 'what each op takes',
  'test/fuzz/anything.ts': 'what JavaScript has, a value a row',
  'test/fuzz/moves.ts': 'a rule for each op that moves elements',
  'test/mistakes/list.ts': 'a mistake and what it is told, one a row',
  'test/mistakes/first-course.ts': 'a mistake and what it is told, one a row',
  'test/mistakes/habits.ts': 'a mistake and what it is told, one a row',
  'test/mistakes/later.ts': 'a mistake and what it is told, one a row',
  'test/types/wrong.ts': 'programs that cannot be right, one a row',
  'test/exercise/right.ts': 'programs that are right, one a row',
  'test/exercise/wrong.ts': 'programs that are wrong, one a row',
};
const MOST_IN_FUNCTION = 40;
/** Longer, and why they stay whole. */
const LONG_FUNCTIONS: Readonly<Record<string, string>> = {
  'cli/train.ts train': 'the command from its flags to its last word, in the order in which it happens',
  'src/base/philox.ts fillInTurn': 'two blocks side by side, in variables of one loop',
  'src/kernels/host/loops.ts broadcastLoop': 'runs for each product of unlike shapes: its state stays in registers',
  'src/kernels/host/product.ts product32': 'four rows and columns at a time, in variables of one loop',
  'src/kernels/host/reduce.ts walk': 'runs for each sum: its state stays in registers',
  'src/plan/schedule.ts block': 'one order of nodes and the loops among them, which is decided as a whole',
  'src/plan/schedule.ts loopBlock': 'the slots of one loop, of which each explains the next',
};
/** Code that must know no op by name: what it asks stands in the op's row. */
const SHARED = ['src/session', 'src/plan', 'src/gradients', 'src/kernels', 'src/graph', 'src/advice'];
/** In there, what is about single ops: kernels, rewrites, and tables that are asked by type. */
const PER_OP: Readonly<Record<string, string>> = {
  'src/kernels/host/': 'kernels',
  'src/kernels/portable/': 'kernels',
  'src/kernels/native/': 'kernels, and where they differ',
  'src/plan/passes/': 'each rewrite names its op',
  'src/plan/lower': 'makes the nodes that stand for calls',
  'src/plan/views.ts': 'a table of what ops hand on',
  'src/plan/failures.ts': 'a table of what a run may find wrong',
  'src/kernels/values.ts': 'a table of values that device kernels give otherwise',
  'src/kernels/parts.ts': 'what stands for single ops of it',
  'src/kernels/fits.ts': 'what single ops of it do right by',
  'src/graph/known-value.ts': 'a table of what is known while building',
  'src/graph/shape-cure.ts': 'what would make the shapes of single ops fit',
  'src/graph/constant.ts': 'makes Const nodes, and the nodes of slices',
  'src/graph/algebra.ts': 'the operators, each one op',
  'src/gradients/while-functions.ts': 'lists of what a loop keeps',
  'src/gradients/branch-functions.ts': 'values that may be missing, which branches give',
  'src/graph/function-body.ts': 'makes the nodes of arguments',
  'src/graph/generated/': 'the definitions',
  'src/session/partition-graph.ts': 'makes the nodes by which values come in and go out',
  'src/advice/roles.ts': 'a table of what ops are to a program',
  'src/advice/causes.ts': 'a table of what ops do to numbers',
  'src/advice/node-rules.ts': 'each rule names its op',
  'src/advice/training-rules.ts': 'a rule about what a rate comes from',
  'src/advice/dropout-rule.ts': 'a rule about the nodes of dropout',
};

const TYPES = new Set([...OP_DEFS.matchAll(/^\w+/gm)].map(([type]) => type));
const TOPS = ['src', 'cli', 'bench', 'reference', 'test', 'examples', 'exercise'];
const BUILD = ['postbuild', 'late-imports', 'first-file', 'jest-sequencer', 'jest-transform'];
const BESIDE = ['tensorflow_tutorial.ts', 'jest.config.js', ...BUILD.map((name) => `build/${name}.js`)];
const all = [...TOPS.flatMap((top) => files(path.join(ROOT, top))), ...BESIDE.map((name) => path.join(ROOT, name))]
  .map((file) => ({ file: show(file), text: textOf(file) }))
  .filter(({ file }) => !/fixtures|generated/.test(file));

test(`no line is longer than ${MOST_COLUMNS} columns`, () => {
  const long = all.flatMap(({ file, text }) => {
    const lines = text.split('\n').flatMap((line, i) => (line.length > MOST_COLUMNS ? [i + 1] : []));
    return lines.length ? [`${file}: lines ${lines.join(', ')}`] : [];
  });
  expect(long).toEqual([]);
});
/** Lines without docstrings: a public name has as long a text as it needs. */
const linesOf = (text: string): number => text.replace(/^ *\/\*\*\n[^]*?\*\/\n/gm, '').split('\n').length - 1;
test(`no file is longer than ${MOST_LINES} lines, but for tables and docstrings`, () => {
  const long = all.filter(({ file, text }) => linesOf(text) > MOST_LINES && !(file in LONG));
  expect(long.map(({ file }) => file)).toEqual([]);
});
/** Lines of each function without comments and empty ones; a function inside another one counts for itself. */
function longFunctions(file: string, text: string): string[] {
  const blank = (comment: string): string => comment.replace(/[^\n]/g, ' ');
  const isCode = text
    .replace(/\/\*[^]*?\*\//g, blank)
    .split('\n')
    .map((line) => !/^\s*(\/\/.*)?$/.test(line));
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const lineOf = (at: number): number => source.getLineAndCharacterOfPosition(at).line;
  const found: string[] = [];
  /** The lines of the functions in a node; those are what the function around it does not have. */
  const visit = (node: ts.Node, name: string): number => {
    const named = 'name' in node && node.name && ts.isIdentifier(node.name as ts.Node) ? node.name : null;
    const own = named ? (named as ts.Identifier).text : name;
    let inner = 0;
    ts.forEachChild(node, (child) => void (inner += visit(child, own)));
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return inner;
    const lines = isCode.slice(lineOf(node.getStart()), lineOf(node.end) + 1).filter(Boolean).length;
    if (lines - inner > MOST_IN_FUNCTION) found.push(`${file} ${own}`);
    return lines > 3 ? lines - 1 : 0;
  };
  visit(source, '');
  return found;
}
test(`no function has more than ${MOST_IN_FUNCTION} lines of its own, but for those with a reason`, () => {
  const library = all.filter(({ file }) => /^(src|cli)\//.test(file));
  expect(library.flatMap(({ file, text }) => longFunctions(file, text)).sort()).toEqual(
    Object.keys(LONG_FUNCTIONS).sort(),
  );
});
test('no op is named in code that all ops share', () => {
  const named = all
    .filter(({ file }) => SHARED.some((folder) => file.startsWith(`${folder}/`)))
    .filter(({ file }) => !Object.keys(PER_OP).some((place) => file.startsWith(place)))
    .flatMap(({ file, text }) => {
      const code = text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
      // Making a node names its op; asking a node for its op is what is meant here.
      const asked = code
        .replace(/\b(apply|applyOp|createOp|gradientOp)\(\s*'\w+'/g, '')
        .replace(/\b(newNode|turnInto)\(\s*[\w.]+,\s*'\w+'/g, '');
      const words = [...asked.matchAll(/'(\w+)'|\w+(?=\|\w)|(?<=\w\|)\w+/g)].map(([whole, quoted]) => quoted ?? whole);
      const types = words.filter((word) => TYPES.has(word));
      return [...new Set(types)].map((type) => `${file}: ${type}`);
    });
  expect(named).toEqual([]);
});
