/**
 * For `node -r`: runs TypeScript without a look at types, as ts-node does, but keeps what it made of each file in the
 * folder for temporary files. A process is ready in a tenth of the time, and tests start hundreds of them.
 */
const { createHash, randomUUID } = require('node:crypto');
const { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { tmpdir, userInfo } = require('node:os');
const path = require('node:path');

const OPTIONS = { target: 'ES2022', module: 'CommonJS', esModuleInterop: true };
const { version } = require('typescript/package.json');
const folder = path.join(tmpdir(), `tfjs-session-transpiled-${userInfo().uid}`);
mkdirSync(folder, { recursive: true, mode: 0o700 });

const DAY = 24 * 60 * 60 * 1000;
const isOld = (file) => Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > DAY;
/** Once a day: what is older goes. */
function tidy() {
  const tidied = path.join(folder, 'tidied');
  if (!isOld(tidied)) return;
  writeFileSync(tidied, '');
  for (const name of readdirSync(folder)) if (isOld(path.join(folder, name))) rmSync(path.join(folder, name), { force: true });
}
function transpiled(source) {
  const kept = path.join(folder, createHash('sha256').update(version).update(source).digest('hex'));
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const { outputText } = require('typescript').transpileModule(source, { compilerOptions: OPTIONS });
    tidy();
    const beside = `${kept}.${randomUUID()}`;
    writeFileSync(beside, outputText);
    renameSync(beside, kept);
    return outputText;
  }
}
require.extensions['.ts'] = (module, file) => module._compile(transpiled(readFileSync(file, 'utf8')), file);
