/**
 * Before the first suite: what is not yet made of the sources of the library and its tests is made at once, on every
 * core (transpile.js). A worker of jest that did so would keep the compiler, and go through it at each collection of
 * garbage, to its end.
 */
const { readFileSync, readdirSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const { join } = require('node:path');
const { Worker, isMainThread, workerData } = require('node:worker_threads');
const { isMade, process: make } = require('./jest-transform');

const FOLDERS = ['src', 'cli', 'test'];
const read = (file) => readFileSync(file, 'utf8');
const sourcesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

module.exports = async () => {
  const root = join(__dirname, '..');
  const missing = FOLDERS.flatMap((name) => sourcesOf(join(root, name))).filter((file) => !isMade(read(file), file));
  const threads = Math.min(availableParallelism(), missing.length);
  const shares = Array.from({ length: threads }, (_, i) => missing.filter((_, at) => at % threads === i));
  await Promise.all(
    shares.map((share) => new Promise((done) => new Worker(__filename, { workerData: share }).on('exit', done))),
  );
};
// A file with a fault is left to the suite that loads it, which says so.
if (!isMainThread)
  for (const file of workerData) {
    try {
      make(read(file), file);
    } catch {}
  }
