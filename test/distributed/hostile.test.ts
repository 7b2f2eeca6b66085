/** What no client should ask for: files of others, and requests that are no requests. */
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '../../src';
import { tensorBytes } from '../../src/format/tensor-proto';
import * as M from '../../src/format/master';
import { Choices } from '../fuzz/random';
import {
  type CallOptions,
  type Client,
  type MethodName,
  type StatusError,
  bytesOf,
  counter,
  failing,
  graphOf,
  scalar,
  together,
  besideServer,
} from './client';

let client: Client;
besideServer((made) => (client = made));

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'served-files-'));
  const outside = mkdtempSync(join(tmpdir(), 'served-outside-'));
  afterAll(() => [folder, outside].forEach((each) => rmSync(each, { recursive: true })));
  const saver = graphOf(() => {
    new tf.Variable(3, { name: 'v' });
    new tf.train.Saver();
  });
  const save = async (client: Client, path: string): Promise<void> => {
    const session = await client.open(saver, true);
    await session.run([], {}, ['v/Assign']);
    const name = new tf.NDArray(tf.string, [], [path]);
    await session.run(['save/control_dependency:0'], { 'save/Const:0': name });
    const [restored] = await session.run(['save/RestoreV2:0'], { 'save/Const:0': name });
    expect(restored.item()).toBe(3);
  };
  test('are touched by nobody unless a folder is allowed', async () => {
    const error = await failing(save(client, join(folder, 'model')));
    expect(error.code).toBe(7);
    expect(error.message).toContain('--allow-files');
  });
  test('are confined to that folder, links and .. included', async () => {
    const { serving, client } = await together(folder);
    symlinkSync(outside, join(folder, 'way-out'));
    writeFileSync(join(outside, 'there'), '');
    await save(client, join(folder, 'model'));
    await save(client, 'below/model');
    await save(client, `file://${folder}/address`);
    expect(readdirSync(folder)).toContain('address.index');
    for (const path of [
      join(outside, 'model'),
      '../model',
      `${folder}/../x`,
      'way-out/model',
      'below/../../x',
      '/etc/passwd',
      `file://${outside}/model`,
      'file:///etc/passwd',
    ])
      expect([path, (await failing(save(client, path))).code]).toEqual([path, 7]);
    client.close();
    await serving.close();
  });
});

test('requests that are cut, flipped and grown leave the server and its other sessions as they were', async () => {
  const seed = Number(process.env['TFJS_TEST_SEED'] ?? 7);
  const count = Number(process.env['TFJS_TEST_REQUESTS'] ?? 600);
  const random = new Choices(seed);
  const below = (n: number): number => random.int(0, n - 1);
  const graph = counter();
  const witness = await client.open(graph, true);
  await witness.run([], {}, ['w/Assign']);
  const victim = await client.open(graph, true);
  const feed = [M.NAMED_TENSOR.make({ name: 'x:0', tensor: tensorBytes(scalar(2)) })];
  const sound: readonly (readonly [MethodName, Uint8Array])[] = [
    ['CreateSession', M.CREATE_SESSION.request.write({ graphDef: bytesOf(graph) })],
    ['ExtendSession', M.EXTEND_SESSION.request.write({ sessionHandle: victim.handle, graphDef: bytesOf(graph) })],
    ['RunStep', M.RUN_STEP.request.write({ sessionHandle: victim.handle, feed, fetch: ['y:0'] })],
    [
      'PartialRunSetup',
      M.PARTIAL_RUN_SETUP.request.write({ sessionHandle: victim.handle, feed: ['x:0'], fetch: ['y:0'] }),
    ],
    ['MakeCallable', M.MAKE_CALLABLE.request.write({ sessionHandle: victim.handle })],
    ['RunCallable', M.RUN_CALLABLE.request.write({ sessionHandle: victim.handle, feed: [tensorBytes(scalar(1))] })],
  ];
  const codes = new Set<number>();
  for (let i = 0; i < count; i++) {
    const [name, bytes] = sound[below(sound.length)];
    let mutated = bytes.slice();
    for (let k = below(3); k >= 0; k--) {
      const how = below(16);
      const at = below(mutated.length + 1);
      if (how < 4) mutated = mutated.subarray(0, at);
      else if (how < 7) mutated = Uint8Array.from([...mutated, ...mutated.slice(at)]);
      else if (at < mutated.length) mutated[at] ^= 1 << below(8);
    }
    const code = await client.bytes(name, mutated).then(
      () => 0,
      (error: StatusError) => error.code,
    );
    codes.add(code);
    // 13 would be a fault of the server's own, -1 an answer without a status.
    if (code === 13 || code === -1) throw new Error(`seed ${seed}, request ${i}: ${name} was answered with ${code}`);
    if (i % 50 === 0) expect((await witness.run(['w/read:0']))[0].item()).toBe(1);
  }
  expect(codes.size).toBeGreaterThan(2);
});
test('a request that is longer than it says, or compressed, or of another kind, has its status', async () => {
  const none = new Uint8Array(0);
  const code = async (options: CallOptions): Promise<number> =>
    (await failing(client.bytes('RunStep', none, options))).code;
  expect(await code({ path: '/tensorflow.grpc.MasterService/RunStep' })).toBe(12);
  expect(await code({ frame: Uint8Array.of(0, 0, 0, 0, 1, 8, 1) })).toBe(13);
  expect(await code({ frame: Uint8Array.of(0, 0, 0) })).toBe(13);
  expect(await code({ frame: Uint8Array.of(1, 0, 0, 0, 0) })).toBe(12);
  // Refused by HTTP's status: it is no call of gRPC's.
  expect(await code({ contentType: 'text/plain' })).toBe(-1);
});
