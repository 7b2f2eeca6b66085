/** tf.contrib beside TensorFlow 1.15: nodes, collections, and values before and after a training step. */
import { readFileSync, writeFileSync } from 'node:fs';
import * as tf from '../../src';
import { samePrograms } from '../layers/same-programs';
import { TemporaryFolder } from '../temporary-folder';
import { PROGRAMS } from './programs';

samePrograms('contrib', PROGRAMS);

const folder = new TemporaryFolder('contrib-');
const { framework, layers, slim } = tf.contrib;

describe('what does not fit is refused in TensorFlow’s words', () => {
  const x = (...shape: (number | null)[]): tf.Tensor => tf.placeholder(tf.float32, shape);
  test.each<readonly [what: string, call: () => unknown, says: string]>([
    ['half a unit', () => layers.fullyConnected(x(1, 2), 1.5), 'num_outputs type should be one of'],
    ['rows for pictures', () => layers.conv2d(x(1, 2), 3, 3), 'Convolution expects input with rank 4, got 2'],
    ['another format', () => layers.maxPool2d(x(1, 4, 4, 1), 2, { dataFormat: 'CHW' }), 'either NCHW or NHWC'],
    ['an unknown number of features', () => layers.batchNorm(x(1, null)), '`C` dimension must be known but is None'],
    [
      'axes outside',
      () => layers.layerNorm(x(1, 2), { beginNormAxis: 2 }),
      'begin_params_axis (-1) and begin_norm_axis',
    ],
    [
      'axes far below the first',
      () => layers.layerNorm(x(1, 2), { beginNormAxis: -(2 ** 31) }),
      'Invalid reduction dimension -2147483646 for input with 2 dimensions.',
    ],
    ['no vocabulary', () => layers.embedSequence([[1]]), 'Must specify vocab size and embedding dimension'],
    ['no weights', () => layers.applyRegularization(layers.l2Regularizer(1)), 'No weights to regularize.'],
    [
      'no list to stack',
      () => layers.stack(x(1, 2), layers.fullyConnected, 3 as never),
      'stack_args need to be a list',
    ],
    [
      'another optimizer',
      () => layers.optimizeLoss(tf.constant(1), null, 0.1, 'Sgd'),
      'Optimizer name should be one of',
    ],
    ['a rate below 0', () => layers.optimizeLoss(tf.constant(1), null, -1, 'SGD'), 'Invalid learning_rate -1.'],
    ['no rate', () => layers.optimizeLoss(tf.constant(1), null, null, 'SGD'), 'Learning rate is None'],
    ['a scope of a plain function', () => framework.argScope([() => 1], {}, () => 1), 'is not decorated with'],
    [
      'a scope of no list',
      () => framework.argScope(3 as never, {}, () => 1),
      'must either be a list/tuple or reused scope',
    ],
    [
      'a setting that there is not',
      () => framework.argScope([slim.conv2d], { strides: 2 }, () => slim.conv2d(x(1, 4, 4, 1), 3, 3)),
      "got an unexpected keyword argument 'strides'",
    ],
    [
      'a setting given twice',
      () => framework.argScope([slim.conv2d], { stride: 2 }, () => slim.conv2d(x(1, 4, 4, 1), 3, 3, 1)),
      "got multiple values for argument 'stride'",
    ],
    [
      'two dtypes',
      () => framework.assertSameFloatDtype([tf.constant(1), tf.constant(1, tf.float64)]),
      'must be of the same type as Tensor',
    ],
    [
      'integers',
      () => framework.assertSameFloatDtype([tf.constant(1, tf.int32)]),
      "Expected floating point type, got <dtype: 'int32'>.",
    ],
    ['an unfinished pattern', () => framework.getVariables('('), "'(' is no regular expression"],
    ['a suffix that is no text', () => framework.getVariables('a', 3 as never), 'The suffix of names must be a string'],
    [
      'a name that is no text',
      () => framework.getVariablesByName(3 as never),
      'The name of variables must be a string',
    ],
    ['a filter that is no pattern', () => layers.summarizeActivations('('), "'(' is no regular expression"],
    ['penalties that are none', () => layers.sumRegularizer([3 as never]), 'A penalty must be a function, not 3.'],
    ['no layer to repeat', () => layers.repeat(x(1, 2), 2, 3 as never), 'A layer must be a function, not 3.'],
    ['no layer to stack', () => layers.stack(x(1, 2), 3 as never, [2]), 'A layer must be a function, not 3.'],
    [
      'half a repetition',
      () => layers.repeat(x(1, 2), 1.5, layers.fullyConnected, 3),
      "Expected int for argument 'repetitions' not 1.5.",
    ],
    ['a number to summarize', () => layers.summarizeTensor(3 as never), 'Summaries are made of tensors and variables'],
    ['no list to summarize', () => layers.summarizeTensors(3 as never), 'What is summarized must be a list, not 3.'],
    ['a summarizer that is none', () => layers.summarizeTensors([x()], 3 as never), 'A summarizer must be a function'],
    ['no list to count', () => slim.modelAnalyzer.analyzeVars(3 as never), 'What is counted must be a list, not 3.'],
    ['no variables to count', () => slim.modelAnalyzer.analyzeVars([3 as never]), 'Elements are counted of variables'],
    [
      'no pairs to clip',
      () => tf.contrib.training.clipGradientNorms([3 as never], 1),
      'Expected pairs of a gradient and a variable, got 3.',
    ],
    [
      'no pairs to summarize',
      () => tf.contrib.training.addGradientsSummaries(3 as never),
      'The gradients and variables must be a list, not 3.',
    ],
  ])('%s', (_, call, says) => {
    expect(call).toThrow(says);
  });
});
test('variables are found by scope, name and suffix', () => {
  const { fullyConnected } = layers;
  fullyConnected(fullyConnected(tf.zeros([1, 2]), 3, { scope: 'a' }), 4, { scope: 'b' });
  const names = (found: readonly tf.Variable[]): string[] => found.map(({ op }) => op.name);
  expect(names(framework.getVariables('a'))).toEqual(['a/weights', 'a/biases']);
  expect(names(framework.getVariablesBySuffix('weights'))).toEqual(['a/weights', 'b/weights']);
  expect(names(framework.getVariablesByName('biases', 'b'))).toEqual(['b/biases']);
  expect(names(framework.getVariablesToRestore(['a', 'b'], ['b/biases']))).toEqual([
    'a/weights',
    'a/biases',
    'b/weights',
  ]);
  expect(framework.getUniqueVariable('a/weights').op.name).toBe('a/weights');
  expect(() => framework.getUniqueVariable('a/w')).toThrow('does not uniquely identify a variable');
  expect(slim.modelAnalyzer.analyzeVars(framework.getModelVariables())).toEqual([25, 100]);
});
test('texts become rows of numbers and come back, through a file too', () => {
  const { VocabularyProcessor } = tf.contrib.learn.preprocessing;
  const texts = ["It's a CNNModel", 'a model, a well-known one', 'one'];
  const processor = new VocabularyProcessor(4);
  // As TensorFlow 1.15 gives them for these texts.
  expect([...processor.fitTransform(texts)]).toEqual([
    [1, 2, 3, 4],
    [2, 5, 2, 6],
    [7, 0, 0, 0],
  ]);
  expect(processor.vocabulary_.length).toBe(8);
  expect([...processor.reverse([[1, 0, 7]])]).toEqual(["It's <UNK> one"]);
  processor.save(folder.at('vocabulary'));
  expect([...VocabularyProcessor.restore(folder.at('vocabulary')).transform(['one a new'])]).toEqual([[7, 2, 0, 0]]);
  const saved = readFileSync(folder.at('vocabulary'), 'utf8');
  for (const strange of [
    '{}',
    'null',
    saved.replace(/"minFrequency":\d+/, '"minFrequency":"2"'),
    saved.replace('["', '[3,"'),
  ]) {
    writeFileSync(folder.at('strange'), strange);
    expect(() => VocabularyProcessor.restore(folder.at('strange'))).toThrow('is no vocabulary that save() wrote');
  }
  expect([...new VocabularyProcessor(3, 1).fitTransform(texts)]).toEqual([
    [0, 1, 0],
    [1, 0, 1],
    [2, 0, 0],
  ]);
});
test('the projector is told of embeddings as TensorFlow tells it', () => {
  const { projector } = tf.contrib.tensorboard.plugins;
  const config = new projector.ProjectorConfig();
  const first = config.embeddings.add();
  first.tensorName = 'w:0';
  first.metadataPath = 'meta "x".tsv';
  first.sprite.imagePath = 's.png';
  first.sprite.singleImageDim.push(28, 28);
  const second = config.embeddings.add();
  second.tensorName = 'b';
  second.tensorShape = [2, 3];
  second.bookmarksPath = 'bm';
  second.tensorPath = 't.tsv';
  config.modelCheckpointPath = 'm.ckpt';
  projector.visualizeEmbeddings(new tf.summary.FileWriter(folder.path), config);
  // What TensorFlow 1.15.5 writes.
  expect(readFileSync(folder.at('projector_config.pbtxt'), 'utf8')).toBe(
    'model_checkpoint_path: "m.ckpt"\nembeddings {\n  tensor_name: "w:0"\n  metadata_path: "meta \\"x\\".tsv"\n' +
      '  sprite {\n    image_path: "s.png"\n    single_image_dim: 28\n    single_image_dim: 28\n  }\n}\n' +
      'embeddings {\n  tensor_name: "b"\n  bookmarks_path: "bm"\n  tensor_shape: 2\n  tensor_shape: 3\n' +
      '  tensor_path: "t.tsv"\n}\n',
  );
  const nowhere = { getLogdir: () => null };
  expect(() => projector.visualizeEmbeddings(nowhere, config)).toThrow('Summary writer must have a logdir');
});
