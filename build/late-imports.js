/**
 * Imports that load when they are used. A program uses a small part of this library, and half of the time in which it
 * starts would go into files that it never needs: so an import of a compiled module that only functions use
 *
 *     const shape_1 = require("./shape");
 *     … (0, shape_1.sizeOf)(dims) …
 *
 * waits until the first of them runs:
 *
 *     var shape_1;
 *     … (0, (shape_1 ??= require("./shape")).sizeOf)(dims) …
 *
 * What is used while the module itself is read (a class that is extended, a table that is spread) loads at once, as
 * does an import for its effects alone (`import './x'`): what a module does to others when it is read must stand in
 * one of those. Lines stay what they were, so that positions in the source do too.
 */
const ts = require('typescript');

/** `require("…")`, and what the compiler puts around it for whole modules. */
const LOADS = /^(?:__import(?:Star|Default)\()?require\("[^"]+"\)\)?$/;
/** `export * as name from '…'`, as the compiler writes it. */
const SPACE = /^exports\.(\w+) = (__importStar\(require\("[^"]+"\)\));$/;
/** `export { of as name } from '…'`, likewise. */
const REEXPORT = new RegExp(
  /^(?<head>Object\.defineProperty\(exports, "(?<name>\w+)", \{ enumerable: true,)/.source +
    / get: function \(\) \{ return (?<module>\w+)\.(?<of>\w+); \} \}\);$/.source,
);
const CONFIGURABLE = ' configurable: true,';

/** The imports at the top of a module, by the name that they have in it. */
function importsOf(source) {
  const found = new Map();
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement) || statement.declarationList.declarations.length !== 1) continue;
    const [{ name, initializer }] = statement.declarationList.declarations;
    const load = initializer?.getText();
    if (ts.isIdentifier(name) && load !== undefined && LOADS.test(load))
      found.set(name.text, { statement, name, load, uses: [], isEarly: false });
  }
  return found;
}
/** Whether an identifier stands for a value, and is no name of a property or a declaration. */
function isRead(identifier) {
  const { parent } = identifier;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return parent.name !== identifier && parent.propertyName !== identifier && parent.label !== identifier;
}
const isDeclared = ({ parent }) =>
  ts.isVariableDeclaration(parent) ||
  ts.isParameter(parent) ||
  ts.isBindingElement(parent) ||
  ts.isFunctionLike(parent) ||
  ts.isClassLike(parent);
/** Whether a node's insides run later than the module is read. */
const isLater = (node) =>
  ts.isFunctionLike(node) ||
  (ts.isPropertyDeclaration(node) && !node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword));

/** Notes where each import is used. */
function findUses(node, imports, late) {
  if (ts.isIdentifier(node)) {
    const found = imports.get(node.text);
    if (!found || node === found.name) return;
    if (isRead(node)) {
      if (late) found.uses.push(node);
      else found.isEarly = true;
    } else if (node.parent.name === node && isDeclared(node)) found.isEarly = true; // the name means something else too
    return;
  }
  ts.forEachChild(node, (child) => findUses(child, imports, late || (isLater(node) && child !== node.name)));
}

const lateSpace = (name, load) =>
  `Reflect.defineProperty(exports, "${name}", { enumerable: true, configurable: true, get: () => ${load} });`;

/** Rooms whose code runs once for each step or element: there an import is not asked whether it has been read. */
const HOT = /[\\/](base|kernels)[\\/]/;
/** What those rooms themselves want seldom, and what is long to read. */
const RARE =
  'boxes draws exponentials fold fold-kernels frames graph-program graph-runner kernels lower lowered one-node ' +
  'philox-blocks pooling program softmax-rows';
const SELDOM = new RegExp(`[\\\\/](${RARE.replaceAll(' ', '|')})"`);
/** What runs when something is dropped, at a time when a test's environment may be gone, and loads nothing any more. */
const FINAL = /[\\/](plan[\\/](cache|tuner|plan|step|layout)|session[\\/](owned|feed-cache))\.[jt]s$/;

/**
 * @param text  a module as the compiler wrote it, in CommonJS
 * @param file  its name
 */
function lateImports(text, file) {
  const isIndex = /index\.[jt]s$/.test(file);
  const waits = isIndex || !(HOT.test(file) || FINAL.test(file));
  const source = ts.createSourceFile('module.js', text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const imports = importsOf(source);
  findUses(source, imports, false);
  const edits = [];
  // Names that a module hands on. A namespace's wait, and who has read one may put the value in its place
  // (src/surface/absent.ts); ES modules find the names in the line above that sets all of them to undefined, and not
  // here, where they would ask for a getter that they understand. Another module's become plain properties, which cost
  // less to read in a loop than getters do.
  for (const statement of source.statements) {
    const [from, to] = [statement.getStart(), statement.end];
    const space = SPACE.exec(text.slice(from, to));
    const reexport = REEXPORT.exec(text.slice(from, to))?.groups;
    if (space) edits.push({ from, to, text: lateSpace(space[1], space[2]) });
    else if (reexport && isIndex)
      edits.push({
        from,
        to: from + reexport.head.length,
        text: reexport.head.replace('Object', 'Reflect') + CONFIGURABLE,
      });
    else if (reexport) {
      edits.push({ from, to, text: `exports.${reexport.name} = ${reexport.module}.${reexport.of};` });
      imports.get(reexport.module).isEarly = true;
    }
  }
  for (const [name, { statement, load, uses, isEarly }] of imports) {
    if (isEarly || !uses.length || !(waits || SELDOM.test(load))) continue;
    edits.push({ from: statement.getStart(), to: statement.end, text: `var ${name};` });
    for (const use of uses) {
      const label = ts.isShorthandPropertyAssignment(use.parent) ? `${name}: ` : '';
      edits.push({ from: use.getStart(), to: use.end, text: `${label}(${name} ??= ${load})` });
    }
  }
  let changed = text;
  for (const edit of edits.sort((a, b) => b.from - a.from))
    changed = changed.slice(0, edit.from) + edit.text + changed.slice(edit.to);
  return changed;
}
module.exports = { lateImports };
