/** Programs that tests run in a process of their own, from the folder of the project and as it stands there. */
import { spawnSync } from 'node:child_process';
import { ROOT } from '../structure/files';

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}
export function runProgram(script: string, flags: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Ended {
  const args = [...flags, '-r', require.resolve('../transpiled.cjs'), '-e', script];
  const quiet = { TFJS_SESSION_QUIET: '1', ...process.env, ...env };
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', env: quiet });
  return { stdout: stdout.trim(), stderr, status };
}
