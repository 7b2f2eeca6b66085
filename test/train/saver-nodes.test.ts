/** The nodes of savers, after TensorFlow 1.15. */
import * as tf from '../../src';

beforeEach(() => tf.resetDefaultGraph());
const nodes = (prefix: string): [string, string, string, string][] =>
  tf
    .getDefaultGraph()
    .asGraphDef()
    .nodes.filter(({ name }) => name.startsWith(prefix))
    .map(({ name, op, input, device }) => [name, op, input.join(' '), device]);

describe('nodes', () => {
  const CPU = '/device:CPU:0';
  test("are TensorFlow's, for variables of both kinds", () => {
    new tf.Variable([1, 2], { name: 'a' });
    tf.getVariable('b', [2, 3]);
    tf.getVariable('r', [2], { useResource: true });
    const saver = new tf.train.Saver();
    expect(nodes('save/')).toEqual([
      ['save/filename/input', 'Const', '', ''],
      ['save/filename', 'PlaceholderWithDefault', 'save/filename/input', ''],
      ['save/Const', 'PlaceholderWithDefault', 'save/filename', ''],
      ['save/SaveV2/tensor_names', 'Const', '', ''],
      ['save/SaveV2/shape_and_slices', 'Const', '', ''],
      [
        'save/SaveV2',
        'SaveV2',
        'save/Const save/SaveV2/tensor_names save/SaveV2/shape_and_slices a b r/Read/ReadVariableOp',
        '',
      ],
      ['save/control_dependency', 'Identity', 'save/Const ^save/SaveV2', ''],
      ['save/RestoreV2/tensor_names', 'Const', '', CPU],
      ['save/RestoreV2/shape_and_slices', 'Const', '', CPU],
      ['save/RestoreV2', 'RestoreV2', 'save/Const save/RestoreV2/tensor_names save/RestoreV2/shape_and_slices', CPU],
      ['save/Assign', 'Assign', 'a save/RestoreV2', ''],
      ['save/Assign_1', 'Assign', 'b save/RestoreV2:1', ''],
      ['save/Identity', 'Identity', 'save/RestoreV2:2', ''],
      ['save/AssignVariableOp', 'AssignVariableOp', 'r save/Identity', ''],
      ['save/restore_all', 'NoOp', '^save/Assign ^save/AssignVariableOp ^save/Assign_1', ''],
    ]);
    expect(saver.asSaverDef()).toEqual({
      filenameTensorName: 'save/Const:0',
      saveTensorName: 'save/control_dependency:0',
      restoreOpName: 'save/restore_all',
      maxToKeep: 5,
      sharded: false,
      keepCheckpointEveryNHours: 10000,
      version: 2,
    });
  });
  test('of a saver in shards that reshapes', () => {
    const a = new tf.Variable([1, 2], { name: 'a' });
    const r = tf.getVariable('r', [2], { useResource: true });
    tf.device('/cpu:0', () => new tf.train.Saver({ x: a, y: r }, true, true, { name: 'sh' }));
    expect(nodes('sh/').slice(3)).toEqual([
      ['sh/StringJoin/inputs_1', 'Const', '', CPU],
      ['sh/StringJoin', 'StringJoin', 'sh/Const sh/StringJoin/inputs_1', CPU],
      ['sh/num_shards', 'Const', '', CPU],
      ['sh/ShardedFilename/shard', 'Const', '', CPU],
      ['sh/ShardedFilename', 'ShardedFilename', 'sh/StringJoin sh/ShardedFilename/shard sh/num_shards', CPU],
      ['sh/SaveV2/tensor_names', 'Const', '', CPU],
      ['sh/SaveV2/shape_and_slices', 'Const', '', CPU],
      [
        'sh/SaveV2',
        'SaveV2',
        'sh/ShardedFilename sh/SaveV2/tensor_names sh/SaveV2/shape_and_slices a r/Read/ReadVariableOp',
        CPU,
      ],
      ['sh/control_dependency', 'Identity', 'sh/ShardedFilename ^sh/SaveV2', CPU],
      ['sh/MergeV2Checkpoints/checkpoint_prefixes', 'Pack', 'sh/ShardedFilename ^sh/control_dependency', CPU],
      ['sh/MergeV2Checkpoints', 'MergeV2Checkpoints', 'sh/MergeV2Checkpoints/checkpoint_prefixes sh/Const', CPU],
      ['sh/Identity', 'Identity', 'sh/Const ^sh/MergeV2Checkpoints ^sh/control_dependency', CPU],
      ['sh/RestoreV2/tensor_names', 'Const', '', CPU],
      ['sh/RestoreV2/shape_and_slices', 'Const', '', CPU],
      ['sh/RestoreV2', 'RestoreV2', 'sh/Const sh/RestoreV2/tensor_names sh/RestoreV2/shape_and_slices', CPU],
      ['sh/Reshape/shape', 'Const', '', CPU],
      ['sh/Reshape', 'Reshape', 'sh/RestoreV2 sh/Reshape/shape', CPU],
      ['sh/Assign', 'Assign', 'a sh/Reshape', ''],
      ['sh/Reshape_1/shape', 'Const', '', CPU],
      ['sh/Reshape_1', 'Reshape', 'sh/RestoreV2:1 sh/Reshape_1/shape', CPU],
      ['sh/Identity_1', 'Identity', 'sh/Reshape_1', CPU],
      ['sh/AssignVariableOp', 'AssignVariableOp', 'r sh/Identity_1', CPU],
      ['sh/restore_shard/NoOp', 'NoOp', '^sh/Assign', CPU],
      ['sh/restore_shard/NoOp_1', 'NoOp', '^sh/AssignVariableOp', CPU],
      ['sh/restore_shard', 'NoOp', '^sh/restore_shard/NoOp ^sh/restore_shard/NoOp_1', CPU],
      ['sh/restore_all', 'NoOp', '^sh/restore_shard', CPU],
    ]);
  });
  test('of the older version', () => {
    const a = new tf.Variable([1, 2], { name: 'a' });
    new tf.train.Saver([a], { writeVersion: 1, name: 'v1' });
    expect(nodes('v1/').slice(3, 7)).toEqual([
      ['v1/save/tensor_names', 'Const', '', ''],
      ['v1/save/shapes_and_slices', 'Const', '', ''],
      ['v1/save', 'SaveSlices', 'v1/Const v1/save/tensor_names v1/save/shapes_and_slices a', ''],
      ['v1/control_dependency', 'Identity', 'v1/Const ^v1/save', ''],
    ]);
  });
});
