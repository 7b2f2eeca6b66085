/** Iterators as nodes: how they are made and found, set to a dataset, and asked for elements. */
import { bytesToText, textToBytes } from '../../base/bytes';
import { resource, string, variant } from '../../base/dtype';
import { asTexts } from '../../base/elements';
import { type TensorShape, TensorShape as Shape } from '../../base/shape';
import type { FunctionCall } from '../graph-function';
import {
  KernelError,
  type KernelNode,
  Later,
  PerNode,
  type Run,
  type StatefulKernel,
  type StatefulRow,
  type StatefulTable,
  Value,
  attr,
  invalid,
} from '../kernel';
import { type Place, placeOf, resourceOf } from '../resources';
import { type Element, LATER, type Signature, checkSignature, datasetOf, releaseAll, signatureOf } from './dataset';
import { ITERATOR, IteratorResource, inTurns } from './iterator';
import { Optional, carried } from './variants';
import { amongOf, waiting } from './waiting';

const messages = () => require('../../format/graph-messages') as typeof import('../../format/graph-messages');

const iteratorOf = (handle: Value): IteratorResource => resourceOf(handle, ITERATOR);
const handleOf = (iterator: IteratorResource): Value => new Value(resource, [], null, null, iterator);

// --- making and finding -------------------------------------------------------------------------------------------

const named: StatefulRow = {
  make(node) {
    const place = placeOf(node.name, node.attrs);
    const signature = signatureOf(node);
    return (_, __, run) => {
      const found = amongOf(node, run).findOrMake(ITERATOR, place, () => new IteratorResource(place, signature));
      checkSignature(signature, found.signature);
      return [handleOf(found)];
    };
  },
};

/** Goes with the last value that leads to it. */
class AnonymousIterator extends IteratorResource {
  private holders = 0;
  /** A value that leads to it. */
  held(dtype = resource): Value {
    this.holders++;
    return new Value(dtype, [], null, null, this);
  }
  override released(): void {
    if (--this.holders === 0) this.dispose();
  }
}
function anonymous(node: KernelNode): AnonymousIterator {
  return new AnonymousIterator(placeOf('AnonymousIterator', {}), signatureOf(node));
}

/** Why the dataset of a node could not be made: it is not tried again. */
const FAILED = new PerNode<{ error: unknown }>(() => ({ error: null }));
const oneShot: StatefulRow = {
  mayWait: true,
  make(node, { functionOf }) {
    if (attr(node, 'shared_name', 'string'))
      invalid("OneShotIteratorOp does not currently support the 'shared_name' attr.");
    const place = placeOf(node.name, node.attrs);
    return (_, __, run) => {
      const found = run.own.find(ITERATOR, place);
      if (found) return [handleOf(found)];
      const failed = FAILED.of(node);
      if (failed.error) throw failed.error;
      const call = functionOf('dataset_factory').instance().begin([], run);
      const go = (): readonly Value[] | typeof LATER => {
        try {
          const results = call.go();
          if (!results) return LATER;
          const made = madeOf(results, place, node, run);
          return [handleOf(run.own.findOrMake(ITERATOR, place, () => made))];
        } catch (error) {
          failed.error = error;
          throw error;
        }
      };
      return untilDone(call, go);
    };
  },
};
/** Goes on with a call until it has given its results, and ends it then. */
function untilDone<T>(call: FunctionCall, go: () => T | typeof LATER): T | Later<T> {
  let came: T | typeof LATER = LATER;
  try {
    came = go();
  } finally {
    if (came !== LATER) call.end();
  }
  if (came !== LATER) return came;
  return inTurns(
    'the dataset of an iterator',
    go,
    () => call.wakes,
    (begin) => {
      begin();
      return () => call.end();
    },
  );
}
/** An iterator of the dataset that a function gave. */
function madeOf(results: Element, place: Place, node: KernelNode, run: Run): IteratorResource {
  try {
    if (results.length !== 1 || results[0].dtype !== variant || results[0].shape.length)
      invalid('The `dataset_factory` function must return a single scalar of dtype DT_VARIANT.');
    const iterator = new IteratorResource(place, signatureOf(node));
    iterator.start(datasetOf(results[0]), run);
    return iterator;
  } finally {
    releaseAll(results);
  }
}

