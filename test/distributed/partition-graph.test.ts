/** What a run says of the graph that it ran, and a session of edges that its graph cannot have, as in TensorFlow. */
import * as tf from '../../src';
import { tensorBytes } from '../../src/format/tensor-proto';
import * as M from '../../src/format/master';
import { RUN_METADATA } from '../../src/format/run-messages';
import { type Client, failing, graphOf, scalar, besideServer } from './client';

let client: Client;
besideServer((made) => (client = made));

test('a run tells the nodes that it needs where it is asked for them, traced or not', async () => {
  const graph = graphOf(() => {
    const [p, q] = ['p', 'q'].map((name) => tf.placeholder(tf.float32, [], { name }));
    const half = tf.multiply(p, tf.constant(0.5, { name: 'y' }), { name: 'half' });
    tf.controlDependencies([q], () => tf.add(half, 1, { name: 'sum' }));
    tf.identity(half, { name: 'other' });
  });
  const { handle: sessionHandle } = await client.open(graph);
  const tensor = tensorBytes(scalar(3));
  const run = async (traceLevel: number, outputPartitionGraphs: boolean, ...fed: string[]) => {
    const { metadata } = await client.call('RunStep', {
      sessionHandle,
      fetch: ['sum:0'],
      feed: fed.map((name) => M.NAMED_TENSOR.make({ name, tensor })),
      options: M.RUN_OPTIONS.make({ traceLevel, outputPartitionGraphs }),
    });
    const { stepStats, partitionGraphs } = RUN_METADATA.read(metadata);
    const graphs = partitionGraphs as unknown as Pick<tf.GraphDef, 'node'>[];
    return { traced: stepStats !== null, nodes: graphs.map(({ node }) => node) };
  };
  const { traced, nodes } = await run(0, true, 'half:0', 'q:0');
  expect(traced).toBe(false);
  // As 1.15 has it, but for the order.
  const inputs = nodes[0].map(({ name, op, input }) => [name, op, ...input]);
  expect(inputs.sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([
    ['_recv_half_0', '_Recv'],
    ['_recv_q_0', '_Recv'],
    ['_send_sum_0', '_Send', 'sum'],
    ['sum', 'Add', '_recv_half_0', 'sum/y'],
    ['sum/y', 'Const', '^_recv_q_0'],
  ]);
  expect(new Set(nodes[0].map(({ device }) => device))).toEqual(new Set(['/job:local/replica:0/task:0/device:CPU:0']));
  const names = (await run(3, true, 'p:0', 'q:0')).nodes[0].map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['half', 'y', '_recv_p_0', 'sum']));
  expect(names).not.toContain('other');
  expect(await run(3, true, 'p:0', 'q:0')).toMatchObject({ traced: true });
  expect(await run(3, false, 'p:0', 'q:0')).toEqual({ traced: true, nodes: [] });
  expect(await run(0, false, 'p:0', 'q:0')).toEqual({ traced: false, nodes: [] });
  const called = M.CALLABLE_OPTIONS.make({
    feed: ['half:0', 'q:0'],
    fetch: ['sum:0'],
    runOptions: M.RUN_OPTIONS.make({ outputPartitionGraphs: true }),
  });
  const { handle } = await client.call('MakeCallable', { sessionHandle, options: called });
  const { metadata } = await client.call('RunCallable', { sessionHandle, handle, feed: [tensor, tensor] });
  expect(RUN_METADATA.read(metadata).partitionGraphs).toMatchObject([{ node: nodes[0] }]);
});

/** A conditional, as 1.15's client writes it. */
const ARG = 'name: "x" type: DT_FLOAT';
const BRANCH = `library { function {
  signature { name: "same" input_arg { ${ARG} } output_arg { name: "y" type: DT_FLOAT } }
  ret { key: "y" value: "x" } } }`;
const COND = (type: string) => `${BRANCH}
  node { name: "x" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
    attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape {} float_val: 10 } } } }
  node { name: "p" op: "Const" attr { key: "dtype" value { type: DT_BOOL } }
    attr { key: "value" value { tensor { dtype: DT_BOOL tensor_shape {} bool_val: true } } } }
  node { name: "cond" op: "${type}" input: "p" input: "x" attr { key: "Tcond" value { type: DT_BOOL } }
    attr { key: "Tin" value { list { type: DT_FLOAT } } } attr { key: "Tout" value { list { type: DT_FLOAT } } }
    attr { key: "then_branch" value { func { name: "same" } } }
    attr { key: "else_branch" value { func { name: "same" } } } }`;
const READS = (of: string) => `node { name: "grad" op: "Identity" input: "${of}:1"
  attr { key: "T" value { type: DT_FLOAT } } }`;
test.each(['StatelessIf', 'If'])('gradients of a %s that a session has run get the hint of 1.15', async (type) => {
  const bytes = (text: string) => tf.GraphDef.fromText(text).serializeToString();
  const { sessionHandle } = await client.call('CreateSession', { graphDef: bytes(COND(type)) });
  expect((await client.call('RunStep', { sessionHandle, fetch: ['cond:0'] })).tensor).toHaveLength(1);
  const extended = (of: string) => failing(client.call('ExtendSession', { sessionHandle, graphDef: bytes(READS(of)) }));
  expect(await extended('cond')).toMatchObject({
    code: 3,
    message:
      "Node 'grad': Connecting to invalid output 1 of source node cond which has 1 outputs. " +
      'Try using tf.compat.v1.experimental.output_all_intermediates(True).',
  });
  expect((await extended('x')).message).toBe(
    "Node 'grad': Connecting to invalid output 1 of source node x which has 1 outputs.",
  );
});
