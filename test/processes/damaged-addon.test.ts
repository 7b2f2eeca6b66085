/** An addon that an installation left cut short. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { TemporaryFolder } from '../temporary-folder';
import { runProgram } from './program';

const folder = new TemporaryFolder('damaged-addon-');
test('a script goes on without it, and is told why', () => {
  const place = folder.at('lib/napi-v8');
  mkdirSync(place, { recursive: true });
  const addon = path.join(place, 'tfjs_binding.node');
  writeFileSync(addon, readFileSync(process.execPath).subarray(0, 1 << 16));
  const script = `
    const opened = require('./src/kernels/native/addon').openAddon();
    console.log(JSON.stringify(opened.tried ?? 'loaded'));`;
  const { stdout, status } = runProgram(script, [], { TFJS_SESSION_ADDON: addon });
  expect(status).toBe(0);
  if (process.platform === 'linux') expect(JSON.parse(stdout)[0].why).toContain('is cut short');
});
