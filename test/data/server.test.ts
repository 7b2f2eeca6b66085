/** Iterators on a server: others have their turns while one looks for an element, and its step can be ended. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NDArray } from '../../src';
import { filesIn } from '../../src/distributed/file-access';
import { type Serving, serve } from '../../src/distributed/serve';
import { devices } from '../devices';
import { Client, type Opened, type StatusError, failing } from '../distributed/client';
import { graphOf } from './recorded';

const CANCELLED = 1;
const DEADLINE_EXCEEDED = 4;
const PERMISSION_DENIED = 7;
const EXHAUSTED = 8;
const graph = graphOf('for_a_server');
const numbers = ([got]: readonly NDArray[]): readonly unknown[] => Array.from(got.data, Number);

describe.each(devices())('on the $title device', ({ device }) => {
  let serving: Serving;
  let client: Client;
  beforeAll(async () => {
    serving = await serve({ port: 0, host: '127.0.0.1', device, files: filesIn(null), limits: { maxStepMb: 64 } });
    client = new Client(serving.port);
  });
  afterAll(async () => {
    client.close();
    await serving.close();
  });
  const forever = (session: Opened, name: string, options = {}): Promise<StatusError> =>
    failing(session.run([`${name}:0`], {}, [], options));

  test.each(['endless', 'empty', 'looping'])(
    '%s: others go on, and the step ends when its time is up',
    async (name) => {
      const [session, other] = [await client.open(graph), await client.open(graph)];
      const limited = forever(session, name, { options: { timeoutInMs: 400 } });
      for (let i = 0; i < 20; i++) expect(numbers(await other.run(['next:0']))).toHaveLength(4);
      expect((await limited).code).toBe(DEADLINE_EXCEEDED);
      expect(numbers(await session.run(['next:0']))).toHaveLength(4);
    },
  );

  test('who is behind another in one iterator has its turn when that one gives up', async () => {
    const session = await client.open(graph);
    const first = forever(session, 'endless', { options: { timeoutInMs: 100 } });
    const second = forever(session, 'endless', { options: { timeoutInMs: 250 } });
    expect((await first).code).toBe(DEADLINE_EXCEEDED);
    expect((await second).code).toBe(DEADLINE_EXCEEDED);
  });

  test('closing the session ends it', async () => {
    const session = await client.open(graph);
    const endless = forever(session, 'endless');
    expect(numbers(await session.run(['next:0']))).toHaveLength(4);
    await client.call('CloseSession', { sessionHandle: session.handle });
    expect((await endless).code).toBe(CANCELLED);
  });

  test.each(['giant', 'kept'])('%s: what no step may hold is refused', async (name) => {
    const session = await client.open(graph);
    expect((await forever(session, name)).code).toBe(EXHAUSTED);
    expect(numbers(await session.run(['next:0']))).toHaveLength(4);
  });

  test('files are read where they are allowed, and nowhere else', async () => {
    const lines = graphOf('lines_of_files');
    const session = await client.open(lines);
    await session.run([], {}, ['MakeIterator']);
    expect((await failing(session.run(['IteratorGetNext:0']))).code).toBe(PERMISSION_DENIED);
    const folder = mkdtempSync(join(tmpdir(), 'served-'));
    writeFileSync(join(folder, 'a.txt'), 'one\ntwo');
    const other = await serve({ port: 0, host: '127.0.0.1', device, files: filesIn(folder) });
    const reader = new Client(other.port);
    const allowed = await reader.open(lines);
    await allowed.run([], {}, ['MakeIterator']);
    expect((await allowed.run(['IteratorGetNext:0']))[0].toArray()).toBe('one');
    reader.close();
    await other.close();
    rmSync(folder, { recursive: true });
  });

  test('a function that waits for a queue holds up nobody', async () => {
    const [session, other] = [await client.open(graph), await client.open(graph)];
    await session.run([], {}, ['init']);
    const waits = session.run(['waits:0']);
    expect(numbers(await other.run(['next:0']))).toHaveLength(4);
    await other.run([], {}, ['put']);
    expect(numbers(await waits)).toEqual([5]);
    // The element with which the function was called goes with the step that asked.
    const given = forever(session, 'waits', { options: { timeoutInMs: 100 } });
    expect((await given).code).toBe(DEADLINE_EXCEEDED);
    const next = session.run(['waits:0']);
    await other.run([], {}, ['put']);
    expect(numbers(await next)).toEqual([7]);
  });
});
