/** What a channel to a server sends, and what it refuses before anybody is asked. */
import * as http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import * as tf from '../../src';
import { Channel } from '../../src/distributed/channel';

interface Echo {
  readonly port: number;
  /** Ends its connections as well. */
  close(): void;
}
/** A server that answers each call with its own bytes. */
async function echo(): Promise<Echo> {
  const server = http2.createServer();
  const connections: http2.ServerHttp2Session[] = [];
  server.on('session', (connection) => connections.push(connection));
  server.on('stream', (stream) => {
    stream.respond({ ':status': 200 }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.pipe(stream);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const connection of connections) connection.destroy();
      server.close();
    },
  };
}
const bytesOf = (length: number, first: number): Uint8Array => new Uint8Array(length).map((_, i) => (first + i) % 251);

test('calls of all sizes have their own bytes, though they share memory', async () => {
  const server = await echo();
  const channel = new Channel(`127.0.0.1:${server.port}`);
  const sizes = [0, 1, 5, 1000, 999, 1001, 70_000, 69_999, 300_000, 299_999, 300_001, 0, 200_000];
  for (const size of [...sizes, ...sizes])
    expect(Buffer.from(await channel.callLater('RunStep', [bytesOf(size, size), bytesOf(3, 7)]))).toEqual(
      Buffer.concat([bytesOf(size, size), bytesOf(3, 7)]),
    );
  const several = sizes.map((size, i) => channel.callLater('RunStep', [bytesOf(size, i)]));
  for (const [i, got] of (await Promise.all(several)).entries())
    expect(Buffer.from(got)).toEqual(Buffer.from(bytesOf(sizes[i], i)));
  channel.close();
  server.close();
});
test('a message of 4 GB is refused, and the next call is as any other', async () => {
  const server = await echo();
  const channel = new Channel(`127.0.0.1:${server.port}`);
  const much = new Array<Uint8Array>(4096).fill(new Uint8Array(2 ** 20));
  expect(() => channel.send('RunStep', much)).toThrow(tf.errors.ResourceExhaustedError);
  expect(() => channel.send('RunStep', much)).toThrow('Sent message larger than max (4294967296 vs. 4294967295)');
  expect(await channel.callLater('RunStep', [bytesOf(3, 1)])).toEqual(bytesOf(3, 1));
  channel.close();
  server.close();
});
test('a server that is gone has closed its sessions: nobody waits until it is there again', async () => {
  const server = await echo();
  const channel = new Channel(`127.0.0.1:${server.port}`);
  expect(await channel.callLater('RunStep', [bytesOf(3, 1)])).toEqual(bytesOf(3, 1));
  server.close();
  // One that waits for the server would come to its deadline.
  await expect(channel.callLater('CloseSession', [bytesOf(3, 1)], 2000)).rejects.toThrow(tf.errors.UnavailableError);
  channel.close();
});
