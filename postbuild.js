/**
 * What `npm run build` does after the compiler: the command becomes a program, and an uncaught error of the library
 * prints its text and the line of the script. Node would print the line of the library first that throws it, but leaves
 * out lines that say so.
 */
const { chmodSync, readFileSync, readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const DIST = join(__dirname, 'dist');
const MARK = '/* node-do-not-add-exception-line */ ';

for (const entry of readdirSync(join(DIST, 'src'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.m?js$/.test(entry.name)) continue;
  const file = join(entry.parentPath ?? entry.path, entry.name);
  const text = readFileSync(file, 'utf8');
  const marked = text.replace(/^([ \t]*)throw (?=[\w(])/gm, `$1${MARK}throw `);
  if (marked !== text) writeFileSync(file, marked);
}
chmodSync(join(DIST, 'cli', 'main.js'), 0o755);
