/** A call as the bytes of HTTP/2, frame by frame, with something changed that no client would send. */
import type { Choices } from '../random';
import { LARGE, changed, noise } from '../files/mutations';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const TYPE = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  push: 5,
  ping: 6,
  goaway: 7,
  window: 8,
  more: 9,
};
const [END_STREAM, END_HEADERS] = [1, 4];

function frame(type: number, flags: number, stream: number, payload: Uint8Array, length = payload.length): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(length & 0xffffff, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream >>> 0, 5);
  return Buffer.concat([head, payload]);
}
/** HPACK without tables: each name and value as it is. */
function headerBlock(headers: readonly (readonly [name: string, value: string])[]): Buffer {
  const text = (value: string): Buffer => {
    const bytes = Buffer.from(value, 'latin1');
    const { length } = bytes;
    if (length < 127) return Buffer.concat([Buffer.of(length), bytes]);
    const more: number[] = [];
    for (let left = length - 127; ; left >>= 7) {
      more.push(left > 127 ? (left & 127) | 128 : left);
      if (left <= 127) return Buffer.concat([Buffer.of(127), Buffer.from(more), bytes]);
    }
  };
  return Buffer.concat(headers.map(([name, value]) => Buffer.concat([Buffer.of(0), text(name), text(value)])));
}
const headersOf = (method: string): (readonly [string, string])[] => [
  [':method', 'POST'],
  [':scheme', 'http'],
  [':path', `/tensorflow.MasterService/${method}`],
  [':authority', 'localhost'],
  ['content-type', 'application/grpc'],
  ['te', 'trailers'],
];
/** The frames of a call of gRPC's. */
export function callFrames(method: string, message: Uint8Array, stream = 1): Buffer[] {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  const body = Buffer.concat([prefix, message]);
  const data: Buffer[] = [];
  for (let at = 0; at < body.length; at += 16_384) {
    const last = at + 16_384 >= body.length;
    data.push(frame(TYPE.data, last ? END_STREAM : 0, stream, body.subarray(at, at + 16_384)));
  }
  return [frame(TYPE.headers, END_HEADERS, stream, headerBlock(headersOf(method))), ...data];
}
export const opening = (): Buffer[] => [PREFACE, frame(TYPE.settings, 0, 0, Buffer.of())];

const repeated = (count: number, each: (i: number) => Buffer): Buffer[] =>
  Array.from({ length: count }, (_, i) => each(i));
