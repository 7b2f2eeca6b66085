/** Messages in which something is changed as deep inside as one likes, and their lengths with it, or not. */
import type { Choices } from '../random';
import { LARGE, changed, spliced, varint } from '../files/mutations';

interface Piece {
  readonly tag: number;
  readonly at: number;
  readonly end: number;
  /** What stands behind the tag, and behind the length where there is one. */
  readonly from: number;
}
export interface Mutated {
  readonly bytes: Buffer;
  readonly what: string;
}
const LENGTH = 2;
const DEEPEST = 12;

function numberAt(bytes: Buffer, at: number): { readonly value: number; readonly end: number } | null {
  let value = 0;
  for (let end = at, scale = 1; end < bytes.length && end < at + 10; end++, scale *= 128) {
    value += (bytes[end] & 127) * scale;
    if (bytes[end] < 128) return { value, end: end + 1 };
  }
  return null;
}
/** The fields of a message; null where the bytes are none. */
function piecesOf(bytes: Buffer): Piece[] | null {
  const pieces: Piece[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = numberAt(bytes, at);
    if (!tag || tag.value < 8) return null;
    const wire = tag.value & 7;
    const length = wire === LENGTH ? numberAt(bytes, tag.end) : null;
    const from = length?.end ?? tag.end;
    const size = wire === 1 ? 8 : wire === 5 ? 4 : length ? length.value : null;
    const end = wire === 0 ? (numberAt(bytes, from)?.end ?? Infinity) : size === null ? Infinity : from + size;
    if (end > bytes.length) return null;
    pieces.push({ tag: tag.value, at, end, from });
    at = end;
  }
  return pieces;
}
const isList = ({ tag }: Piece): boolean => (tag & 7) === LENGTH;
const framed = (tag: number, inside: Uint8Array): Buffer =>
  Buffer.concat([varint(BigInt(tag)), varint(BigInt(inside.length)), inside]);

type Change = (bytes: Buffer, piece: Piece, pieces: readonly Piece[], choices: Choices) => Buffer;
const without = (bytes: Buffer, { at, end }: Piece, more: Uint8Array): Buffer => spliced(bytes, at, end - at, more);
const CHANGES: Readonly<Record<string, Change>> = {
  'left out': (bytes, piece) => without(bytes, piece, Buffer.of()),
  twice: (bytes, { at, end }) => spliced(bytes, end, 0, bytes.subarray(at, end)),
  'in the place of another': (bytes, piece, pieces, choices) => {
    const other = choices.of(pieces);
    return without(bytes, other, bytes.subarray(piece.at, piece.end));
  },
  'with another number': (bytes, piece, _, choices) => {
    const value = varint(choices.of([0n, 1n, 2n, 3n, 9n, BigInt(choices.int(0, 300)), ...LARGE]));
    const inside = isList(piece) ? framed(piece.tag, value) : Buffer.concat([varint(BigInt(piece.tag)), value]);
    return without(bytes, piece, inside);
  },
  'that lies about its length': (bytes, piece, _, choices) =>
    isList(piece)
      ? without(
          bytes,
          piece,
          Buffer.concat([varint(BigInt(piece.tag)), varint(choices.of(LARGE)), bytes.subarray(piece.from, piece.end)]),
        )
      : without(bytes, piece, framed(piece.tag, bytes.subarray(piece.from, piece.end))),
  'as another field': (bytes, piece, _, choices) =>
    without(
      bytes,
      piece,
      Buffer.concat([
        varint(BigInt(choices.int(1, 20) * 8 + (choices.chance(0.7) ? piece.tag & 7 : choices.int(0, 7)))),
        bytes.subarray(numberAt(bytes, piece.at)?.end ?? piece.from, piece.end),
      ]),
    ),
  'a thousand times': (bytes, { at, end }) =>
    spliced(
      bytes,
      end,
      0,
      Buffer.concat(new Array<Uint8Array>(1000).fill(bytes.subarray(at, Math.min(end, at + 1000)))),
    ),
  'inside itself': (bytes, piece, _, choices) => {
    let inside = bytes.subarray(piece.at, piece.end);
    for (let i = choices.of([1, 5, 120]); i > 0; i--)
      inside = framed(isList(piece) ? piece.tag : piece.tag | 2, inside);
    return without(bytes, piece, inside);
  },
};

/** One change somewhere inside. */
export function mutatedMessage(bytes: Buffer, choices: Choices, depth = 0): Mutated {
  const pieces = piecesOf(bytes);
  if (!pieces?.length || choices.chance(0.04)) return changed(bytes, choices);
  const piece = choices.of(pieces);
  if (isList(piece) && depth < DEEPEST && choices.chance(0.85)) {
    const { bytes: inside, what } = mutatedMessage(bytes.subarray(piece.from, piece.end), choices, depth + 1);
    return { bytes: without(bytes, piece, framed(piece.tag, inside)), what: `${piece.tag >> 3}.${what}` };
  }
  const how = choices.of(Object.keys(CHANGES));
  return { bytes: CHANGES[how](bytes, piece, pieces, choices), what: `${piece.tag >> 3} ${how}` };
}
/** One or several. */
export function mutations(bytes: Buffer, choices: Choices): Mutated {
  let { bytes: out, what } = mutatedMessage(bytes, choices);
  while (choices.chance(0.3)) {
    const again = mutatedMessage(out, choices);
    [out, what] = [again.bytes, `${what}, ${again.what}`];
  }
  return { bytes: out, what };
}
