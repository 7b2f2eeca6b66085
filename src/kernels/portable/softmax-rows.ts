/**
 * Softmax, its logarithm and its cross entropy over rows: three passes over each, with what is added up in four sums,
 * whose order is the same for any number of threads.
 */
import { type Code, Function_, type Local, f32, i32, v128 } from '../../base/assembler';
import { expOfMinus, log } from './exponentials';

const { add, div, load, loadSplat, max, mul, splat, spread, store, sub, zero } = v128;
const ONE = splat(f32.of(1));
const LOWEST = splat(f32.of(-Infinity));

/** Goes through a row: pointers begin where the row does, and move with it. */
class Rows {
  readonly f: Function_;
  readonly pointers: readonly Local[];
  private readonly rows: Local;
  private readonly fours: Local;
  private readonly ones: Local;
  private readonly times: Local;
  private readonly back: Local;
  /** @param pointers  how many tensors have as many columns; `others` come behind them */
  constructor(name: string, pointers: number, others: number) {
    const f = (this.f = new Function_(name, new Array<'i32'>(pointers + others + 3).fill('i32')));
    this.pointers = Array.from({ length: pointers }, (_, i) => f.param(i));
    [this.rows, this.fours, this.ones] = [0, 1, 2].map((i) => f.param(pointers + others + i));
    [this.times, this.back] = [f.local('i32'), f.local('i32')];
    f.emit(this.back.set(i32.add(i32.shiftLeft(this.fours.get, 4), i32.shiftLeft(this.ones.get, 2))));
  }
  readonly keep = (x: Code): Code => {
    const local = this.f.local('v128');
    this.f.emit(local.set(x));
    return local.get;
  };
  each(row: () => void): Function_ {
    this.f.repeat(this.rows, row);
    return this.f;
  }
  /** `body` for each four elements, and for each of the others. The last pass of a row stays at its end. */
  pass(body: (width: 1 | 4) => void, isLast = false): void {
    const { f, times } = this;
    const part = (width: 1 | 4, count: Local): void => {
      f.emit(times.set(count.get));
      f.when(times.get, () =>
        f.repeat(times, () => {
          body(width);
          for (const p of this.pointers) f.emit(p.set(i32.add(p.get, i32.of(4 * width))));
        }),
      );
    };
    part(4, this.fours);
    part(1, this.ones);
    if (!isLast) for (const p of this.pointers) f.emit(p.set(i32.sub(p.get, this.back.get)));
  }
  /** All four of them in one. */
  across(x: Local, join: (a: Code, b: Code) => Code): Code {
    const [a, b, c, d] = [0, 1, 2, 3].map((lane) => spread(x.get, lane));
    return this.keep(join(join(a, b), join(c, d)));
  }
  /** The largest of a row; NaN where one is. */
  largest(x: Local): Code {
    const most = this.f.local('v128');
    this.f.emit(most.set(LOWEST));
    this.pass((width) => this.f.emit(most.set(max(most.get, width === 1 ? loadSplat(x.get) : load(4, x.get)))));
    return this.across(most, max);
  }
  /** The sum of e^(x - top), each of which is put into `to`. */
  exponentials(x: Local, top: Code, to: Local): Code {
    const sum = this.f.local('v128');
    this.f.emit(sum.set(zero));
    this.pass((width) => {
      this.f.emit(store(width, to.get, expOfMinus(this.keep(sub(top, load(width, x.get))), this.keep)));
      // Of one the others are 0.
      this.f.emit(sum.set(add(sum.get, load(width, to.get))));
    });
    return this.across(sum, add);
  }
}

/** softmax(x, to, rows, fours, ones) */
export function softmaxRows(): Function_ {
  const rows = new Rows('softmax', 2, 0);
  const { f } = rows;
  const [x, to] = rows.pointers;
  return rows.each(() => {
    const sum = rows.exponentials(x, rows.largest(x), to);
    rows.pass((width) => f.emit(store(width, to.get, div(load(width, to.get), sum))), true);
  });
}
/** logSoftmax(x, to, rows, fours, ones) */
export function logSoftmaxRows(): Function_ {
  const rows = new Rows('logSoftmax', 2, 0);
  const { f } = rows;
  const [x, to] = rows.pointers;
  return rows.each(() => {
    const top = rows.largest(x);
    const less = rows.keep(log(rows.exponentials(x, top, to), rows.keep));
    rows.pass((width) => f.emit(store(width, to.get, sub(sub(load(width, x.get), top), less))), true);
  });
}
/**
 * crossEntropy(x, labels, to, loss, rows, fours, ones): Σ labels · (log Σ e^z - z), with z = x - max, and its
 * derivative.
 */
export function crossEntropyRows(): Function_ {
  const rows = new Rows('crossEntropy', 3, 1);
  const { f } = rows;
  const [x, labels, to] = rows.pointers;
  const loss = f.param(3);
  const [total, label] = [f.local('v128'), f.local('v128')];
  return rows.each(() => {
    const top = rows.largest(x);
    const sum = rows.exponentials(x, top, to);
    const whole = rows.keep(log(sum, rows.keep));
    f.emit(total.set(zero));
    rows.pass((width) => {
      f.emit(label.set(load(width, labels.get)));
      f.emit(total.set(add(total.get, mul(label.get, sub(whole, sub(load(width, x.get), top))))));
      f.emit(store(width, to.get, sub(div(load(width, to.get), sum), label.get)));
    }, true);
    f.emit(store(1, loss.get, rows.across(total, add)), loss.set(i32.add(loss.get, i32.of(4))));
  });
}
/**
 * sparseCrossEntropy(x, to, labels, loss, rows, fours, ones): log Σ e^z - z of the label, with z = x - max, and its
 * derivative. The labels are 32-bit integers that are columns.
 */
export function sparseCrossEntropyRows(): Function_ {
  const rows = new Rows('sparseCrossEntropy', 2, 2);
  const { f } = rows;
  const [x, to] = rows.pointers;
  const [labels, loss, place] = [f.param(2), f.param(3), f.local('i32')];
  const next = (p: Local): void => f.emit(p.set(i32.add(p.get, i32.of(4))));
  return rows.each(() => {
    const top = rows.largest(x);
    const sum = rows.exponentials(x, top, to);
    const whole = rows.keep(log(sum, rows.keep));
    f.emit(place.set(i32.shiftLeft(i32.load(labels.get), 2)));
    const chosen = load(1, i32.add(x.get, place.get));
    f.emit(store(1, loss.get, sub(whole, sub(chosen, top))), place.set(i32.add(to.get, place.get)));
    rows.pass((width) => f.emit(store(width, to.get, div(load(width, to.get), sum))), true);
    f.emit(store(1, place.get, sub(load(1, place.get), ONE)));
    next(labels);
    next(loss);
  });
}
