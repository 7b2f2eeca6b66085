/** A connection to a server, tried again and again until it comes about, and why it does not. */
import * as http2 from 'node:http2';
import * as net from 'node:net';
import { codeOf, errorOf } from '../base/thrown';
import { MOST_FRAME, MOST_MEMORY, WINDOW } from './frame';
import { type Place, placeOf } from './place';

/** How often a server that does not listen yet is tried. */
const TRIED_EVERY_MS = 100;
/** How long the network has for one try at least. */
const LEAST_TRY_MS = 1000;
/** How soon the system asks for a peer that says nothing: it is told of nobody's end where a machine went away. */
const ALIVE_MS = 60_000;

const SILENT = 'it takes connections, and has said nothing yet';
const HANGS_UP = 'it takes connections, and closes them at once';
const NO_GRPC = 'what listens there speaks no gRPC';
/** The server hung up before it said a word of HTTP/2. */
class HungUp extends Error {}
/** It said something else. */
class OtherProtocol extends Error {}

/**
 * @param until  when it is given up, by the clock; one try at least is made
 * @param tells  is told why there is no connection yet
 * @throws Error  of the last try
 */
export async function dial(
  address: string,
  until: number,
  tells: (why: string) => void,
): Promise<http2.ClientHttp2Session> {
  for (;;) {
    try {
      return await tried(placeOf(address), Math.max(until - Date.now(), LEAST_TRY_MS), tells);
    } catch (error) {
      if (error instanceof OtherProtocol || Date.now() > until) throw error;
      tells(whyOf(error));
      await new Promise((later) => setTimeout(later, TRIED_EVERY_MS));
    }
  }
}
/** A connection is there once the server has said what gRPC's servers say first. */
function tried(place: Place, withinMs: number, tells: (why: string) => void): Promise<http2.ClientHttp2Session> {
  return new Promise((ready, failed) => {
    const socket = net.connect(place).setKeepAlive(true, ALIVE_MS);
    const late = setTimeout(() => {
      if (socket.connecting) socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }));
    }, withinMs);
    const session = http2.connect('http://server', {
      createConnection: () => socket,
      maxSessionMemory: MOST_MEMORY,
      settings: { initialWindowSize: WINDOW, maxFrameSize: MOST_FRAME, enablePush: false },
    });
    session.once('connect', () => tells(SILENT));
    session.once('remoteSettings', () => {
      session.setLocalWindowSize(WINDOW);
      tells('');
      ready(session);
    });
    session.once('close', () => {
      clearTimeout(late);
      failed(endOf(socket));
    });
    session.on('error', (error) => {
      const code = codeOf(error) ?? '';
      if (code.startsWith('ERR_HTTP2')) failed(new OtherProtocol());
      // Whoever resets a connection was reached.
      else failed(code === 'ECONNRESET' || code === 'EPIPE' ? endOf(socket) : error);
    });
    session.on('goaway', () => session.close());
  });
}
function endOf({ bytesRead }: net.Socket): Error {
  return bytesRead ? new OtherProtocol() : new HungUp();
}
function whyOf(error: unknown): string {
  if (error instanceof OtherProtocol) return NO_GRPC;
  return error instanceof HungUp ? HANGS_UP : codeOf(error) || errorOf(error).message;
}
const A_TARGET = 'a target is the port of tf.train.Server or of tfjs-session serve';
/** What helps, by what the system says. */
function cureOf(error: unknown, { host, port }: Place): string {
  if (error instanceof OtherProtocol) return `is it a web server, or one behind TLS? ${A_TARGET}.`;
  if (error instanceof HungUp)
    return 'is it behind TLS, or the port of a container or a tunnel whose server is not up? A target wants neither.';
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
      return `nothing listens there. npx tfjs-session serve --port ${port} starts a server here.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `no machine is known by the name '${host}'.`;
    default:
      return `'${host}' is not reached: is the name right, and does a firewall let port ${port} through?`;
  }
}
/** What is said of a server to which there is no connection. */
export function unreached(address: string, error: unknown): string {
  const cure = cureOf(error, placeOf(address));
  return `failed to connect to all addresses: ${address}: ${whyOf(error)}\n  fix: ${cure}`;
}