/** A list with others in the place of some. */
const instead = <T>(list: readonly T[], at: number, without: number, ...more: T[]): T[] => [
  ...list.slice(0, at),
  ...more,
  ...list.slice(at + without),
];
const stream = (choices: Choices): number => choices.of([0, 1, 2, 3, 5, 2 ** 31 - 1, 2 ** 31, choices.int(0, 99)]);
type Change = (frames: Buffer[], choices: Choices) => Buffer[];
/** What one frame more, less or other makes of a call. */
const CHANGES: Readonly<Record<string, Change>> = {
  'a frame that lies about its length': (frames, choices) => {
    const at = choices.int(1, frames.length - 1);
    const lie = Buffer.from(frames[at]);
    lie.writeUIntBE(choices.of([0, 1, 2 ** 14, 2 ** 14 + 1, 2 ** 24 - 1, choices.int(0, 200)]), 0, 3);
    return instead(frames, at, 1, lie);
  },
  'a frame of another type, with other flags or of another stream': (frames, choices) => {
    const at = choices.int(1, frames.length - 1);
    const other = Buffer.from(frames[at]);
    if (choices.chance(0.5)) other[3] = choices.int(0, 12);
    if (choices.chance(0.5)) other[4] = choices.int(0, 255);
    if (choices.chance(0.5)) other.writeUInt32BE(stream(choices), 5);
    return instead(frames, at, 1, other);
  },
  'frames in each other’s place': (frames, choices) => [frames[0], ...choices.shuffled(frames.slice(1))],
  'a frame less': (frames, choices) => instead(frames, choices.int(0, frames.length - 1), 1),
  'a frame twice': (frames, choices) => {
    const at = choices.int(0, frames.length - 1);
    return instead(frames, at, 0, frames[at]);
  },
  'a frame of anything': (frames, choices) =>
    instead(
      frames,
      choices.int(1, frames.length),
      0,
      frame(choices.int(0, 12), choices.int(0, 255), stream(choices), noise(choices, 60)),
    ),
  'windows that overflow': (frames, choices) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(choices.of([0, 1, 2 ** 31 - 1, 2 ** 32 - 1]));
    return [
      ...frames.slice(0, 3),
      ...repeated(3, () => frame(TYPE.window, 0, choices.int(0, 1), size)),
      ...frames.slice(3),
    ];
  },
  'settings that nobody means': (frames, choices) => {
    const settings = repeated(choices.of([1, 3, 200]), () => {
      const one = Buffer.alloc(6);
      one.writeUInt16BE(choices.int(0, 9));
      one.writeUInt32BE(Number(choices.of(LARGE) & 0xffffffffn), 2);
      return one;
    });
    return instead(frames, 2, 0, frame(TYPE.settings, 0, 0, Buffer.concat(settings)));
  },
  'many settings and pings': (frames, choices) =>
    instead(
      frames,
      2,
      0,
      ...repeated(choices.int(10, 3000), (i) =>
        frame(i % 2 ? TYPE.ping : TYPE.settings, 0, 0, Buffer.alloc(i % 2 ? 8 : 0)),
      ),
    ),
  'calls that are taken back at once': (frames, choices) => [
    ...frames.slice(0, 2),
    ...repeated(choices.int(10, 1000), (i) =>
      Buffer.concat([
        callFrames('RunStep', Buffer.of(), 2 * i + 1)[0],
        frame(TYPE.reset, 0, 2 * i + 1, Buffer.of(0, 0, 0, 8)),
      ]),
    ),
  ],
  'many calls that are half sent': (frames, choices) => [
    ...frames.slice(0, 2),
    ...repeated(choices.int(10, 300), (i) => callFrames('RunStep', Buffer.of(), 2 * i + 1)[0]),
  ],
  'headers without end': (frames, choices) => [
    ...frames.slice(0, 2),
    frame(TYPE.headers, 0, 1, headerBlock(headersOf('RunStep'))),
    ...repeated(choices.int(1, 500), () =>
      frame(TYPE.more, 0, 1, headerBlock([['x', 'y'.repeat(choices.int(0, 4000))]])),
    ),
  ],
  'headers of anything': (frames, choices) =>
    instead(frames, 2, 1, frame(TYPE.headers, END_HEADERS, 1, noise(choices, 300))),
  'other headers': (frames, choices) => {
    const headers = headersOf(choices.of(['RunStep', 'Reset/..', 'é', '']));
    const at = choices.int(0, headers.length - 1);
    const value = choices.of(['', '\0', 'x'.repeat(60_000), 'application/grpc+x', '99999999H', '-1S', '1n']);
    const more = choices.of([':path', 'grpc-timeout', 'grpc-encoding', 'content-length', 'te', ':status', '']);
    const others = choices.chance(0.5)
      ? instead(headers, at, 1, [headers[at][0], value])
      : [...headers, [more, value] as const];
    return instead(frames, 2, 1, frame(TYPE.headers, END_HEADERS, 1, headerBlock(others).subarray(0, 16_384)));
  },
  'bytes changed anywhere': (frames, choices) => [changed(Buffer.concat(frames), choices).bytes],
  'another protocol': (_, choices) => [
    choices.of([
      Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
      Buffer.from(
        'GET / HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n',
      ),
      Buffer.from('\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03', 'latin1'),
      noise(choices, 3000),
      Buffer.of(),
    ]),
  ],
};
export function mutatedFrames(
  frames: Buffer[],
  choices: Choices,
): { readonly frames: Buffer[]; readonly what: string } {
  const what = choices.of(Object.keys(CHANGES));
  return { frames: CHANGES[what](frames, choices), what };
}