const makeIterator: StatefulKernel = ([dataset, handle], _, run) => {
  iteratorOf(handle).start(datasetOf(dataset), run);
  return [];
};
const deleteIterator: StatefulKernel = ([handle]) => {
  iteratorOf(handle).dispose();
  return [];
};

// --- asking -------------------------------------------------------------------------------------------------------

/** What becomes of the next element, null behind the last one. */
function next<R>(handle: Value, run: Run, to: (element: Element | null) => R): R | Later<R> {
  const came = iteratorOf(handle).next(run);
  return came instanceof Later ? came.as(to) : to(came);
}
const getNext: StatefulKernel = ([handle], _, run) =>
  next(handle, run, (element) => {
    if (element) return element;
    throw new KernelError('OutOfRange', 'End of sequence');
  });
const getNextAsOptional: StatefulKernel = ([handle], node, run) =>
  next(handle, run, (element) => {
    if (element) checkOptional(element, signatureOf(node));
    return [carried(new Optional(element))];
  });
function checkOptional(element: Element, { types, shapes }: Signature): void {
  const refuse = (what: string, i: number, wanted: string, found: string): never => {
    releaseAll(element);
    return invalid(
      `The given optional does not match the expected ${what} for component ${i}. Expected: ${wanted}. ` +
        `Actual: ${found}.`,
    );
  };
  element.forEach(({ dtype, shape }, i) => {
    if (dtype !== types[i]) refuse('type', i, types[i].cName, dtype.cName);
    const found: TensorShape = new Shape(shape);
    if (!shapes[i].isCompatibleWith(found)) refuse('shape', i, shapes[i].toCString(), found.toCString());
  });
}

// --- handles as text ----------------------------------------------------------------------------------------------

/** The name of one that is a session's own, which is no name of a node. */
const OWN = '_0_';
const toStringHandle: StatefulKernel = ([handle], _, { own, device: __, tensors }) => {
  const iterator = iteratorOf(handle);
  const { container, name } = iterator.place;
  const isOwn = own.find(ITERATOR, iterator.place) === iterator;
  const { RESOURCE_HANDLE } = messages();
  const bytes = RESOURCE_HANDLE.write(
    RESOURCE_HANDLE.make({
      device: tensors.device,
      container,
      name: isOwn ? OWN + name : name,
      maybeTypeName: ITERATOR.typeName,
    }),
  );
  return [new Value(string, [], [bytesToText(bytes)])];
};
const fromStringHandle: StatefulKernel = ([text], node, { own, resources, tensors }) => {
  if (text.shape.length) invalid('string_handle must be a scalar');
  const { device, container, name } = parsed(asTexts(text.read())[0]);
  if (device !== tensors.device)
    invalid(`Attempted create an iterator on device "${tensors.device}" from handle defined on device "${device}"`);
  const place = { container, name };
  const iterator =
    resources.find(ITERATOR, place) ??
    (name.startsWith(OWN) ? own.find(ITERATOR, { container, name: name.slice(OWN.length) }) : null);
  if (!iterator) throw new KernelError('NotFound', resources.missing(place, ITERATOR.typeName));
  const { types, shapes } = signatureOf(node);
  const { signature } = iterator;
  if (types.length) checkSignature({ types, shapes: signature.shapes }, signature);
  if (shapes.length) checkSignature({ types: signature.types, shapes }, signature);
  return [handleOf(iterator)];
};
function parsed(text: string): { readonly device: string; readonly container: string; readonly name: string } {
  try {
    return messages().RESOURCE_HANDLE.read(textToBytes(text));
  } catch {
    return invalid('Could not parse string_handle as a valid ResourceHandle');
  }
}

export const ITERATOR_KERNELS: StatefulTable = {
  Iterator: named,
  IteratorV2: named,
  OneShotIterator: oneShot,
  AnonymousIterator: (_, node) => [anonymous(node).held()],
  AnonymousIteratorV2: (_, node) => {
    const iterator = anonymous(node);
    return [iterator.held(), iterator.held(variant)];
  },
  MakeIterator: makeIterator,
  DeleteIterator: deleteIterator,
  IteratorGetNext: waiting(getNext),
  IteratorGetNextSync: waiting(getNext),
  IteratorGetNextAsOptional: waiting(getNextAsOptional),
  IteratorToStringHandle: toStringHandle,
  IteratorFromStringHandle: fromStringHandle,
  IteratorFromStringHandleV2: fromStringHandle,
};
