/** Watches a program read digits and draw batches of them. */
import * as tf from '../../../src';
import { hash } from '../notes';
import type { BatchRecord, SetRecord } from '../record';
import type { DataSets } from '../report';

/** Some hundred batches tell where they come from. */
const BATCHES = 2000;
/** Pixels from which on a batch is none to train on, but one to measure on. */
const LARGE = 200 * 784;
const SETS = ['train', 'validation', 'test'] as const;

export class DataSetWatch {
  readonly sets: SetRecord[] = [];
  readonly batches: BatchRecord[] = [];
  /** What was read last. */
  data: DataSets | null = null;

  /**
   * @param dataDir  a directory of IDX files in the place of the packaged digits
   * @returns        takes the watch off again
   */
  start(dataDir: string | undefined): () => void {
    type Read = (dir: string | null, options: object) => DataSets;
    const owner = tf.examples.tutorials.mnist.inputData as { readDataSets: (...args: unknown[]) => unknown };
    const original = owner.readDataSets;
    owner.readDataSets = (first?: unknown, second?: unknown) => {
      const [dir, options] = typeof first === 'object' && first !== null ? [null, first] : [first, second ?? {}];
      const given = options as object;
      const inPlace = dataDir !== undefined && !dir;
      return this.note(
        (original as Read)(
          (dir ?? dataDir ?? null) as string | null,
          inPlace ? { validationSize: 0, ...given } : given,
        ),
      );
    };
    return () => void (owner.readDataSets = original);
  }

  private note(read: DataSets): DataSets {
    this.data = read;
    for (const name of SETS) {
      const set = read[name];
      this.sets.push({ name, examples: set.numExamples, beginnings: beginningsOf(read, name) });
      const next = set.nextBatch.bind(set);
      set.nextBatch = (...args) => {
        const batch = next(...args);
        if (this.batches.length < BATCHES || batch[0].length > LARGE)
          this.batches.push({ set: name, images: hash(batch[0]), labels: hash(batch[1]) });
        return batch;
      };
    }
    return read;
  }
}

/** Filled when the program takes all pictures of the set: they are made then. */
function beginningsOf(read: DataSets, name: SetRecord['name']): readonly number[] {
  const hashes: number[] = [];
  const set = read[name];
  const others = SETS.map((other) => read[other].numExamples).filter((size) => size > 0 && size < set.numExamples);
  const { images: getter } = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(set) as typeof set);
  Object.defineProperty(set, 'images', {
    configurable: true,
    get: () => {
      const images = getter.get!.call(set);
      if (!hashes.length)
        hashes.push(
          hash(images),
          ...others.map((size) => hash(images.subarray(0, (images.length / set.numExamples) * size))),
        );
      return images;
    },
  });
  return hashes;
}
