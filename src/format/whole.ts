/**
 * Whether files are whole before a process loads them: a shared library that was cut short ends the process with a
 * SIGBUS and no word. What is installed is listed by size and hash beside it; any library tells its own length.
 */
import { memberOf } from '../base/thrown';
import { errorOf } from '../base/thrown';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The list's name, in the folder of what it lists. */
const LIST = 'files.json';
interface Listed {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** When it was last written to: a large file is read again only where that has changed. */
  readonly written: number;
}
/** Files up to this size are hashed every time: some milliseconds. */
const SMALL = 4 << 20;

function filesUnder(root: string, at = root): string[] {
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const path = join(at, entry.name);
    return entry.isDirectory() ? filesUnder(root, path) : path === join(root, LIST) ? [] : [path];
  });
}
function hashOf(file: string): string {
  const hash = createHash('sha256');
  const fd = openSync(file, 'r');
  try {
    const block = Buffer.allocUnsafe(1 << 20);
    for (let n = readSync(fd, block); n > 0; n = readSync(fd, block)) hash.update(block.subarray(0, n));
  } finally {
    closeSync(fd);
  }
  return hash.digest('hex');
}

/** Lists the files under a folder, there. */
export function listFiles(root: string): void {
  const listed = filesUnder(root).map((file): Listed => {
    const { size, mtimeMs } = statSync(file);
    return { path: relative(root, file), size, sha256: hashOf(file), written: mtimeMs };
  });
  writeFileSync(join(root, LIST), `${JSON.stringify(listed, null, 1)}\n`);
}
/** Has the disk hold a folder and all that is in it, so that a power failure leaves no empty files. */
export function syncFolder(root: string): void {
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    const path = join(root, entry.name);
    if (entry.isDirectory()) syncFolder(path);
    else if (entry.isFile()) sync(path);
  }
  sync(root);
}
function sync(path: string): void {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return; // Windows opens no folders.
  }
  try {
    fsyncSync(fd);
  } catch {
    // Not every file system can.
  } finally {
    closeSync(fd);
  }
}

/** What is wrong with the files that an addon consists of; null where nothing is. */
export function damageOf(addon: string): string | null {
  const root = dirname(dirname(dirname(addon)));
  const list = join(root, LIST);
  try {
    if (existsSync(list)) return damageOfListed(root, listedIn(list));
    const beside = [dirname(addon), join(root, 'deps', 'lib')].filter((folder) => existsSync(folder));
    for (const file of beside.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))) {
      const cut = statSync(file).isFile() && isCutShort(file);
      if (cut) return `${file} is cut short`;
    }
    return null;
  } catch (error) {
    return errorOf(error).message;
  }
}
/** What a list says; null for a text that is none. */
function listedIn(file: string): readonly Listed[] | null {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
  return Array.isArray(read) && read.length > 0 && read.every(isListed) ? read : null;
}
function isListed(x: unknown): x is Listed {
  if (typeof x !== 'object' || x === null) return false;
  const [path, size, sha256] = ['path', 'size', 'sha256'].map((name) => memberOf(x, name));
  return typeof path === 'string' && typeof size === 'number' && typeof sha256 === 'string';
}
function damageOfListed(root: string, listed: readonly Listed[] | null): string | null {
  if (!listed) return `${join(root, LIST)} is not the list of files that was installed`;
  for (const { path, size, sha256, written } of listed) {
    const file = join(root, path);
    const now = statSync(file, { throwIfNoEntry: false });
    // What is gone, the loader tells: it may be a library that another program brought.
    if (!now) continue;
    if (now.size !== size) return `${file} has ${now.size} bytes, and was installed with ${size}`;
    if ((size <= SMALL || now.mtimeMs !== written) && hashOf(file) !== sha256)
      return `${file} is not as it was installed (its SHA-256 is another)`;
  }
  return null;
}
/** An ELF file whose last table, the sections', lies beyond its end. Of other files nothing is said. */
export function isCutShort(file: string): boolean {
  const head = Buffer.alloc(64);
  const fd = openSync(file, 'r');
  try {
    const read = readSync(fd, head, 0, 64, 0);
    const isElf64 = head.readUInt32BE(0) === 0x7f454c46 && head[4] === 2 && head[5] === 1;
    if (!isElf64) return false;
    if (read < 64) return true;
    const end = Number(head.readBigUInt64LE(0x28)) + head.readUInt16LE(0x3a) * head.readUInt16LE(0x3c);
    return end > statSync(file).size;
  } finally {
    closeSync(fd);
  }
}
