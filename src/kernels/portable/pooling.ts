/**
 * Maxima and means over windows and their gradients as WebAssembly of our own, four channels at a time. Of equal
 * elements the first is the maximum, NaN counts as -Infinity, and a gradient is added place by place: of maxima bit for
 * bit what the host does.
 */
import { sizeOf } from '../../base/shape';
import type { Window } from '../../base/window';
import type { PoolGeometry, clip } from '../host/pool-places';
import { type Code, Function_, type Local, f32, i32, v128 } from '../../base/assembler';
import { runHere } from './team';
import type { Heap } from './wasm';

const { splat, select, and, add, div, less, load, equal, mul, splatInt, store, toFloat, zero } = v128;
const ONE = splat(f32.of(1));
const BELOW = splat(f32.of(-Infinity));
const LOWEST = splat(f32.of(-3.4028234663852886e38));
/** Nanoseconds for an element under a window. */
const EACH = 0.6;

/**
 * In a window of some channels: `each` visits its elements in order, whose places count from `x`, and of which there
 * are `size`.
 */
type Step = (each: (visit: (place: Code) => void) => void, channel: Code, width: 1 | 4, size: Code) => void;
/**
 * A function that goes through all windows: x, y and dx are pictures, results, and the gradient of pictures; `count`
 * pictures of `bytes`; a table of `rows` and `columns` of windows, where each begins and how long it is; bytes of a
 * line and of a pixel, and its channels in fours and ones.
 */
function through(name: string, make: (f: Function_, x: Local, y: Local, dx: Local) => Step): Function_ {
  const f = new Function_(name, new Array<'i32'>(12).fill('i32'));
  const params = Array.from({ length: 12 }, (_, i) => f.param(i));
  const [x, y, dx, count, bytes, windows, rows, columns, line, pixel, fours, ones] = params;
  const [row, column, down, across, channel, times] = Array.from({ length: 6 }, () => f.local('i32'));
  const [top, left, high, wide, r, c, place] = Array.from({ length: 7 }, () => f.local('i32'));
  const next = (local: Local, by: Code): void => f.emit(local.set(i32.add(local.get, by)));
  const step = make(f, x, y, dx);
  const each = (visit: (place: Code) => void): void => {
    f.emit(r.set(high.get), top.set(i32.load(row.get)));
    f.repeat(r, () => {
      const first = i32.add(i32.mul(top.get, line.get), i32.mul(left.get, pixel.get));
      f.emit(c.set(wide.get), place.set(i32.add(first, channel.get)));
      f.repeat(c, () => {
        visit(place.get);
        next(place, pixel.get);
      });
      next(top, i32.of(1));
    });
  };
  const channels = (many: Local, width: 1 | 4): void => {
    f.emit(times.set(many.get));
    f.loop(times, () => {
      step(each, channel.get, width, i32.mul(high.get, wide.get));
      next(channel, i32.of(4 * width));
      next(times, i32.of(-1));
    });
  };
  const oneWindow = (): void => {
    f.emit(left.set(i32.load(column.get)), wide.set(i32.load(column.get, 4)), channel.set(i32.of(0)));
    channels(fours, 4);
    channels(ones, 1);
    next(column, i32.of(8));
    next(y, pixel.get);
  };
  f.repeat(count, () => {
    f.emit(row.set(windows.get), down.set(rows.get));
    f.repeat(down, () => {
      f.emit(high.set(i32.load(row.get, 4)), across.set(columns.get));
      f.emit(column.set(i32.add(windows.get, i32.mul(i32.of(8), rows.get))));
      f.repeat(across, oneWindow);
      next(row, i32.of(8));
    });
    next(x, bytes.get);
    next(dx, bytes.get);
  });
  return f;
}
/** Finds the largest of a window, and which one in the order of visits that is. */
function largest(
  f: Function_,
  x: Local,
): { find: (each: Parameters<Step>[0], width: 1 | 4) => void; best: Local; which: Local } {
  const [best, which, value, number] = Array.from({ length: 4 }, () => f.local('v128'));
  const isLarger = f.local('v128');
  return {
    best,
    which,
    find(each, width) {
      f.emit(best.set(BELOW), which.set(zero), number.set(zero));
      each((place) => {
        f.emit(value.set(v128.load(width, i32.add(x.get, place))));
        f.emit(isLarger.set(less(best.get, value.get)));
        f.emit(best.set(select(value.get, best.get, isLarger.get)));
        f.emit(which.set(select(number.get, which.get, isLarger.get)), number.set(add(number.get, ONE)));
      });
    },
  };
}
const maxima = through('max', (f, x, y) => {
  const { find, best } = largest(f, x);
  return (each, channel, width) => {
    find(each, width);
    // TensorFlow's maximum starts from the lowest float.
    f.emit(v128.store(width, i32.add(y.get, channel), select(best.get, LOWEST, less(LOWEST, best.get))));
  };
});
const gradient = through('maxGrad', (f, x, y, dx) => {
  const { find, which } = largest(f, x);
  const [dy, number, to] = [f.local('v128'), f.local('v128'), f.local('i32')];
  return (each, channel, width) => {
    find(each, width);
    f.emit(dy.set(v128.load(width, i32.add(y.get, channel))), number.set(zero));
    each((place) => {
      const here = and(dy.get, equal(number.get, which.get));
      f.emit(to.set(i32.add(dx.get, place)));
      f.emit(v128.store(width, to.get, add(v128.load(width, to.get), here)), number.set(add(number.get, ONE)));
    });
  };
});

