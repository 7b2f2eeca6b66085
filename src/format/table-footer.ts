/** How a table ends. */
import { Input } from './input';

export const MAGIC = 0xdb4775248b80fb57n;
/** Two handles of blocks, padded, and the magic number. */
export const FOOTER = 48;

/** Whether a file ends as a table does. */
export function isTable(path: string): boolean {
  const file = new Input(path);
  try {
    const end = Buffer.alloc(8);
    return file.size >= FOOTER && file.read(end, file.size - 8) && end.readBigUInt64LE() === MAGIC;
  } finally {
    file.close();
  }
}
