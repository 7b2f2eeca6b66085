/** Staging areas as nodes: how they are made and found, what goes in and what comes out. */
import { int32, int64 } from '../../base/dtype';
import { numbersIn } from '../../base/nested';
import {
  type KernelNode,
  type Later,
  type Run,
  type StatefulKernel,
  type StatefulRow,
  type StatefulTable,
  Value,
  attr,
  invalid,
} from '../kernel';
import { wrongOutput } from '../kernel-error';
import { placeOf } from '../resources';
import { LINE, type Limits, MAP, ORDERED_MAP, StagedLine, StagedMap } from './staged';
import { own } from './variable-value';
import { waiting } from './waiting';

const limitsOf = (node: KernelNode): Limits => ({
  capacity: attr(node, 'capacity', 'int'),
  memory: attr(node, 'memory_limit', 'int'),
});
function lineOf(node: KernelNode, { resources }: Run): StagedLine {
  const place = placeOf(node.name, node.attrs);
  return resources.findOrMake(LINE, place, () => new StagedLine(place, limitsOf(node)));
}
function mapOf(node: KernelNode, { resources }: Run): StagedMap {
  const place = placeOf(node.name, node.attrs);
  const isOrdered = node.type.startsWith('Ordered');
  const make = (): StagedMap => new StagedMap(place, limitsOf(node), attr(node, 'dtypes', 'list(type)'), isOrdered);
  return resources.findOrMake(isOrdered ? ORDERED_MAP : MAP, place, make);
}

/** What comes as the outputs of a node. @param mismatch  what is said where they are not as many */
function asOutputs(
  came: Later<readonly Value[]>,
  node: KernelNode,
  mismatch: (given: number, wanted: number) => string,
): Later<readonly Value[]> {
  const check = (values: readonly Value[]): void => {
    const { outputTypes } = node;
    if (values.length !== outputTypes.length) invalid(mismatch(values.length, outputTypes.length));
    values.forEach(({ dtype }, i) => {
      if (dtype !== outputTypes[i]) throw wrongOutput(node, i, dtype, outputTypes[i]);
    });
  };
  return came.as((values) => {
    try {
      check(values);
    } catch (error) {
      for (const value of values) value.release();
      throw error;
    }
    return values;
  });
}

// --- in a line ----------------------------------------------------------------------------------------------------

const inLine = (given: number, wanted: number): string => `Mismatch stage/unstage: ${given} vs. ${wanted}`;
const stage: StatefulKernel = (values, node, run) => lineOf(node, run).put(values.map(own));
const unstage: StatefulKernel = (_, node, run) => asOutputs(lineOf(node, run).take(), node, inLine);
const peek: StatefulKernel = ([index], node, run) => {
  if (index.size !== 1) invalid('index must be scalar');
  return asOutputs(lineOf(node, run).peek(numbersIn({ data: index.read() })[0]), node, inLine);
};
const scalar = (size: number): Value => new Value(int32, [], Int32Array.of(size));
const size: StatefulKernel = (_, node, run) => [scalar(lineOf(node, run).size)];
const clear: StatefulKernel = (_, node, run) => {
  lineOf(node, run).clear();
  return [];
};

// --- by keys ------------------------------------------------------------------------------------------------------

function keyOf(key: Value): bigint {
  if (key.size !== 1) invalid('key must be an int64 scalar.');
  return BigInt(key.read()[0]);
}
function indicesOf(indices: Value): number[] {
  const found = numbersIn({ data: indices.read() });
  if (found.some((index, i) => i > 0 && index <= found[i - 1])) invalid('Indices are not strictly ordered');
  return found;
}
const byKeys = (given: number, wanted: number): string => `output/indices size mismatch: ${given} vs. ${wanted}`;
const mapStage: StatefulKernel = ([key, indices, ...values], node, run) => {
  const [at, places] = [keyOf(key), indicesOf(indices)];
  if (places.length !== values.length) invalid(byKeys(values.length, places.length));
  return mapOf(node, run).put(at, places, values.map(own));
};
const mapUnstage: StatefulKernel = ([key, indices], node, run) =>
  asOutputs(mapOf(node, run).take(keyOf(key), indicesOf(indices)), node, byKeys);
const mapPeek: StatefulKernel = ([key, indices], node, run) =>
  asOutputs(mapOf(node, run).peek(keyOf(key), indicesOf(indices)), node, byKeys);
const mapUnstageNoKey: StatefulKernel = ([indices], node, run) => {
  const keyed = (key: bigint): Value => new Value(int64, [], BigInt64Array.of(key));
  return asOutputs(mapOf(node, run).takeFirst(indicesOf(indices), keyed), node, byKeys);
};
const mapSize: StatefulKernel = (_, node, run) => [scalar(mapOf(node, run).size)];
const mapIncompleteSize: StatefulKernel = (_, node, run) => [scalar(mapOf(node, run).incompleteSize)];
const mapClear: StatefulKernel = (_, node, run) => {
  mapOf(node, run).clear();
  return [];
};

/** A row under its name for keys in no order, and its name for ordered ones. */
const both = <Row extends StatefulKernel | StatefulRow>(name: string, row: Row): Readonly<Record<string, Row>> => ({
  [name]: row,
  [`Ordered${name}`]: row,
});

export const STAGING_KERNELS: StatefulTable = {
  Stage: waiting(stage),
  Unstage: waiting(unstage),
  StagePeek: waiting(peek),
  StageSize: size,
  StageClear: clear,
  ...both('MapStage', waiting(mapStage)),
  ...both('MapUnstage', waiting(mapUnstage)),
  ...both('MapUnstageNoKey', waiting(mapUnstageNoKey)),
  ...both('MapPeek', waiting(mapPeek)),
  ...both('MapSize', mapSize),
  ...both('MapIncompleteSize', mapIncompleteSize),
  ...both('MapClear', mapClear),
};