const sizeAsFloat = (size: Code): Code => toFloat(splatInt(size));
const means = through('mean', (f, x, y) => {
  const sum = f.local('v128');
  return (each, channel, width, size) => {
    f.emit(sum.set(zero));
    each((place) => f.emit(sum.set(add(sum.get, load(width, i32.add(x.get, place))))));
    f.emit(store(width, i32.add(y.get, channel), div(sum.get, sizeAsFloat(size))));
  };
});
/** Each gradient is shared among the elements that were averaged. */
const meanGradient = through('meanGrad', (f, _, y, dx) => {
  const [share, to] = [f.local('v128'), f.local('i32')];
  return (each, channel, width, size) => {
    f.emit(share.set(mul(load(width, i32.add(y.get, channel)), div(ONE, sizeAsFloat(size)))));
    each((place) => f.emit(to.set(i32.add(dx.get, place)), store(width, to.get, add(load(width, to.get), share.get))));
  };
});

/** All but the geometry are addresses; a gradient by the pictures is `dx`. `windows` is the table of `windowsOf`. */
export interface Pooling {
  max(g: PoolGeometry, windows: number, x: number, y: number): void;
  maxGrad(g: PoolGeometry, windows: number, x: number, dy: number, dx: number): void;
  mean(g: PoolGeometry, windows: number, x: number, y: number): void;
  meanGrad(g: PoolGeometry, windows: number, dy: number, dx: number): void;
}
/** Compiles the functions. */
export function openPooling({ zero: clear, team }: Heap): Pooling {
  const kernel = team.compile([maxima, gradient, means, meanGradient]);
  const run = (name: string, g: PoolGeometry, windows: number, [x, y, dx]: readonly number[]): void => {
    const { batch, rows, columns, channels } = g;
    const [line, pixel] = [4 * columns.input * channels, 4 * channels];
    const [bytes, made] = [line * rows.input, pixel * rows.output * columns.output];
    const visited = sizeOf([batch, rows.output, rows.filter, columns.output, columns.filter, channels]);
    const cuts = team.cuts(EACH * visited);
    const each = Math.ceil(batch / cuts);
    const calls = Array.from({ length: Math.ceil(batch / each) }, (_, i) => {
      const [from, count] = [i * each, Math.min(each, batch - i * each)];
      const places = [x + from * bytes, y + from * made, dx + from * bytes, count, bytes];
      const sizes = [windows, rows.output, columns.output, line, pixel, channels >> 2, channels & 3];
      return { fn: kernel(name), args: [...places, ...sizes] };
    });
    if (cuts === 1) runHere(calls);
    else team.run(calls);
  };
  const clearFor = (g: PoolGeometry, dx: number): void =>
    clear(dx, 4 * sizeOf([g.batch, g.rows.input, g.columns.input, g.channels]));
  return {
    max: (g, windows, x, y) => run('max', g, windows, [x, y, 0]),
    maxGrad(g, windows, x, dy, dx) {
      clearFor(g, dx);
      run('maxGrad', g, windows, [x, dy, dx]);
    },
    mean: (g, windows, x, y) => run('mean', g, windows, [x, y, 0]),
    meanGrad(g, windows, dy, dx) {
      clearFor(g, dx);
      run('meanGrad', g, windows, [0, dy, dx]);
    },
  };
}
/** Where each window of rows and columns begins, and how long its part on the picture is. */
export function windowsOf({ rows, columns }: PoolGeometry, under: typeof clip): Int32Array {
  const along = (w: Window): number[] =>
    Array.from({ length: w.output }, (_, i) => under(w, i)).flatMap(([from, to]) => [from, to - from]);
  return Int32Array.from([...along(rows), ...along(columns)]);
}
