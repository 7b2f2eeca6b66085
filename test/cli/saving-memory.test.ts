/** What a process holds while it saves 500 MB of variables: these, a third, and 300 MB for Node and TensorFlow. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { devices } from '../sweep';
import { COMMAND } from './run';

const BYTES = 500e6;
const PARTS = 25;
const PROGRAM = `
const tf = require(process.argv[1]);
const { readFileSync, writeFileSync } = require('node:fs');
const [, , device, folder] = process.argv;
// Numbers that the host draws: on their way the heap of WebAssembly has each of them twice.
const drawn = device === 'portable' ? (shape) => tf.randomUniform(shape, -1, 1) : tf.zeros;
for (let i = 0; i < ${PARTS}; i++) new tf.Variable(drawn([${BYTES / 4 / PARTS}]), { name: 'v' + i });
const saver = new tf.train.Saver();
const sess = new tf.Session('', { config: { device, advice: false } });
sess.run(tf.globalVariablesInitializer());
writeFileSync('/proc/self/clear_refs', '5'); // The peak begins anew.
for (let k = 0; k < 2; k++) saver.save(sess, folder + '/model', k);
console.log(1024 * Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]));
`;
const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux.each(devices().map((d) => d.device))('the %s device saves 500 MB in less than 950', (device) => {
  const folder = mkdtempSync(join(tmpdir(), 'saving-memory-'));
  try {
    const library = join(dirname(COMMAND), '..', 'src', 'index.js');
    const said = execFileSync(process.execPath, ['-e', PROGRAM, library, device, folder], { encoding: 'utf8' });
    expect(Number(said)).toBeLessThan(1.3 * BYTES + 300e6);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
