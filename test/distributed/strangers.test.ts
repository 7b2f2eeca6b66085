/** What a session says of an address where no server of sessions is, and of a server that goes away. */
import type * as http from 'node:http';
import * as http2 from 'node:http2';
import * as net from 'node:net';
import * as tf from '../../src';
import { CONNECT, Channel } from '../../src/distributed/channel';

const listening = async (server: net.Server | http.Server | http2.Http2Server): Promise<string> => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return `127.0.0.1:${(server.address() as net.AddressInfo).port}`;
};
const said = async (address: string, config: tf.SessionConfig = {}): Promise<string> => {
  tf.resetDefaultGraph();
  const one = tf.constant(1);
  const sess = new tf.Session(`grpc://${address}`, { config });
  const error: unknown = await sess.runAsync(one).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  sess.close();
  return error instanceof tf.errors.OpError ? `${error.constructor.name}: ${error.message}` : String(error);
};
type Stream = http2.ServerHttp2Stream;
const GRPC = { ':status': 200, 'content-type': 'application/grpc' };
/** An answer as gRPC has it, with these bytes. */
function whole(stream: Stream, bytes: Buffer): void {
  stream.respond(GRPC, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(bytes);
}
const framed = (...bytes: number[]): Buffer => Buffer.from([0, 0, 0, 0, bytes.length, ...bytes]);

beforeAll(() => {
  CONNECT.withinMs = 300;
});
afterAll(() => {
  CONNECT.withinMs = 10_000;
});

const NO_GRPC =
  /^UnavailableError: failed to connect to all addresses: \S+: what listens there speaks no gRPC\n {2}fix: /;
const HANGS_UP = /^UnavailableError: .*: it takes connections, and closes them at once\n {2}fix: /;
test.each<[string, (socket: net.Socket) => void, RegExp]>([
  ['a server of HTTP/1', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'), NO_GRPC],
  ['one that says what is no HTTP', (socket) => socket.write('SSH-2.0-OpenSSH_8.9\r\n'), NO_GRPC],
  ['one that hangs up', (socket) => socket.destroy(), HANGS_UP],
  ['one that resets connections', (socket) => socket.resetAndDestroy(), HANGS_UP],
])('%s', async (_, on, wanted) => {
  const server = net.createServer((socket) => on(socket.on('error', () => undefined)));
  expect(await said(await listening(server))).toMatch(wanted);
  server.close();
});
test('why nothing came is said where the time is up', async () => {
  const silent = net.createServer((socket) => socket.on('error', () => undefined));
  const address = await listening(silent);
  const wait = { operationTimeoutInMs: 1500 };
  expect(await said(address, wait)).toBe(
    `DeadlineExceededError: Deadline Exceeded\n  grpc://${address} did not answer CreateSession within 1500 ms: ` +
      'it takes connections, and has said nothing yet.',
  );
  silent.close();
  CONNECT.withinMs = 5000;
  expect(await said('127.0.0.1:1', { operationTimeoutInMs: 1000 })).toContain('within 1000 ms: ECONNREFUSED.');
  CONNECT.withinMs = 300;
  expect(await said('nobody.invalid:1')).toMatch(/: (ENOTFOUND|EAI_AGAIN)\n {2}fix: no machine is known by the name/);
});
test.each<[string, (stream: Stream) => void, RegExp]>([
  [
    'a web server',
    (stream) => {
      stream.respond({ ':status': 404 });
      stream.end('no');
    },
    /^UnimplementedError: Received http2 header with status: 404\n {2}fix: /,
  ],
  [
    'a web server that is content',
    (stream) => {
      stream.respond({ ':status': 200, 'content-type': 'text/html' });
      stream.end('<html>');
    },
    /^UnknownError: grpc:\S+ answered CreateSession without a status of gRPC\n {2}fix: /,
  ],
  [
    'another service',
    (stream) => stream.respond({ ...GRPC, 'grpc-status': '12', 'grpc-message': '' }, { endStream: true }),
    /^UnimplementedError: grpc:\S+ has no CreateSession\n {2}fix: /,
  ],
  [
    'a text that is written half as gRPC wants it',
    (stream) => stream.respond({ ...GRPC, 'grpc-status': '16', 'grpc-message': 'no%20entry %zz' }, { endStream: true }),
    /^UnauthenticatedError: no entry %zz$/,
  ],
  [
    'a status that is none',
    (stream) => stream.respond({ ...GRPC, 'grpc-status': 'ok' }, { endStream: true }),
    /^UnknownError: .* with status ok$/,
  ],
  ['an answer without a message', (stream) => whole(stream, Buffer.alloc(0)), /^InternalError: .* that is not whole$/],
  ['half of a message', (stream) => whole(stream, framed(8, 1, 2).subarray(0, 6)), /^InternalError: .* not whole$/],
  ['a message that is compressed', (stream) => whole(stream, Buffer.from([1, 0, 0, 0, 0])), /^InternalError: /],
  ['no session', (stream) => whole(stream, framed()), /^InternalError: The answer to CreateSession .* no session\n/],
  [
    'bytes that are no message',
    (stream) => whole(stream, framed(255, 255, 255)),
    /^InternalError: .* cannot be read: /,
  ],
  ['one that refuses calls', (stream) => stream.close(7), /^UnavailableError: The server refused the call$/],
  [
    'one that goes away',
    (stream) => stream.session?.destroy(),
    /^UnavailableError: Socket closed\n.* hung up before it answered CreateSession\.\n {2}fix: /,
  ],
])('HTTP/2 of %s', async (_, on, wanted) => {
  const server = http2.createServer();
  server.on('sessionError', () => undefined);
  server.on('stream', (stream) => on(stream.on('error', () => undefined)));
  const address = await listening(server);
  expect(await said(address)).toMatch(wanted);
  server.close();
});
test('an address without a port is an error when the session is made', () => {
  for (const address of ['', 'localhost', '127.0.0.1:', 'localhost:abc', 'localhost:70000', 'localhost:1/path', 'h:-1'])
    for (const made of [() => new tf.Session(`grpc://${address}`), () => tf.Session.reset(`grpc://${address}`)]) {
      expect(made).toThrow(tf.errors.InvalidArgumentError);
      expect(made).toThrow(`Could not interpret "${address}" as a host-port pair.`);
    }
  expect(() => new tf.Session('http://localhost:1')).toThrow(tf.errors.NotFoundError);
});
test('what a connection takes no more goes over another one', async () => {
  const server = http2.createServer();
  let connections = 0;
  server.on('session', () => connections++);
  // The first connection refuses what comes behind its first call, as one does that says good-bye.
  server.on('stream', (stream) => {
    stream.on('error', () => undefined);
    if (connections === 1 && stream.id! > 1) stream.close(7);
    else whole(stream, framed(8, 1));
  });
  const channel = new Channel(await listening(server));
  for (let i = 0; i < 3; i++) expect([...(await channel.callLater('RunStep', []))]).toEqual([8, 1]);
  expect(connections).toBe(2);
  channel.close();
  server.close();
});
test('a call that is given up before there is a connection is never sent', async () => {
  const before = net.createServer();
  const address = await listening(before);
  await new Promise((closed) => before.close(closed));
  CONNECT.withinMs = 5000;
  const channel = new Channel(address);
  CONNECT.withinMs = 300;
  const controller = new AbortController();
  const given = channel.callLater('RunStep', [], 0, controller.signal);
  const later = channel.callLater('ListDevices', []);
  controller.abort();
  await expect(given).rejects.toThrow(tf.errors.CancelledError);
  const asked: unknown[] = [];
  const server = http2.createServer();
  server.on('stream', (stream, headers) => {
    asked.push(headers[':path']);
    whole(stream, framed());
  });
  await new Promise<void>((ready) => server.listen(Number(/\d+$/.exec(address)![0]), '127.0.0.1', ready));
  expect([...(await later)]).toEqual([]);
  expect(asked).toEqual(['/tensorflow.MasterService/ListDevices']);
  channel.close();
  server.close();
});
