/** Files for pprof: what lines of the program, and what they called, made and took. */
import { path } from '../base/platform';
import type { Location } from '../base/stack';
import { writeWhole } from '../format/files';
import { FUNCTION, LABEL, LINE, LOCATION, PROFILE, SAMPLE, type Sample, VALUE_TYPE } from '../format/pprof-messages';
import { packed } from '../format/records';
import type { Counts } from './counts';
import type { Settled } from './options';
import type { Shown } from './shown';

/** What can be written: what it counts, in which unit, and TensorFlow's words about it. */
interface Selected {
  readonly count: keyof Counts;
  readonly unit: 'microseconds' | 'bytes' | 'count';
  readonly comment: string;
}
const SELECTED: Readonly<Record<string, Selected>> = {
  bytes: {
    count: 'requestedBytes',
    unit: 'bytes',
    comment: 'Sum of operation total memory requests, excluding deallocations.',
  },
  micros: {
    count: 'execMicros',
    unit: 'microseconds',
    comment: 'Sum of accelerator execution time and cpu execution time.',
  },
  params: { count: 'parameters', unit: 'count', comment: 'Model parameters.' },
  float_ops: { count: 'floatOps', unit: 'count', comment: 'Model float operations (Only available if defined).' },
  accelerator_micros: {
    count: 'acceleratorExecMicros',
    unit: 'microseconds',
    comment: 'Accelerator execution time.',
  },
  cpu_micros: { count: 'cpuExecMicros', unit: 'microseconds', comment: 'CPU execution time.' },
  peak_bytes: { count: 'peakBytes', unit: 'bytes', comment: 'Sum of operation peak memory usage.' },
  residual_bytes: {
    count: 'residualBytes',
    unit: 'bytes',
    comment: 'Sum of operation allocated memory after finish.',
  },
  output_bytes: { count: 'outputBytes', unit: 'bytes', comment: 'Sum of operation output size.' },
};
/** Why options cannot be written for pprof, or null. */
export function whyNot(view: string, { select }: Settled): string | null {
  if (view !== 'code') return "Only 'code' view supports pprof output now.\n  fix: cmd: 'code', or profilePython.";
  const kinds = `one of ${Object.keys(SELECTED).join(', ')}`;
  if (select.length !== 1) return `Can only select 1 attribute for pprof output.\n  fix: select(['micros']): ${kinds}.`;
  return SELECTED[select[0]] ? null : `pprof doesn't support -select=${select[0]}\n  fix: ${kinds}.`;
}
/** Things by numbers, in the order in which they came. */
class Numbered<T> {
  private readonly numbers = new Map<string, number>();
  readonly all: T[] = [];
  constructor(private readonly first: number) {}
  of(key: string, make: (number: number) => T): number {
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.first + this.all.length;
    this.numbers.set(key, number);
    this.all.push(make(number));
    return number;
  }
}
/** A profile as it grows. */
class Profile {
  private readonly texts = new Numbered<string>(0);
  private readonly functions = new Numbered<ReturnType<typeof FUNCTION.make>>(1);
  private readonly locations = new Numbered<ReturnType<typeof LOCATION.make>>(1);
  private readonly samples: Sample[] = [];
  constructor(
    private readonly shown: ReadonlySet<Shown>,
    private readonly selected: Selected,
    private readonly step: number,
  ) {
    this.text('');
  }
  /** Takes in the nodes of a line and of those below it; what is not shown counts for the line above. */
  add(line: Shown, below: readonly number[]): void {
    const ids = this.shown.has(line) && line.at ? [this.location(line.at, line.suffix), ...below] : below;
    if (ids.length)
      for (const node of new Set(line.picked))
        this.samples.push(
          SAMPLE.make({
            locationId: ids,
            value: [1, node.counts(this.step)[this.selected.count]],
            label: [LABEL.make({ key: this.text('graph node:'), str: this.text(node.name) })],
          }),
        );
    for (const child of line.children) this.add(child, ids);
  }
  private text(text: string): number {
    return this.texts.of(text, () => text);
  }
  private location({ file, line, function: name }: Location, suffix: string): number {
    const of = this.functions.of(JSON.stringify([file, name, suffix]), (id) =>
      FUNCTION.make({ id, name: this.text(`${path.parse(file).name}:${name}${suffix}`), filename: this.text(file) }),
    );
    const key = JSON.stringify([of, line]);
    return this.locations.of(key, (id) => LOCATION.make({ id, line: [LINE.make({ functionId: of, line })] }));
  }
  bytes(select: string): Uint8Array {
    const { unit, comment } = this.selected;
    const sampleType = [
      VALUE_TYPE.make({ type: this.text('count'), unit: this.text('count') }),
      VALUE_TYPE.make({ type: this.text(select), unit: this.text(unit) }),
    ];
    const words = [this.text(comment)];
    const { samples: sample, locations, functions, texts } = this;
    return PROFILE.write({
      sampleType,
      sample,
      location: locations.all,
      function: functions.all,
      stringTable: texts.all,
      comment: words,
    });
  }
}
function withAll(lines: readonly Shown[], all: Set<Shown>): ReadonlySet<Shown> {
  for (const line of lines) {
    all.add(line);
    withAll(line.shown, all);
  }
  return all;
}
/** Writes what a view by lines shows. */
export function writePprof(root: Shown, { select: [select], step }: Settled, outfile: string): void {
  const profile = new Profile(withAll(root.shown, new Set()), SELECTED[select], step);
  profile.add(root, []);
  writeWhole(outfile, packed(profile.bytes(select), 'GZIP', {}));
}
