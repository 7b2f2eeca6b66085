/** Rules about single nodes: from a node to a finding. Where a program may be right, nothing is said. */
import type { Graph, Operation, Tensor } from '../graph/graph';

/** One line of advice, with the user's line in it. */
export interface Finding {
  readonly rule: LintRule;
  readonly op: Operation;
  readonly message: string;
}
export type LintRule =
  | 'softmaxTwice'
  | 'sigmoidTwice'
  | 'logOfSoftmax'
  | 'costNotScalar'
  | 'columnMinusRow'
  | 'unusedPlaceholder'
  | 'untrainedVariable'
  | 'earlyInitializer'
  | 'dropoutInEvaluation'
  | 'updatesLeftOut'
  | 'rateStands'
  | 'thrownAway'
  | 'endlessLoop'
  | 'effectOutsideOfBranch';

/** Beyond this a graph is not looked at. */
export const MOST_NODES = 20_000;

/** Ops that hand their input on in another shape or type. */
const PASS: ReadonlySet<string> = new Set([
  'Identity',
  'Reshape',
  'Cast',
  'Squeeze',
  'ExpandDims',
  'Transpose',
  'StopGradient',
]);
/** Whether an operation is an optimizer's update of a variable: TensorFlow calls what those change `var`. */
export function isTrainingUpdate({ def }: Operation): boolean {
  return def.inputs.length > 1 && def.inputs[0].name === 'var';
}

export function finding(rule: LintRule, op: Operation, text: string, cure: string): Finding {
  return { rule, op, message: `${op.trace.line ? `${op.trace.line}: ` : ''}${text}. Fix: ${cure}.` };
}
/** The node that made a tensor's values. */
function origin(tensor: Tensor): Operation {
  let { op } = tensor;
  while (PASS.has(op.type)) op = op.inputs[0].op;
  return op;
}

/** Rules about one node, by its type: what is wrong wherever it stands. */
const NODE_RULES: ReadonlyMap<string, (op: Operation) => Finding | null> = new Map([
  ...['SoftmaxCrossEntropyWithLogits', 'SparseSoftmaxCrossEntropyWithLogits'].map(
    (type) => [type, softmaxTwice] as const,
  ),
  ['GreaterEqual', sigmoidTwice],
  ['Log', logOfSoftmax],
  ['Fill', costNotScalar],
  ...['Sub', 'SquaredDifference', 'Equal', 'NotEqual'].map((type) => [type, columnMinusRow] as const),
]);
function softmaxTwice(op: Operation): Finding | null {
  const from = origin(op.inputs[0]);
  return from.type !== 'Softmax'
    ? null
    : finding(
        'softmaxTwice',
        op,
        `the logits of '${op.name}' come out of the softmax '${from.name}', and the cross entropy takes the softmax ` +
          'itself',
        'give it the values before the softmax',
      );
}
/** The first node of tf.nn.sigmoidCrossEntropyWithLogits compares its logits with 0. */
function sigmoidTwice(op: Operation): Finding | null {
  if (!/(^|\/)(logistic_loss|xentropy)(_\d+)?\/GreaterEqual$/.test(op.name)) return null;
  const from = origin(op.inputs[0]);
  return from.type !== 'Sigmoid'
    ? null
    : finding(
        'sigmoidTwice',
        op,
        `the logits of '${op.name.replace(/\/GreaterEqual$/, '')}' come out of the sigmoid '${from.name}', ` +
          'and the cross entropy takes the sigmoid itself',
        'give it the values before the sigmoid',
      );
}
function logOfSoftmax(op: Operation): Finding | null {
  return origin(op.inputs[0]).type !== 'Softmax'
    ? null
    : finding(
        'logOfSoftmax',
        op,
        `'${op.name}' is the logarithm of a softmax, which gives -Infinity and then NaN where a probability is 0`,
        'tf.nn.softmaxCrossEntropyWithLogits({labels, logits}), or tf.nn.logSoftmax(logits)',
      );
}
/** `[n, 1]` minus, or equal to, `[n]`, one of them fed: every row with every row, where each with its own is meant. */
function columnMinusRow(op: Operation): Finding | null {
  const [a, b] = op.inputs;
  const isColumn = ({ shape: { dims } }: Tensor): boolean => dims?.length === 2 && dims[1] === 1 && dims[0] !== 1;
  const isRow = ({ shape: { dims } }: Tensor): boolean => dims?.length === 1 && dims[0] !== 1;
  if (!(isColumn(a) && isRow(b)) && !(isRow(a) && isColumn(b))) return null;
  const [from, of] = [origin(a), origin(b)];
  // Made a column on purpose, or a difference of all pairs of one thing.
  if (from === of || a.op.type === 'ExpandDims' || b.op.type === 'ExpandDims') return null;
  if (from.type !== 'Placeholder' && of.type !== 'Placeholder') return null;
  const [column, row] = isColumn(a) ? [a, b] : [b, a];
  const made = op.outputs[0].dtype.isBool
    ? 'they are compared every row with every row, [n,n], and the mean is no share of right answers'
    : 'their difference is every row minus every row, [n,n], and its mean is no mean of errors';
  return finding(
    'columnMinusRow',
    op,
    `'${column.name}' is ${column.shape.toCString()} and '${row.name}' is ${row.shape.toCString()}: ${made}`,
    `give both one shape, as tf.squeeze(${column.op.name}, { axis: 1 }), or feed [[1], [2], …] to a placeholder ` +
      '[null, 1]',
  );
}
function costNotScalar(op: Operation): Finding | null {
  const { dims } = op.outputs[0].shape;
  if (!dims?.some((d) => d !== 1) || !isStartOfGradients(op) || !reachesUpdate(op)) return null;
  return finding(
    'costNotScalar',
    op,
    `the cost that is minimized has shape ${op.outputs[0].shape}: its elements are summed, so the steps grow with ` +
      'the batch',
    'minimize one number, as tf.reduceMean(cost)',
  );
}

/** Looks at every node by itself. */
export function lintGraph(graph: Graph): Finding[] {
  const ops = graph.getOperations();
  if (ops.length > MOST_NODES) return [];
  const found: Finding[] = [];
  for (const op of ops) {
    const rule = NODE_RULES.get(op.type);
    const one = rule && !op.originalOp ? rule(op) : null;
    if (one) found.push(one);
  }
  return found;
}
/** The ones that `tf.gradients` starts from where nothing else is given. */
function isStartOfGradients(op: Operation): boolean {
  return op.type === 'Fill' && /(^|\/)grad_ys_\d+(_\d+)?$/.test(op.inputs[1].op.name);
}
function reachesUpdate(from: Operation): boolean {
  const seen = new Set([from]);
  for (const op of seen) {
    if (isTrainingUpdate(op)) return true;
    for (const t of op.outputs) for (const next of t.consumers()) seen.add(next);
  }
  return false;
}
