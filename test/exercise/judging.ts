/**
 * The process that runs programs of students, observed, one after the other, on a data set that is small enough for
 * many of them. Started by harness.ts: outside of jest, which runs all a good deal slower, and warm after the first.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import * as ts from 'typescript';
import { judge } from '../../cli/exercise/judge';
import { failureOf } from '../../cli/exercise/notes';
import { Observer } from '../../cli/exercise/observe/observer';
import type { Ending, ProgramRecord } from '../../cli/exercise/record';
import * as tf from '../../src';
import { writeDigits } from '../cli/digits';

export interface Asked {
  readonly source: string;
  /** As many steps of training as the exercise asks for. */
  readonly steps: number;
}
const REFERENCE = { accuracy: 0.5 };

const data = mkdtempSync(join(tmpdir(), 'exercise-test-'));
writeDigits(data, { train: 1000, test: 300 });
process.on('exit', () => rmSync(data, { recursive: true }));
process.on('disconnect', () => process.exit());

function record(source: string): ProgramRecord {
  tf.resetDefaultGraph();
  tf.setRandomSeed(7);
  const file = join(data, 'student.ts');
  const watching = new Observer({ file, dataDir: data });
  let ending: Ending = { how: 'done' };
  try {
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
    });
    const body = new Function('require', 'exports', 'console', `${outputText}\n//# sourceURL=${file}`);
    body(
      (name: string) => {
        if (name === 'tfjs-session') return tf;
        throw new Error(`Cannot find module '${name}'`);
      },
      {},
      { log: (...parts: unknown[]) => watching.noteOutput(`${format(...parts)}\n`) },
    );
  } catch (error) {
    ending = { how: 'threw', failure: failureOf(error, file) };
  }
  return watching.finish(ending);
}

process.on('message', ({ source, steps }: Asked) => {
  process.send!(judge(record(source), { steps, reference: REFERENCE }));
});
