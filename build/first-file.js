/**
 * One file for what nearly every program loads. Finding, reading and compiling a file takes 0.3 ms of processor time
 * however short it is, and a first session wants some 240 of them. So the build runs a small program, sees which
 * modules it loads, and puts these into `first.js` as functions, each called when its module is wanted. Where a module
 * stood, a line is left that hands it on: to the command line, to other modules, and to ES modules, which read names
 * from it.
 */
const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join, relative, resolve } = require('node:path');

/** What a first program does: a model, an optimizer, three steps on the device that is always there. */
const PROGRAM = `
  const tf = require('./index.js');
  const x = tf.placeholder(tf.float32, [null, 3]);
  const w = new tf.Variable(tf.ones([3, 2]));
  const loss = tf.reduceMean(tf.square(tf.matmul(x, w)));
  const step = new tf.train.GradientDescentOptimizer(0.1).minimize(loss);
  const sess = new tf.Session('', { config: { device: 'portable' } });
  sess.run(tf.globalVariablesInitializer());
  for (let i = 0; i < 3; i++) sess.run([step, loss], { [x.name]: [[1, 2, 3]] });
  sess.close();
  const loaded = Object.entries(require.cache).map(([file, { exports }]) => [file, Object.keys(exports)]);
  process.stdout.write(JSON.stringify(loaded));
`;

/** @param place  dist/src, as the compiler wrote it */
function writeFirstFile(place) {
  const folder = realpathSync(place);
  if (readFileSync(join(folder, 'index.js'), 'utf8').includes('$load("index.js")')) return;
  // What a build before this one left: a module that still hands it on makes the program fail, instead of the file.
  rmSync(join(folder, 'first.js'), { force: true });
  const env = { ...process.env, TFJS_SESSION_QUIET: '1' };
  const loaded = JSON.parse(execFileSync(process.execPath, ['-e', PROGRAM], { cwd: folder, env, encoding: 'utf8' }));
  const ids = new Map();
  for (const [file] of loaded) {
    const id = relative(folder, file).split('\\').join('/');
    if (!id.startsWith('..')) ids.set(file, id);
  }
  const parts = [...ids].map(
    ([file, id]) => `${JSON.stringify(id)}: function (exports, module, __dirname) {
${inFirst(readFileSync(file, 'utf8'), file, folder, ids)}
},
`,
  );
  writeFileSync(join(folder, 'first.js'), ascii(`${HEAD}const modules = {\n${parts.join('')}};\n${LOAD}`));
  for (const [file, names] of loaded) {
    const id = ids.get(file);
    if (id === undefined) continue;
    const first = relative(dirname(file), join(folder, 'first.js')).split('\\').join('/');
    const assigned = names.map((name) => `exports.${name} = `).join('');
    writeFileSync(
      file,
      `"use strict";\n${assigned ? `${assigned}void 0;\n` : ''}` +
        `const { $load } = require("${first.startsWith('.') ? first : `./${first}`}");\n` +
        `module.exports = $load(${JSON.stringify(id)});\n`,
    );
    rmSync(`${file}.map`, { force: true });
  }
}
/** The text of a module for where it stands in the file: its own neighbours are had by name, others by their path. */
function inFirst(text, file, folder, ids) {
  return text
    .replace(/\brequire\((["'])(\.[^"']+)\1\)/g, (_, __, path) => {
      const base = resolve(dirname(file), path);
      const found = [`${base}.js`, join(base, 'index.js'), base].find((each) => existsSync(each));
      const id = ids.get(found);
      if (id !== undefined) return `$load(${JSON.stringify(id)})`;
      return `require(${JSON.stringify(`./${relative(folder, found).split('\\').join('/')}`)})`;
    })
    .replace(/^\/\/# sourceMappingURL=.*$/m, '');
}
/** Text of one byte a character takes half the memory, for as long as the program runs. */
const ascii = (text) => text.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

const HEAD = `"use strict";
// What nearly every program loads, in one file; each function is a module. Written by the build (build/first-file.js).
const { dirname, join } = require("node:path");
const made = Object.create(null);
`;
const LOAD = `function $load(id) {
  let module = made[id];
  if (module === undefined) {
    module = made[id] = { exports: {} };
    modules[id](module.exports, module, join(__dirname, dirname(id)));
  }
  return module.exports;
}
exports.$load = $load;
`;
module.exports = { writeFirstFile };
