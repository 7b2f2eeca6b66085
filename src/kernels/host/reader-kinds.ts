/** What each kind of reader makes of a name. The formats are loaded with the first of them. */
import { bytesToText } from '../../base/bytes';
import { type KernelNode, KernelError, attr, invalid } from '../kernel';
import type { FileAccess } from '../resources';
import { onFiles } from './on-files';
import type { Entry, Work } from './reader';

const files = () => require('../../format/files') as typeof import('../../format/files');
const lines = () => require('../../format/lines') as typeof import('../../format/lines');
const records = () => require('../../format/records') as typeof import('../../format/records');

const PATHS = 'the queue of the reader gives paths of files: they begin in the folder in which the program was started';
const CURES = {
  NotFound: PATHS,
  FailedPrecondition: PATHS,
  DataLoss:
    'write the file anew, or leave its name out of the queue; compressionType and encoding say how it is packed',
};
const reading = <T>(body: () => T): T => onFiles(body, CURES);

type Open = (name: string, fileAt: FileAccess) => Work;
/** A kind of reader, under its op type without the version. */
export interface ReaderKind {
  readonly type: string;
  readonly keepsState: boolean;
  /** @throws InvalidArgument  for attributes that no reader has */
  opening(node: KernelNode): Open;
}

const once = (next: () => Entry): Work => {
  let isOver = false;
  return {
    next() {
      if (isOver) return null;
      const entry = next();
      isOver = true;
      return entry;
    },
    close() {},
  };
};
export const IDENTITY: ReaderKind = {
  type: 'IdentityReader',
  keepsState: true,
  opening: () => (name) => once(() => ({ key: name, value: name, isLast: true })),
};
export const WHOLE_FILE: ReaderKind = {
  type: 'WholeFileReader',
  keepsState: true,
  opening: () => (name, fileAt) =>
    once(() => {
      const value = bytesToText(reading(() => files().readWhole(fileAt(name))));
      return { key: name, value, isLast: true };
    }),
};
export const TEXT_LINE: ReaderKind = {
  type: 'TextLineReader',
  keepsState: false,
  opening(node) {
    const skipped = attr(node, 'skip_header_lines', 'int');
    return (name, fileAt) => {
      const from = reading(() => new (lines().Lines)(fileAt(name)));
      let line = 0;
      while (line < skipped && from.next()) line++;
      return {
        next() {
          const bytes = reading(() => from.next());
          return bytes && { key: `${name}:${++line}`, value: bytesToText(bytes) };
        },
        close: () => from.close(),
      };
    };
  },
};

/** A size in bytes. @throws InvalidArgument  for one below 0 */
function bytesOf(node: KernelNode, name: string): number {
  const size = attr(node, name, 'int');
  if (size < 0) invalid(`${name} must be >= 0 not ${size}`);
  return size;
}
export const FIXED_LENGTH: ReaderKind = {
  type: 'FixedLengthRecordReader',
  keepsState: false,
  opening(node) {
    const header = bytesOf(node, 'header_bytes');
    const length = bytesOf(node, 'record_bytes');
    const footer = bytesOf(node, 'footer_bytes');
    const hop = bytesOf(node, 'hop_bytes') || length;
    const encoding = node.type.endsWith('V2') ? attr(node, 'encoding', 'string') : '';
    const packed = encoding === 'GZIP' || encoding === 'ZLIB' ? encoding : '';
    return (name, fileAt) =>
      reading(() => {
        const from = records().sourceOf(fileAt(name), packed);
        let count = 0;
        if (header && !from.bytes(0, header)) {
          from.close();
          throw new KernelError('OutOfRange', 'reached end of file', `${name} is shorter than headerBytes, ${header}`);
        }
        return {
          next: () =>
            reading(() => {
              const record = from.bytes(header + count * hop, length + footer);
              return record && { key: `${name}:${count++}`, value: bytesToText(record.subarray(0, length)) };
            }),
          close: () => from.close(),
        };
      });
  },
};
export const TF_RECORD: ReaderKind = {
  type: 'TFRecordReader',
  keepsState: false,
  opening(node) {
    const compression = attr(node, 'compression_type', 'string');
    const packed = compression === 'GZIP' || compression === 'ZLIB' ? compression : '';
    return (name, fileAt) => {
      const path = fileAt(name);
      const all = records().recordsIn(path, packed);
      // A file that is not there says so before anything of it is read.
      if (!files().isFile(path)) reading(() => files().readWhole(path));
      let at = 0;
      let failed: unknown = null;
      return {
        next() {
          if (failed) throw failed;
          try {
            const { done, value } = reading(() => all.next());
            if (done) return null;
            const key = `${name}:${at}`;
            at += records().framed(value.length);
            return { key, value: bytesToText(value) };
          } catch (error) {
            // Nothing is read behind it.
            failed = error;
            throw error;
          }
        },
        close: () => void all.return(),
      };
    };
  },
};
