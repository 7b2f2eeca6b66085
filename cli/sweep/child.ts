/** One run of a sweep, in a process of its own: calls the program's `train` with its hyperparameters. */
import Module from 'node:module';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Params } from './points';

export interface Orders {
  readonly file: string;
  readonly params: Params;
  /** Where a program in TypeScript is compiled. */
  readonly compiler: { readonly tsNode: string; readonly typescript: string } | null;
}
/** What came of it: numbers, or a text that says why not. */
export type Told = { readonly metrics: Readonly<Record<string, number>> } | { readonly error: string };

interface Loader {
  _resolveFilename(request: string, ...rest: unknown[]): string;
}
function prepare({ file, compiler }: Orders): void {
  // The program gets this very library, wherever its folder would find one.
  const loader = Module as unknown as Loader;
  const resolve = loader._resolveFilename;
  loader._resolveFilename = (request, ...rest) =>
    request === 'tfjs-session' ? require.resolve('../../src') : resolve.call(Module, request, ...rest);
  if (!compiler) return;
  (require(compiler.tsNode) as { register(options: object): void }).register({
    cwd: path.dirname(file),
    skipProject: true,
    transpileOnly: true,
    compiler: compiler.typescript,
    compilerOptions: { module: 'commonjs', moduleResolution: 'node10', target: 'ES2022', esModuleInterop: true },
  });
}

/** A number is a cost; an object has its metrics by name; NDArrays of one number, and booleans, are numbers too. */
function metricsOf(result: unknown): Told {
  if (typeof result === 'number') return { metrics: { cost: result } };
  if (typeof result !== 'object' || result === null)
    return { error: `train(params) gave ${String(result)}, and not its metrics: return { accuracy, cost }` };
  const entries = Object.entries(result).map(([name, value]) => [name, Number(value)] as const);
  const wrong = Object.entries(result).find(
    ([, value]) => !/number|boolean|bigint/.test(typeof value) && typeof value !== 'object',
  );
  if (wrong || !entries.length)
    return {
      error: `train(params) gave ${wrong ? `${wrong[0]}: ${String(wrong[1])}` : 'no metric'}: metrics are numbers`,
    };
  return { metrics: Object.fromEntries(entries) };
}
async function run(orders: Orders): Promise<Told> {
  prepare(orders);
  const { file, params, compiler } = orders;
  const loaded = (compiler ? require(file) : await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const inner = loaded['default'] as Record<string, unknown> | undefined;
  const train = loaded['train'] ?? inner?.['train'];
  if (typeof train !== 'function')
    return { error: 'the program exports no function train(params): export function train({ lr }) { … }' };
  return metricsOf((await train({ ...params })) as unknown);
}
function tell(told: Told): void {
  // NaN goes by its name.
  process.send!(
    JSON.stringify(told, (_, value: unknown) =>
      Number.isNaN(value) ? 'NaN' : value === Infinity ? 'Infinity' : value,
    ),
    () => process.exit(),
  );
}
process.once('message', (orders: Orders) => {
  run(orders).then(tell, (error: unknown) =>
    tell({ error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }),
  );
});
// A sweep that is killed takes its runs along.
process.once('disconnect', () => process.exit(1));
