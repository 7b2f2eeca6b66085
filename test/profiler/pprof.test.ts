/** Files for pprof: read again, each node stands below the lines of the program that made it. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { PROFILE } from '../../src/format/pprof-messages';
import * as tf from '../../src';
import { TemporaryFolder } from '../temporary-folder';

const folder = new TemporaryFolder('pprof-');
const { ProfileOptionBuilder } = tf.profiler;
const quiet = (): tf.profiler.ProfileOptionBuilder => new ProfileOptionBuilder().withEmptyOutput();
const LINES = readFileSync(__filename, 'utf8').split('\n');
const lineWith = (text: string): number => LINES.findIndex((line) => line.includes(text)) + 1;
const product = (): tf.Tensor => tf.matmul(tf.randomNormal([20, 30]), tf.ones([30, 4]), { name: 'product' });
test('a file for pprof has each node below the lines that made it', () => {
  using sess = new tf.Session('', { config: { device: 'portable', advice: false } });
  const runMeta = new tf.RunMetadata();
  const full = new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE });
  sess.run(product(), {}, { options: full, runMetadata: runMeta });
  const outfile = folder.at('profile.pb.gz');
  const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const builder = new ProfileOptionBuilder(ProfileOptionBuilder.timeAndMemory()).select(['micros']);
  const options = builder.withPprofOutput(outfile).build();
  const shown = tf.profiler.profile(sess.graph, { runMeta, cmd: 'code', options });
  expect(said.mock.calls).toEqual([[`\nRun pprof -png --nodecount=100 --sample_index=1 <${outfile}>\n`]]);
  said.mockRestore();
  const profile = PROFILE.read(gunzipSync(readFileSync(outfile)));
  const text = (number: number): string => profile.stringTable[number];
  expect(profile.sampleType.map(({ type, unit }) => [text(type), text(unit)])).toEqual([
    ['count', 'count'],
    ['micros', 'microseconds'],
  ]);
  expect(text(0)).toBe('');
  expect(profile.comment.map(text)).toEqual(['Sum of accelerator execution time and cpu execution time.']);
  expect(profile.sample.reduce((sum, { value }) => sum + value[1], 0)).toBe(shown.totalExecMicros);
  const matmul = profile.sample.find(({ label }) => text(label[0].str) === 'product');
  const frames = matmul?.locationId.map((id) => {
    const [{ line, functionId }] = profile.location[id - 1].line;
    const { name, filename } = profile.function[functionId - 1];
    return { line, name: text(name), file: text(filename) };
  });
  expect(frames?.[0]).toEqual({
    line: lineWith('const product = '),
    name: 'pprof.test:product',
    file: __filename,
  });
  expect(frames?.slice(1).map(({ file }) => file)).toContain(__filename);
});

const forPprof = (select: string[], cmd: tf.profiler.ProfileView = 'code', file = folder.at('no.gz')): unknown =>
  tf.profiler.profile(null, { cmd, options: quiet().select(select).withPprofOutput(file).build() });
test.each([
  [
    'file ',
    () => tf.profiler.profile(null, { cmd: 'code', options: { output: 'pprof' } }),
    'Missing required output_options for pprof\nE.g. -output pprof:outfile=...',
  ],
  ['view ', () => forPprof(['micros'], 'op'), "Only 'code' view supports pprof output now."],
  ['number of amounts ', () => forPprof(['micros', 'bytes']), 'Can only select 1 attribute for pprof output.'],
  ['amount ', () => forPprof(['op_types']), "pprof doesn't support -select=op_types"],
  ['folder ', () => forPprof(['micros'], 'code', '/nowhere/p.gz'), /nowhere.p\.gz.*; No such file or directory/],
])('a wrong %s is refused', (_, call, said) => {
  expect(call).toThrow(said);
});
