/** How jest reads TypeScript: as the package is built, so that a test loads only the modules that it uses. */
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { sep } = require('node:path');
const { TsJestTransformer } = require('ts-jest');
const { lateImports } = require('./late-imports');

const inner = new TsJestTransformer({ diagnostics: false, tsconfig: 'tsconfig.json' });
const version = createHash('sha1')
  .update(readFileSync(require.resolve('./late-imports')))
  .digest('hex');

module.exports = {
  process(text, file, options) {
    const { code } = inner.process(text, file, options);
    return { code: file.includes(`${sep}src${sep}`) ? lateImports(code, file) : code };
  },
  getCacheKey: (text, file, options) => inner.getCacheKey(text, file, options) + version,
};
