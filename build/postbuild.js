/**
 * What `npm run build` does after the compiler: imports wait until they are used (late-imports.js), what nearly every
 * program loads goes into one file (first-file.js), the command becomes a program, and an uncaught error of the library
 * prints its text and the line of the script. Node would print the line of the library first that makes or throws it,
 * but leaves out lines that say so.
 */
const { chmodSync, readFileSync, readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const ts = require('typescript');

const { writeFirstFile } = require('./first-file');
const { lateImports } = require('./late-imports');

/** What was built: dist/, or the folder that is named. */
const DIST = process.argv[2] ?? join(__dirname, '..', 'dist');
const MARK = '/* node-do-not-add-exception-line */ ';

/** Whether a node throws, or makes an error; of which class is sometimes known only when it runs. */
const throws = (node) =>
  ts.isThrowStatement(node) || (ts.isNewExpression(node) && /Error|\]$|^[a-z]\w*$/.test(node.expression.getText()));

function places(node, found) {
  if (throws(node)) found.push(node.getStart());
  ts.forEachChild(node, (child) => void places(child, found));
  return found;
}

for (const entry of readdirSync(join(DIST, 'src'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.m?js$/.test(entry.name)) continue;
  const file = join(entry.parentPath ?? entry.path, entry.name);
  const written = readFileSync(file, 'utf8');
  const text = file.endsWith('.js') ? lateImports(written, file) : written;
  if (text !== written) writeFileSync(file, text);
  if (!/\b(throw|new) /.test(text) || text.includes(MARK)) continue;
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  let marked = '';
  let last = 0;
  for (const at of places(source, [])) {
    // One mark for a line is enough, and a throw is found before what it throws.
    if (!text.slice(last, at).includes('\n') && last > 0) continue;
    marked += text.slice(last, at) + MARK;
    last = at;
  }
  writeFileSync(file, marked + text.slice(last));
}
writeFirstFile(join(DIST, 'src'));
chmodSync(join(DIST, 'cli', 'main.js'), 0o755);
