/** Datasets of what is in files: their lines, their records, their pieces of one length. */
import { bytesToText } from '../../base/bytes';
import { string } from '../../base/dtype';
import { asTexts } from '../../base/elements';
import { claim } from '../../base/room';
import type { Compression } from '../../format/compression';
import type { Source } from '../../format/records';
import { KernelError, type KernelNode, Value, invalid } from '../kernel';
import { type Cursor, Dataset, type DatasetKind, END, LATER, type Pass, type Pulled } from './dataset';
import { numberIn } from './dataset-sources';
import { onFiles } from './on-files';
import { TensorShape } from '../../base/shape';

const records = () => require('../../format/records') as typeof import('../../format/records');
const errors = () => require('../../base/errors') as typeof import('../../base/errors');

const PATHS = 'paths begin in the folder in which the program was started';
const CURES = {
  NotFound: PATHS,
  FailedPrecondition: PATHS,
  DataLoss: 'write the file anew, or leave it out; compression_type says how it is packed',
};
/** What is in one file. */
interface Contents {
  /** The next of it; null where there is none. */
  next(): Uint8Array | null;
  close(): void;
}
interface Files {
  readonly names: readonly string[];
  /** @param path  where it is; @param cursor  the name of who goes through it, for messages */
  open(path: string, cursor: string): Contents;
  /** Behind an error the next file follows; without this, the same again. */
  readonly goesOn: boolean;
}
class InFiles implements Cursor {
  private at = 0;
  private contents: Contents | null = null;
  constructor(
    private readonly files: Files,
    private readonly pass: Pass,
    private readonly path: string,
  ) {}
  next(): Pulled {
    const { names } = this.files;
    for (; this.at < names.length; this.close()) {
      if (this.pass.isLate()) return LATER;
      const found = this.read(names[this.at]);
      if (found) return this.pass.charge([new Value(string, [], [bytesToText(found)])]);
    }
    return END;
  }
  private read(name: string): Uint8Array | null {
    const path = this.pass.run.resources.fileAt(name);
    try {
      const contents = (this.contents ??= onFiles(() => this.files.open(path, this.path), CURES));
      return onFiles(() => contents.next(), CURES);
    } catch (error) {
      if (this.contents && this.files.goesOn) this.close();
      throw named(error, path);
    }
  }
  /** Goes on to the next file. */
  private close(): void {
    this.dispose();
    this.at++;
  }
  dispose(): void {
    this.contents?.close();
    this.contents = null;
  }
}
/** What is wrong with a file, without its name: TensorFlow says none. */
function named(error: unknown, path: string): unknown {
  const end = `; ${path}`;
  if (!(error instanceof KernelError) || error.code !== 'DataLoss' || !error.message.endsWith(end)) return error;
  const cure = `${path}: ${CURES.DataLoss}`;
  return new KernelError(error.code, error.message.slice(0, -end.length), cure);
}
const kind = (type: string): DatasetKind<Files> => ({
  type,
  open: ({ settings }, pass, path) => new InFiles(settings, pass, path),
});
const SIGNATURE = { types: [string], shapes: [new TensorShape([])] };

// --- what the inputs say --------------------------------------------------------------------------------------------

function namesIn(value: Value): readonly string[] {
  if (value.shape.length > 1) invalid('`filenames` must be a scalar or a vector.');
  return asTexts(value.read());
}
function textIn(value: Value, name: string): string {
  if (value.shape.length) invalid(`${name} must be a scalar`);
  return asTexts(value.read())[0];
}
const isPacking = (text: string): text is Compression => ['', 'GZIP', 'ZLIB'].includes(text);
function packingIn(value: Value | undefined): Compression {
  const text = value ? textIn(value, 'compression_type') : '';
  return isPacking(text) ? text : invalid('Unsupported compression_type.');
}
function sizeIn(value: Value, name: string, wanted: string, least = 0n): number {
  const size = numberIn(value, name);
  return size < least ? invalid(`\`${name}\` must be ${wanted}`) : Number(size);
}

// --- lines ----------------------------------------------------------------------------------------------------------

const [NEWLINE, RETURN] = [10, 13];
function linesOf(source: Source): Contents {
  let piece: Uint8Array = new Uint8Array(0);
  let behind = 0;
  const next = (): Uint8Array | null => {
    const parts: Uint8Array[] = [];
    for (let length = 0; ; ) {
      const end = piece.indexOf(NEWLINE);
      parts.push(piece.subarray(0, end < 0 ? undefined : end));
      length += parts[parts.length - 1].length;
      claim(length, 1, 'string', []);
      piece = end < 0 ? piece.subarray(piece.length) : piece.subarray(end + 1);
      if (end >= 0) return withoutReturns(parts);
      const more = source.piece(behind);
      if (!more) return withoutReturns(parts, true);
      behind += more.length;
      piece = more;
    }
  };
  return { next, close: () => source.close() };
}
/** A line: nothing is no line at the end. */
function withoutReturns(parts: readonly Uint8Array[], isLast = false): Uint8Array | null {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = parts.length === 1 ? parts[0] : records().joined(parts, length);
  const line = whole.includes(RETURN) ? whole.filter((byte) => byte !== RETURN) : whole;
  return isLast && !line.length ? null : line;
}
const TEXT_LINE = kind('TextLine');
export function textLineDataset([names, packing, size]: readonly Value[]): Dataset {
  const paths = namesIn(names);
  const packed = packingIn(packing);
  sizeIn(size, 'buffer_size', '>= 0 (0 == default)');
  const open = (path: string): Contents => linesOf(records().sourceOf(path, packed, true));
  return new Dataset(TEXT_LINE, { names: paths, open, goesOn: false }, [], SIGNATURE);
}

