/** Every type that a public signature names can be named by a user too: `function f(feeds: tf.FeedDict) {}`. */
import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '../..');
const config = ts.parseJsonConfigFileContent(
  ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  root,
);
const program = ts.createProgram([path.join(root, 'src/index.ts')], { ...config.options, noEmit: true });
const checker = program.getTypeChecker();

/** What tf has, under its names in namespaces too: the declarations behind aliases. */
function exportsOf(module: ts.Symbol, at: string, found: Map<ts.Symbol, string>): Map<ts.Symbol, string> {
  for (const each of checker.getExportsOfModule(module)) {
    const symbol = each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each;
    if (found.has(symbol)) continue;
    found.set(symbol, `${at}.${each.name}`);
    if (symbol.flags & ts.SymbolFlags.ValueModule) exportsOf(symbol, `${at}.${each.name}`, found);
  }
  return found;
}
/** The types that a declaration names to those who use it: not in bodies, and not what is private. */
function* namedBy(node: ts.Node): Generator<ts.EntityName> {
  if (ts.isBlock(node) || ts.isPrivateIdentifier(node)) return;
  const flags = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  if (flags.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)) return;
  if ((ts.isPropertyDeclaration(node) || ts.isMethodDeclaration(node)) && ts.isPrivateIdentifier(node.name)) return;
  // A value's type is written, or it is inferred, and then its initializer says nothing.
  if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) {
    if (node.type) yield* namedBy(node.type);
    return;
  }
  if (ts.isParameter(node)) {
    if (node.type) yield* namedBy(node.type);
    return;
  }
  if (ts.isTypeReferenceNode(node)) yield node.typeName;
  for (const child of node.getChildren()) yield* namedBy(child);
}
/** A type that a file of ours hands to others; what stays in its file is a detail of how another one is written. */
function isExported(type: ts.Symbol): boolean {
  const [declaration] = type.declarations ?? [];
  return (
    declaration?.getSourceFile().fileName.startsWith(path.join(root, 'src')) &&
    (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0
  );
}

/** Files whose types say how the compiler works something out. Nobody writes them down. */
const WORKINGS = [
  'src/calls/types.ts',
  'src/graph/alike.ts',
  'src/graph/fetched.ts',
  'src/ops/known-calls.ts',
  'src/ops/known-dimensions.ts',
  'src/ops/known-lists.ts',
  'src/ops/known-ranks.ts',
  'src/ops/known-sizes.ts',
  'src/contrib/collections.ts',
  'src/layers/normalization-takes.ts',
  'src/layers/spatial.ts',
  'src/layers/takes.ts',
  'src/rnn/wrappers.ts',
  'src/supervised/supervisor-parts.ts',
  'src/train/arguments.ts',
  'src/train/saver/arguments.ts',
  'src/variables/arguments.ts',
];
const DETAILS = [
  // What `v.get(…).assign(…)` hands to the variable.
  'Part',
  'Phantom',
  // The class behind `PartitionedVariable`.
  'VariableParts',
  'Untold',
  'Named',
  'ArrayLike_',
  'Graph',
  'Initializer',
  'Slots',
  'Updated',
  'Device',
  'RunObserver',
  'FeedPairs',
  'NodeSpec',
  'Trace',
  'OpDef',
  'Facts',
  'PassName',
  'Where',
  'Findings',
  'Opened',
  'Less',
  'ScalarOf',
  'Worker',
  'ControlContext',
  'Flowing',
  'Made',
  // How the types of messages are made from tables of fields.
  'MessageOf',
  // One argument, or its name; what a helper takes that looks at no state.
  'OneName',
  'Sampled',
  // Tensors of two dimensions.
  'Rows',
  // The table of a message.
  'Described',
  // A sequence that a helper reads.
  'Read',
  // How what stands for a tensor is put together.
  'Lists',
  'Numeric',
  'Whole',
  'Given',
  'Fields',
  // What is a key in a list of pairs.
  'KeysOfPairs',
];

function isWorking(type: ts.Symbol): boolean {
  const file = type.declarations?.[0]?.getSourceFile().fileName ?? '';
  return DETAILS.includes(type.name) || WORKINGS.some((working) => file === path.join(root, working));
}

test('types that public signatures name are exported', () => {
  const index = program.getSourceFile(path.join(root, 'src/index.ts'));
  const tf = index && checker.getSymbolAtLocation(index);
  if (!tf) throw new Error('src/index.ts is no module');
  const found = exportsOf(tf, 'tf', new Map());
  const hidden = new Map<string, string>();
  for (const [symbol, name] of found) {
    for (const declaration of symbol.declarations ?? []) {
      if (ts.isSourceFile(declaration)) continue;
      for (const type of namedBy(declaration)) {
        const at = checker.getSymbolAtLocation(type);
        const named = at && at.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(at) : at;
        if (!named || named.flags & ts.SymbolFlags.TypeParameter || found.has(named)) continue;
        if (isExported(named) && !isWorking(named)) hidden.set(named.name, name);
      }
    }
  }
  expect([...hidden].map(([type, by]) => `${type}, which ${by} names`).sort()).toEqual([]);
});
