/** Archives of arrays, as NumPy writes them (record/npz.py), whole and damaged. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isZip, readNpz } from '../../src/format/npz';

const FILES = Object.entries(
  JSON.parse(readFileSync(join(__dirname, '../fixtures/npz.json'), 'utf8')) as Readonly<Record<string, string>>,
).map(([name, text]): [string, Buffer] => [name, Buffer.from(text, 'base64')]);
const a = [
  [0, 1, 2],
  [3, 4, 5],
];
const y = [
  [0, 1],
  [2, 3],
];

test.each(FILES)('%s', (name, bytes) => {
  expect(isZip(bytes)).toBe(true);
  const found = [...readNpz(bytes, 'x.npz')].map(([key, array]) => [key, array.dtype.name, array.toArray()]);
  const others: Readonly<Record<string, readonly unknown[]>> = {
    one: [],
    two: [['y', 'float32', y]],
    three: [
      ['b', 'int64', [1, -2]],
      ['c', 'string', ['x', 'yz']],
    ],
  };
  expect(found).toEqual([['a', 'float32', a], ...others[name.split(' ')[1]]]);
});
test.each(FILES)('%s, cut off or with a byte changed: an error that names the file, or the same arrays', (_, bytes) => {
  const whole = String([...readNpz(bytes, 'x.npz').values()]);
  const read = (part: Buffer): string => {
    try {
      return String([...readNpz(part, 'x.npz').values()]);
    } catch (error) {
      expect(error).toMatchObject({ name: expect.stringMatching(/^(DataLoss|Unimplemented|Value)Error$/) as string });
      return (error as Error).message;
    }
  };
  for (let length = 0; length < bytes.length; length += 7) expect(read(bytes.subarray(0, length))).toMatch(/^x\.npz: /);
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] ^= 1 << (at % 8);
    const said = read(changed);
    // Names and times are not checked by anything.
    if (said !== whole) expect(said).toMatch(/^x\.npz: |^\[/);
  }
});
