/**
 * Every field of every message that files and requests have, against TensorFlow 1.15.5: what it wrote is read and
 * written again to the byte, and the text is Python's, both ways. `test/fixtures/record/messages.py` made the fixture.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Message } from '../../src/format/message';
import { bytesOf, textOf } from '../../src/format/text-format';

const RECORDED = Object.entries(
  JSON.parse(readFileSync(join(__dirname, '../fixtures/messages.json'), 'utf8')) as Record<string, [string, string][]>,
);
const FORMAT = join(__dirname, '../../src/format');
/** Tables by TensorFlow's names; of some there is one for bytes, whose parts stay bytes, and one for text. */
const TABLES = new Map<string, Message[]>();
for (const file of readdirSync(FORMAT))
  for (const table of Object.values(require(join(FORMAT, file)) as object))
    if (table instanceof Message) TABLES.set(table.name, [...(TABLES.get(table.name) ?? []), table]);

/** Their parts are kept as bytes here, and so are they themselves in files and collections. */
const WITHOUT_TEXT = ['CondContextDef', 'WhileContextDef', 'SavedTensorSlices'];

describe.each(RECORDED)('%s', (name, recorded) => {
  const tables = TABLES.get(name)!;
  test.each(recorded)('bytes, both ways, and no field is unknown', (base64) => {
    for (const table of tables) {
      const message = table.read(Buffer.from(base64, 'base64'));
      expect(Buffer.from(table.write(message)).toString('base64')).toBe(base64);
      expect(message.unknown).toHaveLength(0);
    }
  });
  if (WITHOUT_TEXT.includes(name)) return;
  test.each(recorded)('text, both ways', (base64, text) => {
    const shown = tables.map((table) => textOf(table, Buffer.from(base64, 'base64')));
    const at = Math.max(0, shown.indexOf(text));
    expect(shown[at]).toBe(text);
    // Numbers of a list stand one by one in a text, and may so in bytes.
    const message = tables[at].read(bytesOf(tables[at], text));
    expect(Buffer.from(tables[at].write(message)).toString('base64')).toBe(base64);
  });
});
