/** What came of a call, as a status of gRPC: its own, or one that stands for what HTTP/2 says. */
import * as http2 from 'node:http2';
import { joinedParts, sizeOfParts } from '../format/parts';
import { PREFIX } from './frame';
import type { Status } from './status';

/** What was heard of a call until its end. */
export interface Heard {
  readonly method: string;
  /** `host:port` */
  readonly address: string;
  readonly chunks: readonly Buffer[];
  /** Of the answer; null where none began. */
  readonly headers: http2.IncomingHttpHeaders | null;
  readonly trailers: http2.IncomingHttpHeaders;
  readonly session: http2.ClientHttp2Session;
  readonly stream: http2.ClientHttp2Stream;
}
export const CODES = {
  cancelled: 1,
  unknown: 2,
  deadlineExceeded: 4,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
};
const A_TARGET = 'a target is the port of tf.train.Server or of tfjs-session serve';
/** As gRPC maps them. */
const OF_HTTP = new Map<number, number>([
  [400, CODES.internal],
  [401, CODES.unauthenticated],
  [403, CODES.permissionDenied],
  [404, CODES.unimplemented],
  [429, CODES.unavailable],
  [502, CODES.unavailable],
  [503, CODES.unavailable],
  [504, CODES.unavailable],
]);
const OF_RESET = new Map<number, Status>([
  [http2.constants.NGHTTP2_CANCEL, { code: CODES.cancelled, message: 'Cancelled' }],
  [http2.constants.NGHTTP2_REFUSED_STREAM, { code: CODES.unavailable, message: 'The server refused the call' }],
  [http2.constants.NGHTTP2_ENHANCE_YOUR_CALM, { code: CODES.resourceExhausted, message: 'Bandwidth exhausted' }],
]);
/** Why a call that is over has no message to give; null where it has one. */
export function failureOf(heard: Heard): Status | null {
  const { method, address, trailers, chunks } = heard;
  const status = trailers['grpc-status'];
  if (status === undefined) return withoutStatus(heard);
  const answered = `grpc://${address} answered ${method}`;
  if (status === '0')
    return isWhole(chunks) ? null : { code: CODES.internal, message: `${answered} with a message that is not whole` };
  const code = Number(/^[1-9]\d*$/.exec(String(status))?.[0] ?? CODES.unknown);
  const message = decodeURI8(String(trailers['grpc-message'] ?? ''));
  if (message) return { code, message };
  const isStranger = code === CODES.unimplemented;
  return {
    code,
    message: isStranger
      ? `grpc://${address} has no ${method}\n  fix: it speaks gRPC, and has no sessions of TensorFlow's: ${A_TARGET}.`
      : `${answered} with status ${String(status)}`,
  };
}
/** Node ends a stream as cancelled as well where its connection is lost. */
function withoutStatus({ method, address, headers, session, stream }: Heard): Status {
  const http = Number(headers?.[':status'] ?? 200);
  const isLost = session.closed || session.destroyed;
  if (http === 200) {
    if (isLost || stream.rstCode || !headers)
      return (
        (!isLost && OF_RESET.get(stream.rstCode ?? 0)) || { code: CODES.unavailable, message: hungUp(address, method) }
      );
  }
  const what =
    http === 200
      ? `grpc://${address} answered ${method} without a status of gRPC`
      : `Received http2 header with status: ${http}`;
  return { code: OF_HTTP.get(http) ?? CODES.unknown, message: `${what}\n  fix: is it a web server? ${A_TARGET}.` };
}
export function hungUp(address: string, method: string): string {
  return (
    `Socket closed\n  grpc://${address} hung up before it answered ${method}.\n` +
    '  fix: does it still run, and what did it say last? A step that takes more memory than there is ends it.'
  );
}
/** Whether all of the message is there that its prefix tells of. */
export function isWhole(chunks: readonly Buffer[]): boolean {
  const [first] = chunks;
  return first?.length >= PREFIX && first[0] === 0 && sizeOfParts(chunks) === PREFIX + first.readUInt32BE(1);
}
/** What comes behind the prefix, in memory that can be handed over. */
export function messageOf([first, ...others]: readonly Buffer[]): Uint8Array {
  return joinedParts([first.subarray(PREFIX), ...others]);
}
/** gRPC's texts: bytes of UTF-8 behind percent signs. */
function decodeURI8(text: string): string {
  return text.replace(/(%[\da-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
}
