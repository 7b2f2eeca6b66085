/** Synchronous runs that wait for what another run of the process brings. */
import * as tf from '../../src';
import { loadHostKernels } from '../../src/kernels/devices';
import { Later, type StatefulRow, type StatefulTable, type Value } from '../../src/kernels/kernel';
import { registerStatefulKernels, statefulKernel } from '../../src/kernels/registry';
import { devices } from '../sweep';

beforeAll(loadHostKernels);
beforeEach(() => tf.resetDefaultGraph());
/**
 * InfeedEnqueue puts numbers into a box, InfeedDequeue waits until there is one, as a queue does. A box holds
 * `capacity` of them; InfeedEnqueue waits where it is full.
 */
class Box {
  readonly numbers: Value[] = [];
  /** Why those gave up who do not wait any more. */
  readonly given: string[] = [];
  private readonly takers: Later<readonly Value[]>[] = [];
  private readonly putters: { readonly later: Later<readonly Value[]>; readonly value: Value }[] = [];
  constructor(private readonly capacity: number) {}
  put(value: Value): Later<readonly Value[]> {
    const later = new Later<readonly Value[]>('room in the box');
    this.putters.push({ later, value: value.retain() });
    this.move();
    return later;
  }
  take(): Later<readonly Value[]> {
    const later = new Later<readonly Value[]>('a number in the box').onCancel((why) => {
      this.takers.splice(this.takers.indexOf(later), 1);
      this.given.push(why.message.split('\n')[0]);
    });
    this.takers.push(later);
    this.move();
    return later;
  }
  private move(): void {
    for (let moved = true; moved; ) {
      moved = false;
      if (this.putters.length && this.numbers.length < this.capacity) {
        const { later, value } = this.putters.shift()!;
        this.numbers.push(value);
        later.settle([]);
        moved = true;
      }
      if (this.takers.length && this.numbers.length) {
        this.takers.shift()!.settle([this.numbers.shift()!]);
        moved = true;
      }
    }
  }
}
let box = new Box(1);
const ENQUEUE: StatefulRow = {
  mayWait: true,
  make:
    () =>
    ([x]) =>
      box.put(x),
};
describe.each(devices())('runs that drive each other, on $title', ({ device }) => {
  const session = (): tf.Session => new tf.Session('', { config: { device, advice: false } });
  beforeAll(() => {
    // No kernel of the library's own is hidden by these.
    expect(statefulKernel('InfeedEnqueue')?.make).toBe(devices()[0].device === device ? undefined : ENQUEUE.make);
    const table: StatefulTable = {
      InfeedEnqueue: ENQUEUE,
      InfeedDequeue: { mayWait: true, make: () => () => box.take() },
    };
    registerStatefulKernels({ keys: 'InfeedEnqueue InfeedDequeue', table: () => table });
  });
  beforeEach(() => {
    box = new Box(1);
  });
  const put = (x: tf.TensorLike, name: string): tf.Operation =>
    tf.getDefaultGraph().createOp('InfeedEnqueue', [tf.convertToTensor(x)], [], { dtype: tf.float32 }, name);
  const take = (name: string): tf.Tensor =>
    tf.getDefaultGraph().createOp('InfeedDequeue', [], [tf.float32], { dtype: tf.float32, shape: [] }, name).outputs[0];

  test('run drives the run that fills what it empties, though nobody waits for a promise meanwhile', async () => {
    const graph = tf.getDefaultGraph();
    // Ten numbers, of which the box holds one: each is put once the one before is.
    let last: tf.Operation | null = null;
    for (let i = 0; i < 10; i++) {
      const before: tf.Operation[] = last ? [last] : [];
      last = graph.controlDependencies(before, () => put(tf.constant(i), `put${i}`));
    }
    const next = take('take').add(0.5);
    const sess = session();
    const filling = sess.runAsync(last!);
    for (let i = 0; i < 10; i++) expect(sess.run(next)).toBe(i + 0.5);
    await filling;
    sess.close();
  });
  test('across two sessions, and through a third run', async () => {
    const [x, y] = [take('first'), take('second')];
    const through = put(x.add(y), 'through');
    const [one, two] = [put(tf.constant(1), 'one'), put(tf.constant(2), 'two')];
    const result = take('result').mul(10);
    const [s, t] = [session(), session()];
    // 3 comes of the two numbers that others put; who waits for it drives them all.
    const adding = s.runAsync(through);
    const putting = [t.runAsync(one), t.runAsync(two)];
    expect(s.run(result)).toBe(30);
    await Promise.all([adding, ...putting]);
    s.close();
    t.close();
  });
  test('what waits hears that its run is over: closed, out of time, cancelled, or failed elsewhere', async () => {
    const taken = take('taken');
    const [later, missing] = [taken.add(1), tf.placeholder(tf.float32, [], { name: 'missing' })];
    const failing = tf.getDefaultGraph().controlDependencies([missing], () => tf.constant(0));
    const sess = session();
    const alive = sess.device?.tensorsAlive() ?? 0;
    const given = async (running: Promise<unknown>): Promise<string> => {
      await running.catch(() => undefined);
      expect(box.given.length).toBe(1);
      return box.given.pop()!;
    };
    const options = new tf.RunOptions({ timeoutInMs: 5 });
    expect(await given(sess.runAsync(later, {}, { options }))).toContain('Timed out');
    const controller = new AbortController();
    const running = sess.runAsync(later, {}, { signal: controller.signal });
    controller.abort();
    expect(await given(running)).toBe('Run call was cancelled');
    expect(await given(sess.runAsync([later, failing]))).toContain('You must feed a value');
    expect(() => sess.run([later, failing])).toThrow('You must feed a value');
    expect(box.given.pop()).toContain('You must feed a value');
    // A run that cannot wait gives up as well.
    expect(() => sess.run(later)).toThrow('The run would have to wait');
    expect(box.given.pop()).toBe('Run call was cancelled');
    // Nobody of these takes what comes now.
    await sess.runAsync(put(tf.constant(7), 'seven'));
    expect(sess.run(later)).toBe(8);
    expect(sess.device.tensorsAlive()).toBe(alive);
    const closed = sess.runAsync(later);
    sess.close();
    expect(await given(closed)).toContain('Session has been closed');
  });
  test('what nobody brings is an error that says what each step waits for, and no hang', async () => {
    const sess = session();
    const waiting = sess.runAsync(take('other').add(1));
    waiting.catch(() => undefined);
    const pair = take('left').add(take('right'));
    expect(() => sess.run(pair)).toThrow(
      /^The run would have to wait for 'left' \(op type: InfeedDequeue, which waits for a number in the box\), /,
    );
    expect(() => sess.run(pair)).toThrow("other runs of this process wait, too: for 'other' (op type: InfeedDequeue");
    sess.close();
    await expect(waiting).rejects.toThrow('Session has been closed.');
  });
  test('an error of a run that was driven is its own', async () => {
    const sess = session();
    const graph = tf.getDefaultGraph();
    const filling = graph.controlDependencies([put(tf.constant(1), 'a')], () => put(tf.constant(2), 'b'));
    const bad = graph.controlDependencies([filling], () => tf.placeholder(tf.float32, [], { name: 'bad' }));
    const failing = sess.runAsync(bad.add(1));
    failing.catch(() => undefined);
    expect(sess.run(take('t'))).toBe(1);
    expect(sess.run(take('u'))).toBe(2);
    await expect(failing).rejects.toThrow("You must feed a value for placeholder tensor 'bad'");
    sess.close();
  });
});
