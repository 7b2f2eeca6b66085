/**
 * Op types that TensorFlow has no more, but for graphs from before: it refuses them alone, and in a graph by that
 * graph's version. So they are run as graphs of one node that say how old theirs is.
 */
export const REMOVED: ReadonlySet<string> = new Set(
  (
    'BatchNormWithGlobalNormalization BatchNormWithGlobalNormalizationGrad Conv3DBackpropFilter Conv3DBackpropInput ' +
    'BatchCholesky BatchCholeskyGrad BatchMatrixDeterminant BatchMatrixInverse BatchMatrixSolve BatchMatrixSolveLs ' +
    'BatchMatrixTriangularSolve BatchMatrixBandPart BatchMatrixDiag BatchMatrixDiagPart BatchMatrixSetDiag ' +
    'BatchSelfAdjointEig BatchSelfAdjointEigV2 BatchSvd SelfAdjointEig MatrixExponential QuantizeAndDequantize ' +
    'AdjustContrast'
  ).split(' '),
);
