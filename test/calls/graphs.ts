/** Calls whose graph is not Python's, and functions that make none: each with the reason. */

/** Calls as Python writes them. */
export const DIFFERENT: Readonly<Record<string, string>> = {};
const of = (reason: string, names: string): Record<string, string> =>
  Object.fromEntries(names.split(' ').map((name) => [`tf.${name}`, reason]));
/** Public functions that graphs.test.ts does not call. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  ...of(
    'makes no node: test/calls/functions.test.ts and what tests it by name',
    'setRandomSeed getSeed random.setRandomSeed random.getSeed broadcastStaticShape allVariables globalVariables ' +
      'localVariables modelVariables movingAverageVariables trainableVariables disableResourceVariables ' +
      'controlFlowV2Enabled disableControlFlowV2 enableControlFlowV2 disableEagerExecution disableV2Behavior ' +
      'enableResourceVariables getVariableScope resourceVariablesEnabled addToCollection addToCollections asDtype ' +
      'isNumericTensor debugging.isNumericTensor dtypes.asDtype executingEagerly getCollection getCollectionRef ' +
      'getDefaultGraph getStaticValue isTensor registeredOps ' +
      'resetDefaultGraph errors.exceptionTypeFromErrorCode errors.errorCodeFromExceptionType ' +
      'initializers.identity train.assertGlobalStep train.getGlobalStep train.globalStep ' +
      'train.addQueueRunner train.startQueueRunners ' +
      'getDefaultSession NoGradient ' +
      'NotDifferentiable RegisterGradient customGradient dimensionAtIndex dimensionValue ' +
      'nn.rnnCell.LSTMStateTuple contrib.rnn.LSTMStateTuple FixedLenFeature VarLenFeature FixedLenSequenceFeature ' +
      'io.FixedLenFeature io.VarLenFeature io.FixedLenSequenceFeature',
  ),
  ...of('a block: calls.test.ts', 'variableScope nameScope colocateWith controlDependencies device initScope'),
  ...of(
    'recorded with rows: test/ops/texts',
    'asString dtypes.asString strings.asString strings.format strings.length strings.lower strings.upper ' +
      'strings.strip strings.split strings.join strings.toNumber strings.substr strings.reduceJoin ' +
      'strings.toHashBucket ' +
      'strings.toHashBucketFast strings.toHashBucketStrong stringStrip stringToHashBucket stringToHashBucketFast ' +
      'stringToHashBucketStrong substr reduceJoin encodeBase64 decodeBase64 io.encodeBase64 io.decodeBase64',
  ),
  ...of(
    'recorded with programs: test/readers',
    'readFile writeFile matchingFiles io.readFile io.writeFile io.matchingFiles io.matchFilenamesOnce ' +
      'train.matchFilenamesOnce train.limitEpochs train.inputProducer train.stringInputProducer ' +
      'train.rangeInputProducer train.sliceInputProducer train.batch train.batchJoin train.maybeBatch ' +
      'train.maybeBatchJoin train.shuffleBatch train.shuffleBatchJoin train.maybeShuffleBatch ' +
      'train.maybeShuffleBatchJoin',
  ),
  ...of('ours: its own tests', 'examples.report explainGradient profile print'),
  ...of('recorded with programs: test/seq2seq', 'sequenceMask'),
  ...of(
    'takes functions: test/flow',
    'case cond switchCase Defun whileLoop mapFn vectorizedMap scan foldl foldr pyFunc pyFunction numpyFunction',
  ),
  ...of(
    'recorded with programs: test/sequences',
    'editDistance nn.ctcBeamSearchDecoder nn.ctcBeamSearchDecoderV2 nn.ctcGreedyDecoder nn.ctcLoss',
  ),
  ...of(
    'takes a cell: test/rnn',
    'nn.dynamicRnn nn.bidirectionalDynamicRnn nn.staticRnn ' +
      'nn.staticBidirectionalRnn nn.staticStateSavingRnn nn.rawRnn ' +
      'contrib.rnn.staticRnn contrib.rnn.staticBidirectionalRnn contrib.rnn.staticStateSavingRnn ' +
      'contrib.rnn.stackBidirectionalDynamicRnn contrib.seq2seq.sequenceLoss contrib.legacySeq2seq.rnnDecoder ' +
      'contrib.legacySeq2seq.tiedRnnSeq2seq contrib.legacySeq2seq.modelWithBuckets ' +
      'contrib.legacySeq2seq.basicRnnSeq2seq contrib.legacySeq2seq.embeddingRnnDecoder ' +
      'contrib.legacySeq2seq.embeddingRnnSeq2seq contrib.legacySeq2seq.embeddingTiedRnnSeq2seq ' +
      'contrib.legacySeq2seq.attentionDecoder contrib.legacySeq2seq.embeddingAttentionDecoder ' +
      'contrib.legacySeq2seq.embeddingAttentionSeq2seq contrib.legacySeq2seq.one2manyRnnSeq2seq ' +
      'contrib.legacySeq2seq.sequenceLoss contrib.legacySeq2seq.sequenceLossByExample',
  ),
  ...of('runs a graph: its own tests', 'test.computeGradient test.computeGradientError'),
  ...of(
    'makes no node: test/program',
    'compat.dimensionAtIndex compat.dimensionValue ' +
      'compat.asBytes compat.asText compat.asStr compat.asStrAny compat.pathToStr nest.isNested nest.flatten ' +
      'nest.packSequenceAs nest.assertSameStructure test.getTempDir test.gpuDeviceName test.isGpuAvailable ' +
      'test.isBuiltWithCuda test.isBuiltWithRocm test.isBuiltWithGpuSupport io.gfile.exists io.gfile.isdir ' +
      'io.gfile.listdir io.gfile.makedirs io.gfile.mkdir io.gfile.remove io.gfile.rmtree io.gfile.glob io.gfile.copy ' +
      'io.gfile.rename io.gfile.stat io.gfile.walk',
  ),
  ...of('reads files: test/examples/mnist', 'examples.tutorials.mnist.inputData.readDataSets'),
  ...of(
    'a net: test/examples',
    ['inference', 'loss', 'training', 'evaluation'].map((name) => `examples.tutorials.mnist.mnist.${name}`).join(' '),
  ),
  ...of(
    'reads and writes files: test/train',
    'train.checkpointsIterator train.checkpointExists ' +
      'train.generateCheckpointStateProto train.getCheckpointMtimes train.getCheckpointState ' +
      'train.latestCheckpoint train.listVariables train.loadCheckpoint train.loadVariable train.NewCheckpointReader ' +
      'train.initFromCheckpoint train.warmStart train.VocabInfo ' +
      'train.removeCheckpoint train.updateCheckpointState train.exportMetaGraph train.importMetaGraph ' +
      'train.writeGraph io.writeGraph importGraphDef',
  ),
  ...of(
    'takes messages of graphs: test/train/graph-util',
    'graphUtil.extractSubGraph graphUtil.convertVariablesToConstants graphUtil.removeTrainingNodes ' +
      'graphUtil.mustRunOnCpu graphUtil.tensorShapeFromNodeDefName graphUtil.convertConstantsToVariables',
  ),
  ...of(
    'of a collection, or of files: test/summary, test/ops/summary',
    'summary.mergeAll summary.initialize train.summaryIterator',
  ),
  ...of(
    'of a collection: test/losses',
    'losses.addLoss losses.getLosses losses.getRegularizationLosses losses.getTotalLoss',
  ),
  ...of(
    'recorded with its nodes: test/graph/nodes, test/ops/random',
    'nn.swish sparseToDense sparseTensorToDense nn.nceLoss nn.sampledSoftmaxLoss nn.computeAccidentalHits ' +
      ['nn', 'random']
        .flatMap((module) =>
          ['uniform', 'logUniform', 'learnedUnigram', 'fixedUnigram', 'all'].map(
            (of) => `${module}.${of}CandidateSampler`,
          ),
        )
        .join(' '),
  ),
  ...of(
    'makes no node: test/keras',
    'keras.initializers.identity keras.initializers.serialize keras.initializers.deserialize keras.initializers.get',
  ),
  ...of(
    'takes objects of features: test/ops/parsing',
    'parseExample parseSingleExample parseSingleSequenceExample io.parseExample io.parseSingleExample ' +
      'io.parseSingleSequenceExample',
  ),
  ...of('reads a file: test/program/record-files', 'io.tfRecordIterator'),
  ...of('gives a function: test/layers', 'contrib.layers.l1Regularizer contrib.layers.l2Regularizer'),
  ...of('runs a graph: test/supervised', 'train.basicTrainLoop train.MonitoredTrainingSession'),
  ...of('other names: test/program', 'batchMatmul mergeAllSummaries nn.rnn nn.bidirectionalRnn'),
  ...of('reads a node: test/summary', 'summary.getSummaryDescription'),
  ...of('makes no node: test/train/cluster', 'train.replicaDeviceSetter'),
  ...of('names a tensor of a run: test/session/handles', 'getSessionHandle getSessionTensor deleteSessionTensor'),
  ...of('needs an integer variable, which Python writes with a literal: test/ops/state', 'countUpTo'),
};
/** Modules whose functions are called in whole programs, or make no nodes: by how their names begin. */
export const MODULES_ELSEWHERE: Readonly<Record<string, string>> = {
  'tf.train.queueRunner.': 'test/queues',
  'tf.contrib.': 'programs that are recorded: test/contrib, test/rnn, test/seq2seq',
  'tf.app.': 'test/program',
  'tf.flags.': 'test/program',
  'tf.gfile.': 'test/program',
  'tf.logging.': 'test/program',
  'tf.lookup.': 'test/lookup',
  'tf.profiler.': 'test/profiler',
  'tf.python.': 'test/program',
  'tf.pythonIo.': 'test/program',
  'tf.savedModel.': 'test/saved-model',
  'tf.sysconfig.': 'test/program',
};
