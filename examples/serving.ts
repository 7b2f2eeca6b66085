/**
 * Serving: a trained model as a folder, and a server that answers from it over HTTP, in the way of TensorFlow Serving.
 *
 *     npx ts-node examples/serving.ts
 */
import { mkdtempSync } from 'node:fs';
import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from 'tfjs-session';

const STEPS = 500;
const BATCH = 100;
// The same weights and the same order of the digits each time.
tf.setRandomSeed(1);
const mnist = tf.examples.tutorials.mnist.inputData.readDataSets();

/** Trains a model, and writes it with the names by which it is asked. */
function train(folder: string): void {
  const x = tf.placeholder(tf.float32, [null, 784], { name: 'x' });
  const y = tf.placeholder(tf.int64, [null], { name: 'y' });
  const w = new tf.Variable(tf.zeros([784, 10]), { name: 'w' });
  const b = new tf.Variable(tf.zeros([10]), { name: 'b' });
  const logits = tf.matmul(x, w).add(b);
  const cost = tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: y, logits }));
  const step = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);
  const classes = tf.argmax(logits, 1, { name: 'classes' });
  const probabilities = tf.nn.softmax(logits, { name: 'probabilities' });

  using sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  for (let i = 0; i < STEPS; i++) {
    const [images, labels] = mnist.train.nextBatch(BATCH);
    sess.run(step, { [x.name]: images, [y.name]: labels });
  }
  tf.savedModel.simpleSave(sess, folder, { x }, { classes, probabilities });
}

/** A function that answers from the folder alone: it knows no variable and no node of the training. */
function open(folder: string): (instances: number[][]) => Record<string, unknown>[] {
  const sess = new tf.Session({ graph: new tf.Graph() });
  const { signatureDef } = tf.savedModel.load(sess, [tf.savedModel.SERVING], folder);
  const { inputs, outputs } = signatureDef.get(tf.savedModel.DEFAULT_SERVING_SIGNATURE_DEF_KEY)!;
  const names = [...outputs.keys()];
  return (instances) => {
    const values = sess.run(
      names.map((name) => outputs.get(name)!.name!),
      { [inputs.get('x')!.name!]: instances },
    ) as tf.NDArray[];
    const lists = values.map((value) => value.toArray() as unknown[]);
    return instances.map((_, row) => Object.fromEntries(names.map((name, i) => [name, lists[i][row]])));
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}
async function serve(): Promise<void> {
  const folder = join(mkdtempSync(join(tmpdir(), 'serving-')), 'digits', '1');
  new tf.Graph().asDefault(() => train(folder));
  const predict = open(folder);
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      let [status, answer]: [number, object] = [404, { error: `no ${request.url}` }];
      try {
        const { instances } = JSON.parse(body) as { instances: number[][] };
        if (request.url === '/v1/models/digits:predict') [status, answer] = [200, { predictions: predict(instances) }];
      } catch (error) {
        [status, answer] = [400, { error: String(error) }];
      }
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/models/digits:predict`;

  // A client, which could as well be written in another language.
  const ask = async (instances: unknown): Promise<Response> =>
    fetch(address, { method: 'POST', body: JSON.stringify({ instances }) });
  const [images, labels] = mnist.test.nextBatch(BATCH);
  const answer = await ask(
    Array.from({ length: BATCH }, (_, i) => Array.from(images.subarray(784 * i, 784 * (i + 1)))),
  );
  const { predictions } = (await answer.json()) as { predictions: { classes: number; probabilities: number[] }[] };
  const right = predictions.filter(({ classes }, i) => classes === labels[i]).length;
  console.log(`The server knew ${right} of ${BATCH} digits`);
  console.log(`The first is ${predictions[0].classes}, with ${Math.max(...predictions[0].probabilities).toFixed(2)}`);
  const refused = await ask([[1, 2, 3]]);
  console.log(`Three pixels are refused: ${refused.status}`);
  server.close();
  if (right < 0.8 * BATCH || refused.status !== 400) throw new Error('the server does not answer as the model does');
}
export const done = serve();
