/** `tfjs-session doctor --server`: whether a server works, and what helps where it does not. */
import { createServer } from 'node:http';
import { createServer as createSilent } from 'node:net';
import type { AddressInfo, Server as NetServer } from 'node:net';
import type { ServerFindings } from '../../cli/doctor/server';
import { startServer } from '../distributed/server';
import { linesOf, run } from './run';

const listening = (server: NetServer): Promise<number> =>
  new Promise((ready) => server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port)));

test('a server that works is told with its devices and times, and its sessions are left alone', async () => {
  const server = await startServer();
  try {
    const { code, stdout, stderr } = await run(['doctor', '--server', server.target]);
    expect(stdout).toMatch(new RegExp(`^Server +${server.target}$`, 'm'));
    expect(stdout).toMatch(/^Devices +\/job:local\/replica:0\/task:0\/device:CPU:0 \(CPU\)$/m);
    expect(stdout).toMatch(/^Step +\d+ µs for a product of two small matrices$/m);
    expect(stdout).toMatch(/^Tensors +\d+ MB\/s, there and back$/m);
    expect(linesOf(stdout).at(-1)).toBe('It works.');
    expect([code, stderr]).toEqual([0, '']);
    const found = JSON.parse((await run(['doctor', '--server', server.target, '--json'])).stdout) as ServerFindings;
    expect(found).toMatchObject({ target: server.target, problems: [], devices: [{ type: 'CPU' }] });
  } finally {
    await server.stop();
  }
});
test('a limit of the server is told with its cure', async () => {
  const server = await startServer(['--max-message-mb', '2']);
  try {
    const { code, stdout } = await run(['doctor', '--server', server.target]);
    expect(stdout).toContain('Received message larger than max');
    expect(stdout).toContain('--max-message-mb');
    expect(code).toBe(1);
  } finally {
    await server.stop();
  }
});
test.each([
  [
    'nobody there',
    'grpc://127.0.0.1:1',
    /failed to connect to all addresses: 127\.0\.0\.1:1: ECONNREFUSED\.\n {2}Nothing/,
  ],
  ['no target', '127.0.0.1:2222', /No session factory registered .*\n {2}A server has a target like 'grpc:/],
])('%s: exit code 1, with what helps', async (_, target, said) => {
  const { code, stdout } = await run(['doctor', '--server', target]);
  expect(stdout).toMatch(said);
  expect(code).toBe(1);
});
test('a server of something else, and one that is silent, are no servers', async () => {
  const web = createServer((_, answer) => answer.end('hello'));
  const silent = createSilent(() => undefined);
  for (const server of [web, silent]) {
    const { code, stdout } = await run(['doctor', '--server', `grpc://127.0.0.1:${await listening(server)}`]);
    expect(stdout).toMatch(/\n\n.+\n {2}.+\n$/);
    expect(code).toBe(1);
    server.close();
  }
}, 60_000);
