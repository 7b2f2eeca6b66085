/** `exercise check`, run as users run it, in a folder of a student's own. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, writeDigits } from '../cli/run';
import { devices } from '../devices';

// What is started here runs on the first device that tests are asked to run on.
process.env['TFJS_SESSION_DEVICE'] = devices()[0].device;

export const ROOT = join(__dirname, '..', '..');
export const folder = mkdtempSync(join(tmpdir(), 'exercise-check-'));
export const digits = writeDigits(join(folder, 'digits'), { train: 600, test: 200 });
export const student = join(folder, 'student');
mkdirSync(student);
symlinkSync(join(ROOT, 'node_modules'), join(student, 'node_modules'), 'junction');
afterAll(() => rmSync(folder, { recursive: true }));

export interface Report {
  ending: string;
  ticks: number;
  skippedSteps: number;
  report: string | null;
  noReport?: string;
  answers: {
    question: number;
    mark: string;
    found: string;
    where: { line: number } | null;
    hint: string;
    details?: string[];
  }[];
}
export async function check(source: string, ...flags: string[]): Promise<Report & { code: number | null }> {
  const file = join(student, 'tensorflow_tutorial.ts');
  writeFileSync(file, source);
  const { code, stdout, stderr } = await run([
    'exercise',
    'check',
    file,
    '--json',
    ...(flags.includes('--data-dir') ? [] : ['--data-dir', digits]),
    ...flags,
  ]);
  if (!stdout) throw new Error(stderr);
  expect(readdirSync(student).sort()).toEqual(['node_modules', 'tensorflow_tutorial.ts']);
  return { ...(JSON.parse(stdout) as Report), code };
}
export const starter = readFileSync(join(ROOT, 'exercise', 'tensorflow_tutorial.ts'), 'utf8');
/** With as few steps as the check takes for enough: those that `--quick` leaves out take their time, too. */
export const solution = starter
  .replace(/\/\/ >>> your answer to question (\d+)/g, (_, n: string) =>
    readFileSync(join(ROOT, 'exercise', 'solutions', `${n.padStart(2, '0')}.ts`), 'utf8'),
  )
  .replace('step < 20000', 'step < 10000');
export const upTo8 = solution.slice(0, solution.indexOf('// --- Question 9'));
