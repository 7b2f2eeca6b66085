/** Barriers as nodes: how they are made and found, what goes in and what comes out. */
import { int32, int64, string } from '../../base/dtype';
import { asTexts } from '../../base/elements';
import { numbersIn } from '../../base/nested';
import { TensorShape } from '../../base/shape';
import { type KernelNode, type Run, type StatefulKernel, type StatefulTable, Value, attr, invalid } from '../kernel';
import { placeOf, resourceOf } from '../resources';
import { BARRIER, Barrier, type BarrierFacts } from './barrier';
import { listed, namesOf } from './queues';
import { amongOf, waiting } from './waiting';

const barrierOf = (handle: Value): Barrier => resourceOf(handle, BARRIER);

function factsOf(node: KernelNode, run: Run, name: string): BarrierFacts {
  const dtypes = attr(node, 'component_types', 'list(type)');
  // As in TensorFlow, what has no rank is a scalar.
  const shapes = attr(node, 'shapes', 'list(shape)').map((shape) => (shape.dims ? shape : TensorShape.scalar()));
  const partial = shapes.find(({ fullDims }) => !fullDims);
  if (partial) invalid(`Shape ${partial.toCString()} is not fully defined`);
  if (shapes.length !== dtypes.length) invalid('All of the component shapes must be specified');
  if (attr(node, 'capacity', 'int') !== -1)
    invalid(
      'Barrier only accepts capacity=-1.  Feed the inputs to your Barrier through a queue to enforce a limited ' +
        'capacity.',
    );
  return { place: placeOf(node.name, node.attrs), name, dtypes, shapes, failure: () => run.own.failure };
}
function checkSame({ facts }: Barrier, wanted: BarrierFacts): void {
  const title = `Shared barrier '${wanted.name}' has component`;
  const [types, shapes] = [namesOf(facts.dtypes), listed(facts.shapes)];
  if (types !== namesOf(wanted.dtypes))
    invalid(`${title} types ${types} but requested component types were ${namesOf(wanted.dtypes)}`);
  if (shapes !== listed(wanted.shapes))
    invalid(`${title} shapes ${shapes} but requested component shapes were ${listed(wanted.shapes)}`);
}
const make: StatefulKernel = (_, node, run) => {
  const among = amongOf(node, run);
  const shared = attr(node, 'shared_name', 'string');
  const facts = factsOf(node, run, shared || `_${among.count(BARRIER)}_${node.name}`);
  const found = among.findOrMake(BARRIER, facts.place, () => new Barrier(facts));
  if (shared) checkSame(found, facts);
  return [new Value(node.outputTypes[0], [2], null, null, found)];
};
const insertMany: StatefulKernel = ([handle, keys, values], node) => {
  const barrier = barrierOf(handle);
  const component = attr(node, 'component_index', 'int');
  const { dtypes } = barrier.facts;
  if (component < 0 || component >= dtypes.length)
    invalid(`The component ID is out of range ${component} > num_components (= ${dtypes.length})`);
  const [given, wanted] = [values.dtype, dtypes[component]].map((dtype) => namesOf([string.ref, string, dtype]));
  if (given !== wanted) invalid(`Signature mismatch, have: ${given}-> expected: ${wanted}->`);
  if (!values.shape.length || values.shape[0] !== keys.size)
    invalid(`There must be a value for each of the ${keys.size} keys, and shape [${values.shape.join(',')}] came`);
  return barrier.insertMany(asTexts(keys.read()), component, values);
};
const takeMany: StatefulKernel = ([handle, count], node) => {
  const barrier = barrierOf(handle);
  if (attr(node, 'timeout_ms', 'int') !== -1) invalid('Timeout not supported yet.');
  if (count.shape.length) invalid('num_elements must be a scalar.');
  const inputs = namesOf([string.ref, int32]);
  const [given, wanted] = [node.outputTypes.slice(2), barrier.facts.dtypes].map(
    (dtypes) => `${inputs}->${namesOf([int64, string, ...dtypes])}`,
  );
  if (given !== wanted) invalid(`Signature mismatch, have: ${given} expected: ${wanted}`);
  return barrier.takeMany(numbersIn({ data: count.read() })[0], attr(node, 'allow_small_batch', 'bool'));
};
const close: StatefulKernel = ([handle], node) => barrierOf(handle).close(attr(node, 'cancel_pending_enqueues'));
const size =
  (of: (barrier: Barrier) => number): StatefulKernel =>
  ([handle]) => [new Value(int32, [], Int32Array.of(of(barrierOf(handle))))];

export const BARRIER_KERNELS: StatefulTable = {
  Barrier: make,
  BarrierInsertMany: waiting(insertMany),
  BarrierTakeMany: waiting(takeMany),
  BarrierClose: waiting(close),
  BarrierReadySize: size(({ readySize }) => readySize),
  BarrierIncompleteSize: size(({ incompleteSize }) => incompleteSize),
};
