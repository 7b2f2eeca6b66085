/** A dataset whose elements are kept: what comes of it once is read again in later epochs. */
import { asTexts } from '../../base/elements';
import { KernelError, type KernelNode, type Value, invalid } from '../kernel';
import {
  type Cursor,
  Dataset,
  type DatasetKind,
  END,
  type Element,
  PerPass,
  checkKept,
  datasetOf,
  releaseAll,
  retainAll,
} from './dataset';
import { isElement } from './dataset-steps';

const IN_MEMORY = 'cache() without a file name keeps it in memory.';
/** What an iterator has read of a dataset once, to be read again. */
class Cache {
  readonly elements: Element[] = [];
  state: 'empty' | 'written' | 'complete' = 'empty';
  drop(): void {
    this.elements.splice(0).forEach(releaseAll);
    this.state = 'empty';
  }
}
const CACHES = new PerPass<Cache>();
const CACHE: DatasetKind<string> = {
  type: 'Cache',
  open({ settings: name, inputs: [input] }, pass, path) {
    const cache = CACHES.of(pass, `${path}::${name}`, () => {
      const made = new Cache();
      pass.atEnd(() => made.drop());
      return made;
    });
    if (cache.state === 'written') {
      const sentence = 'Cache should only be read after it has been completed.';
      return invalid(sentence);
    }
    return cache.state === 'complete' ? reading(cache) : writing(cache, input.open(pass, path));
  },
};
function reading({ elements }: Cache): Cursor {
  let at = 0;
  return { next: () => (at < elements.length ? retainAll(elements[at++]) : END), dispose() {} };
}
/** What did not come to the end of the input is dropped with it. */
function writing(cache: Cache, input: Cursor): Cursor {
  cache.state = 'written';
  return {
    next() {
      if (cache.state === 'complete') return END;
      const pulled = input.next();
      if (pulled === END) cache.state = 'complete';
      if (!isElement(pulled)) return pulled;
      checkKept(cache.elements.length + 1, 'The cache of a dataset');
      cache.elements.push(retainAll(pulled));
      return pulled;
    },
    dispose() {
      input.dispose();
      if (cache.state === 'written') cache.drop();
    },
  };
}
export function cacheDataset([input, name]: readonly Value[], node: KernelNode): Dataset {
  const from = datasetOf(input);
  const [file] = asTexts(name.read());
  if (file) throw new KernelError('Unimplemented', `No dataset is cached in a file here: ${file}`, IN_MEMORY);
  return new Dataset(CACHE, node.name, [from], from.signature);
}
