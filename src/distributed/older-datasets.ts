/**
 * Datasets of newer TensorFlows as those of 1.15. Who makes elements beside each other says nothing of what they are:
 * here they come in order. One node becomes one, with an output of the same name, so that functions have them too.
 */
import type { NodeMessage } from '../format/node-def';

type Words = (node: NodeMessage) => NodeMessage[];

/** @param attrs  what is kept of it @param drops  the places of the inputs that 1.15 does not have, from behind */
const as =
  (op: string, attrs: string, ...drops: readonly number[]): Words =>
  (node) => {
    const count = node.input.findIndex((from) => from.startsWith('^'));
    const end = count < 0 ? node.input.length : count;
    const input = node.input.filter((_, i) => i >= end || !drops.includes(end - i));
    const names = `output_types output_shapes ${attrs}`.split(' ').filter((name) => Object.hasOwn(node.attr, name));
    return [{ ...node, op, input, attr: Object.fromEntries(names.map((name) => [name, node.attr[name]])) }];
  };

export const DATASET_WORDS: Readonly<Record<string, readonly Words[]>> = {
  LegacyParallelInterleaveDatasetV2: [as('InterleaveDataset', 'f Targuments', 1, 2)],
  OptionsDataset: [as('ModelDataset', '')],
  ParallelBatchDataset: [as('BatchDatasetV2', 'parallel_copy', 2)],
  ParallelInterleaveDatasetV4: [as('InterleaveDataset', 'f Targuments', 1, 2, 3)],
  ParallelMapDatasetV2: [as('MapDataset', 'f Targuments use_inter_op_parallelism preserve_cardinality', 1)],
};
