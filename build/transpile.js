/**
 * TypeScript as tests run it: without a look at types, and what was made of each file is kept in the folder for
 * temporary files. So the workers of jest and the hundreds of processes that tests start make it once between them.
 */
const { createHash, randomUUID } = require('node:crypto');
const {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { tmpdir, userInfo } = require('node:os');
const path = require('node:path');

const OPTIONS = { target: 'ES2022', module: 'CommonJS', esModuleInterop: true, inlineSourceMap: true };
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
  for (const name of readdirSync(folder))
    if (isOld(path.join(folder, name))) rmSync(path.join(folder, name), { force: true });
}
/** A name for what something is made from. */
const nameOf = (from) => createHash('sha256').update(JSON.stringify(from)).digest('hex');
const isKept = (from) => existsSync(path.join(folder, nameOf(from)));
/** What `make` returns, from the folder where it was made before for the same `from`. */
function kept(from, make) {
  const file = path.join(folder, nameOf(from));
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const made = make();
    tidy();
    const beside = `${file}.${randomUUID()}`;
    writeFileSync(beside, made);
    renameSync(beside, file);
    return made;
  }
}
/**
 * @param source  the text of a module
 * @param file    its name, of which positions in its source map speak
 */
function transpiled(source, file) {
  const fileName = path.basename(file);
  return kept([version, OPTIONS, fileName, source], () => {
    return require('typescript').transpileModule(source, { compilerOptions: OPTIONS, fileName }).outputText;
  });
}
module.exports = { isKept, kept, nameOf, transpiled };
