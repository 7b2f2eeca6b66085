/** How jest reads TypeScript: as the package is built, so that a test loads only the modules that it uses. */
const { readFileSync } = require('node:fs');
const { sep } = require('node:path');
const { lateImports } = require('./late-imports');
const { isKept, kept, nameOf, transpiled } = require('./transpile');

const version = nameOf(
  ['./late-imports', './transpile', __filename].map((file) => readFileSync(require.resolve(file), 'utf8')),
);

/**
 * A suite has a global object of its own, of which V8 looks up each name anew, every time: a loop that says `Math.imul`
 * takes five times as long as outside of jest. A module's own names cost nothing.
 */
const GLOBALS = ['Math', 'Number', 'Array', 'Object', 'ArrayBuffer', 'BigInt', 'Map', 'Set', 'Symbol', 'WeakMap'];
const TYPED = ['Float32', 'Float64', 'Int32', 'Uint32', 'Uint8', 'BigInt64', 'BigUint64'].map((name) => `${name}Array`);
function withOwnGlobals(code) {
  const used = [...GLOBALS, ...TYPED].filter((name) => new RegExp(`(?<![.\\w$])${name}\\b`).test(code));
  const declared = used.filter((name) => new RegExp(`\\b(class|function|const|let|var) ${name}\\b`).test(code));
  const own = used.filter((name) => !declared.includes(name));
  // On the line of the first statement, so that all lines stay where they are.
  return own.length ? code.replace(/^("use strict";)?/, `$1const { ${own.join(', ')} } = globalThis;`) : code;
}

function compiled(text, file) {
  const code = transpiled(text, file);
  return withOwnGlobals(file.includes(`${sep}src${sep}`) ? lateImports(code, file) : code);
}
const madeFrom = (text, file) => [version, file, text];
module.exports = {
  // Jest keeps what it made as well, but once for each of its projects.
  process: (text, file) => ({ code: kept(madeFrom(text, file), () => compiled(text, file)) }),
  isMade: (text, file) => isKept(madeFrom(text, file)),
  getCacheKey: (text, file) => nameOf(madeFrom(text, file)),
};
