/** How jest reads TypeScript: as the package is built, so that a test loads only the modules that it uses. */
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { sep } = require('node:path');
const { TsJestTransformer } = require('ts-jest');
const { lateImports } = require('./late-imports');

const inner = new TsJestTransformer({ diagnostics: false, tsconfig: 'tsconfig.json' });
const version = createHash('sha1')
  .update(readFileSync(require.resolve('./late-imports')))
  .update(readFileSync(__filename))
  .digest('hex');

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

module.exports = {
  process(text, file, options) {
    const { code } = inner.process(text, file, options);
    return { code: withOwnGlobals(file.includes(`${sep}src${sep}`) ? lateImports(code, file) : code) };
  },
  getCacheKey: (text, file, options) => inner.getCacheKey(text, file, options) + version,
};
