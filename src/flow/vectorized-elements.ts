/** How nodes that work element by element are made of all rows at once, after TensorFlow 1.15's pfor. */
import { addN } from '../ops/add-n';
import { apply } from '../graph/apply';
import { condList, condTensor } from './cond';
import { type Converter, type Converters, type RowNode, each, flattened, rows, unflattened } from './row-node';
import { Tensor } from '../graph/graph';
import { rankOf } from '../ops/words';

/** What TensorFlow converts, by functions that make a node of the type's name. */
const PLAIN =
  'Abs Acos Acosh Add AddV2 Angle Asin Asinh Atan Atan2 Atanh BesselI0e BesselI1e BitwiseAnd BitwiseOr BitwiseXor ' +
  'Ceil Complex ComplexAbs Conj Cos Cosh Digamma Elu Equal Erf Erfc Exp Expm1 Floor FloorDiv FloorMod Greater ' +
  'GreaterEqual Igamma IgammaGradA Igammac Imag Inv Invert IsFinite IsInf IsNan LeftShift Less LessEqual Lgamma Log ' +
  'Log1p LogicalAnd LogicalNot LogicalOr Maximum Minimum Mul MulNoNan Neg NotEqual Polygamma Pow Real ' +
  'Reciprocal Relu Relu6 RightShift Rint Round Rsqrt Selu Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Square ' +
  'SquaredDifference Sub Tan Tanh TruncateDiv TruncateMod Xdivy Xlogy Zeta ApproximateEqual SelectV2';
/** What it does not, or would change the value of: the same node again. */
const MORE = 'CheckNumerics Div LeakyRelu Mod PreventGradient Snapshot';
const ALIKE =
  'EluGrad Relu6Grad ReluGrad SeluGrad SigmoidGrad SoftplusGrad SoftsignGrad TanhGrad SqrtGrad RsqrtGrad ' +
  'ReciprocalGrad InvGrad LeakyReluGrad';

const ATTRS: ReadonlySet<string> = new Set(['Tout', 'tolerance', 'incompatible_shape_error']);
const named =
  (name: string | null = null): Converter =>
  (node) => {
    const names = node.op.attrNames.filter((attr) => ATTRS.has(attr));
    return rows(node.made(node.op.type, node.expand(), names, name ?? undefined));
  };
/** Inputs that all have as many rows. */
const alike: Converter = (node) => {
  node.stack();
  return rows(...node.again());
};
/** A condition of several dimensions chooses element by element: of rows as of one batch. */
const select: Converter = (node) => {
  node.stack();
  const given = node.tensors;
  const rank = rankOf(given[0]);
  const chosen = condList(
    rank.greater(1),
    () => given.map(flattened),
    () => given,
  );
  const [made] = node.again(chosen.filter((x): x is Tensor => x instanceof Tensor));
  return rows(
    condTensor(
      rank.greater(1),
      () => unflattened(made, node.count),
      () => made,
    ),
  );
};
const cast: Converter = (node: RowNode) => rows(apply('Cast', [node.stacked(0)], { DstT: node.attr('DstT') }));

export const ELEMENTS: Converters = {
  ...each(PLAIN, named()),
  ...each(MORE, (node) => {
    node.expand();
    return rows(...node.again());
  }),
  RealDiv: named('truediv'),
  DivNoNan: named('div_no_nan'),
  ...each(ALIKE, alike),
  AddN: (node) => {
    node.stack();
    return rows(addN([...node.tensors]));
  },
  Cast: cast,
  Select: select,
};