// --- records --------------------------------------------------------------------------------------------------------

const TF_RECORD = kind('TFRecord');
export function tfRecordDataset([names, packing, size]: readonly Value[]): Dataset {
  const paths = namesIn(names);
  const said = textIn(packing, 'compression_type');
  const packed = isPacking(said) ? said : '';
  sizeIn(size, 'buffer_size', '>= 0 (0 == no buffering)');
  const open = (path: string): Contents => {
    const { DataLossError } = errors();
    const { recordsOf, sourceOf } = records();
    const all = recordsOf(sourceOf(path, packed, true), (what) => new DataLossError(null, what), true);
    return { next: () => all.next().value ?? null, close: () => void all.return() };
  };
  return new Dataset(TF_RECORD, { names: paths, open, goesOn: true }, [], SIGNATURE);
}

// --- pieces of one length -------------------------------------------------------------------------------------------

interface Lengths {
  readonly header: number;
  readonly record: number;
  readonly footer: number;
}
function misfit(code: 'InvalidArgument' | 'DataLoss', path: string, size: number, at: Lengths): never {
  const body = BigInt.asUintN(64, BigInt(size) - BigInt(at.header + at.footer));
  throw new KernelError(
    code,
    `Excluding the header (${at.header} bytes) and footer (${at.footer} bytes), input file "${path}" has body length ` +
      `${body} bytes, which is not an exact multiple of the record length (${at.record} bytes).`,
  );
}
function checkBody(size: number, path: string, lengths: Lengths): void {
  const body = BigInt.asUintN(64, BigInt(size - lengths.header - lengths.footer));
  if (body % BigInt(lengths.record)) misfit('InvalidArgument', path, size, lengths);
}
function short(cursor: string): never {
  throw new KernelError(
    'Internal',
    `Iterator "${cursor}" returned \`OutOfRange\`. This indicates an implementation error as \`OutOfRange\` errors ` +
      'are not expected to be returned here. Original message: Read less bytes than requested',
    'a file is shorter than header_bytes and footer_bytes say.',
  );
}
/** A record is known to be one when the footer is read behind it. */
function piecesOf(source: Source, path: string, lengths: Lengths, cursor: string): Contents {
  const { header, record, footer } = lengths;
  let at = header + footer;
  let held: Uint8Array | null = null;
  let isOver = false;
  const first = (): Uint8Array => {
    const found = source.endsAt(header - 1) ? null : source.bytes(header, footer);
    isOver = !found;
    return found ?? short(cursor);
  };
  const next = (): Uint8Array | null => {
    if (isOver) return null;
    held ??= first();
    const more = source.bytes(at, record);
    if (!more) {
      isOver = true;
      const size = source.size();
      return size > at ? misfit('DataLoss', path, size, lengths) : null;
    }
    at += record;
    const bytes = records().joined([held, more], held.length + more.length);
    held = bytes.subarray(record);
    return bytes.subarray(0, record);
  };
  return { next, close: () => source.close() };
}
const FIXED_LENGTH = kind('FixedLengthRecord');
const FIXED_LENGTH_V2 = kind('FixedLengthRecordV2');
export function fixedLengthRecordDataset(given: readonly Value[], node: KernelNode): Dataset {
  const paths = namesIn(given[0]);
  const lengths = {
    header: sizeIn(given[1], 'header_bytes', '>= 0'),
    record: sizeIn(given[2], 'record_bytes', '> 0', 1n),
    footer: sizeIn(given[3], 'footer_bytes', '>= 0'),
  };
  sizeIn(given[4], 'buffer_size', '>= 0');
  const packed = packingIn(given[5]);
  const open = (path: string, cursor: string): Contents => {
    const source = records().sourceOf(path, packed, true);
    try {
      if (!packed) checkBody(source.size(), path, lengths);
      return piecesOf(source, path, lengths, cursor);
    } catch (error) {
      source.close();
      throw error;
    }
  };
  const type = node.type.endsWith('V2') ? FIXED_LENGTH_V2 : FIXED_LENGTH;
  return new Dataset(type, { names: paths, open, goesOn: false }, [], SIGNATURE);
}
