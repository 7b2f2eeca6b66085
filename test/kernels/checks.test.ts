/**
 * What inputs must be is asked in one place: the check of a host row stands in front of the host's kernel and of every
 * device's, and no kernel asks again.
 */
import * as path from 'node:path';
import * as ts from 'typescript';
import { type DType, bool, complex64, float32, int32, string, zerosOf } from '../../src/base/dtype';
import { type OpType, definitionOf } from '../../src/graph/opdef';
import type { HostKernelRow, HostTensor, KernelNode } from '../../src/kernels/kernel';
import { checked, hostKernel, rowIn } from '../../src/kernels/registry';
import { HOST_TABLES } from '../../src/kernels/host';
import { type Sized, Value } from '../../src/kernels/value';
import { runOnDevice } from '../../src/kernels/dispatch';
import { loadHostKernels } from '../../src/kernels/devices';
import { ROOT, files, show, textOf } from '../structure/files';

const ROWS = HOST_TABLES.flatMap(({ keys, table }) =>
  keys.split(/\s+/).map((type): [string, HostKernelRow] => [type, rowIn(table(), type as OpType)]),
).filter(([, { check }]) => check);
const CHECKED = ROWS.filter(([, { checksItself }]) => !checksItself);
const nodeOf = (type: string): KernelNode => ({
  def: definitionOf(type),
  type,
  name: 'n',
  attrs: {},
  outputTypes: [float32],
});

beforeAll(loadHostKernels);
test('a row that is asked for checks its inputs before its kernel runs, once', () => {
  expect(CHECKED.length).toBeGreaterThan(60);
  for (const [type, row] of CHECKED) {
    const said: string[] = [];
    const spied = (kernel: HostKernelRow): HostKernelRow => ({
      ...kernel,
      check: () => void said.push('check'),
      run: () => {
        said.push('run');
        return [];
      },
      wide: kernel.wide && spied(kernel.wide),
    });
    const asked = checked(spied(row));
    for (const each of [asked, asked.wide ?? asked]) each.run([], nodeOf(type));
    expect([type, ...said]).toEqual([type, 'check', 'run', 'check', 'run']);
    // Those that come out of the tables are such rows.
    const kernel = hostKernel(type);
    expect([type, kernel?.run === row.run, kernel?.wide && kernel.wide.run === row.wide?.run]).toEqual([
      type,
      false,
      row.wide && false,
    ]);
  }
});
test('a kernel that checks by itself says what its check says', () => {
  const unlike = (dtype: DType): HostTensor[] => [2, 3].map((n) => ({ dtype, shape: [n], data: zerosOf(dtype, n) }));
  const said = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      return (error as Error).message;
    }
    return 'nothing';
  };
  const alone = ROWS.filter(([, { checksItself }]) => checksItself);
  expect(alone.length).toBeGreaterThan(40);
  for (const [type, row] of alone) {
    const dtypes = /^Logical/.test(type) ? [bool] : /^(Bitwise|LeftShift|RightShift)/.test(type) ? [int32] : [float32];
    if (/^(Add|Equal|Mul)$/.test(type)) dtypes.push(complex64);
    if (/^(Add|Equal)$/.test(type)) dtypes.push(string);
    for (const dtype of dtypes) {
      const inputs = unlike(dtype);
      const wanted = said(() => row.check?.(inputs, nodeOf(type)));
      expect(wanted).toBe('Incompatible shapes: [2] vs. [3]');
      expect([type, said(() => row.run(inputs, nodeOf(type)))]).toEqual([type, wanted]);
      if (row.wide) expect(said(() => row.wide?.run(inputs, nodeOf(type)))).toBe(wanted);
    }
  }
});
test("a device's kernel is given what passes the check, and not what is left to the host", () => {
  const said: string[] = [];
  const row: HostKernelRow = {
    run([x]) {
      said.push('host');
      return x;
    },
    check: ([{ shape }]) => void (shape.length && said.push('checked')),
    leftToHost: ([{ shape }]) => shape.includes(0),
  };
  const ofDevice = (inputs: readonly Sized[]): Value[] => {
    said.push('device');
    return [new Value(float32, inputs[0].shape, [])];
  };
  const run = (shape: readonly number[]): void =>
    void runOnDevice(ofDevice, nodeOf('Relu'), row, [new Value(float32, shape, zerosOf(float32, 3))]);
  run([3]);
  expect(said.splice(0)).toEqual(['checked', 'device']);
  run([0]);
  expect(said.splice(0)).toEqual(['host']);
});

/** Calls of a file's checks by what is no check. What a check asks for another reason (`void geometry(…)`) is none. */
function askedAgain(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const names = new Set([...text.matchAll(/\bcheck(?:: (?:\(.*\) =>\s+)?(\w+))?[,( ]/g)].map(([, name]) => name));
  const found: string[] = [];
  const visit = (node: ts.Node, inCheck: boolean): void => {
    const named = (ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node)) && node.name?.getText();
    const isCheck =
      inCheck ||
      (named && names.has(named)) ||
      ((ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node)) && node.name.getText() === 'check');
    if (ts.isCallExpression(node) && !isCheck && names.has(node.expression.getText()))
      found.push(`${file}: ${node.getText()}`);
    ts.forEachChild(node, (child) => visit(child, !!isCheck));
  };
  visit(source, false);
  return found;
}
test('no kernel of the host asks its check again', () => {
  const sources = files(path.join(ROOT, 'src/kernels/host')).map((file) => [show(file), textOf(file)] as const);
  expect(sources.flatMap(([file, text]) => askedAgain(file, text))).toEqual([]);
  expect(
    askedAgain('a.ts', 'function fits() {}\nconst run = () => fits();\nconst row = { run, check: fits, cost: 1 };'),
  ).toEqual(['a.ts: fits()']);
});
