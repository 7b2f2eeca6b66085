/**
 * Many bytes made few that have the same CRC-32C. What a checksum does to bytes is division of polynomials, in which a
 * byte may be left out where it is added (exclusive or) to three that stand later: the polynomial of CRC-32C divides
 * x^(8·21100) + x^(8·18032) + x^(8·11004) + 1. So all bytes but the last 21,100 go, 16 at a time and without a table.
 */
import { Function_, assemble, functionsOf, i32, v128, wasm } from '../base/assembler';

/** How many bytes are left, and where among them, counted back, a byte is added. */
const SPAN = 21100;
const DELAYS = [SPAN, SPAN - 11004, SPAN - 18032];
/** Bytes that go in a turn of the loop. */
const TURN = 64;
/** Bytes that are copied in at a time: they stay in the processor's second cache. */
const CHUNK = 1 << 17;
/** Where the bytes lie that the others are added to, and behind them those that go on; the latter a multiple of 16. */
const KEPT = 4;
const NEXT = KEPT + SPAN;
const PAGE = 1 << 16;

/** From an address on, so many turns: bytes behind the span get what the delays say. */
function fold(): Function_ {
  const made = new Function_('fold', ['i32', 'i32']);
  const [at, left] = [made.param(0), made.param(1)];
  made.loop(left, () => {
    for (let place = SPAN; place < SPAN + TURN; place += 16) {
      const own = v128.load(4, at.get, place);
      const sum = DELAYS.reduce((x, delay) => v128.xor(x, v128.load(4, at.get, place - delay)), own);
      made.emit(v128.store(4, at.get, sum, place));
    }
    made.emit(at.set(i32.add(at.get, i32.of(TURN))), left.set(i32.sub(left.get, i32.of(1))));
  });
  return made;
}

/**
 * Bytes with the checksum of others: that of the others begins with `crc`, theirs with 0. They hold until the next
 * call.
 */
export type Folding = (bytes: Uint8Array, crc: number) => Uint8Array;
/** @returns  null where the engine has no vectors */
export function makeFolding(): Folding | null {
  const code = assemble([fold()]);
  if (!wasm.validate(code)) return null;
  const memory = new wasm.Memory({ initial: Math.ceil((NEXT + CHUNK) / PAGE) });
  const turns = functionsOf(new wasm.Module(code), memory)('fold');
  const room = new Uint8Array(memory.buffer);
  const words = new Int32Array(memory.buffer);
  return (bytes, crc) => {
    const end = Math.floor((bytes.length - SPAN) / TURN) * TURN;
    room.fill(0, KEPT, NEXT);
    for (let at = 0; at < end; at += CHUNK) {
      const length = Math.min(CHUNK, end - at);
      room.set(bytes.subarray(at, at + length), NEXT);
      if (!at) words[NEXT / 4] ^= crc;
      turns(KEPT, length / TURN);
      room.copyWithin(KEPT, KEPT + length, NEXT + length);
    }
    room.set(bytes.subarray(end), NEXT);
    for (const delay of DELAYS)
      for (let w = 0; w < delay / 4; w++) words[NEXT / 4 + w] ^= words[(NEXT - delay) / 4 + w];
    return room.subarray(NEXT, NEXT + bytes.length - end);
  };
}
