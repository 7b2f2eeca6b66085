/**
 * Convolutions as functions in WebAssembly: a few rows of pictures at a time become a matrix with a patch in each row,
 * in a place of its own that stays in the cache, and that is multiplied by the tiles of gemm-kernels.ts.
 */
import { type Code, Function_, type Local, callOf, f32, i32, v128 } from '../../base/assembler';
import { PACKING, WIDTHS, kernels, placeOfStrip } from './gemm-kernels';

/** A function whose parameters have names, and behind them some that are floats. */
class Named<N extends string> {
  readonly f: Function_;
  private readonly names: readonly string[];
  constructor(
    name: string,
    names: readonly N[],
    private readonly floats = 0,
  ) {
    this.names = names;
    const types = [...new Array<'i32'>(names.length).fill('i32'), ...new Array<'f32'>(floats).fill('f32')];
    this.f = new Function_(name, types);
  }
  at(name: N): Local {
    return this.f.param(this.names.indexOf(name));
  }
  all<M extends readonly N[]>(...names: M): { [I in keyof M]: Local };
  all(...names: readonly N[]): Local[] {
    return names.map((name) => this.at(name));
  }
  get bounds(): Code[] {
    return Array.from({ length: this.floats }, (_, i) => this.f.param(this.names.length + i).get);
  }
}

/** How a patch is read: `taps` rows, `tapStep` bytes apart, of `runs` runs of floats: fours of them and single ones. */
const PATCH = ['places', 'placeStep', 'taps', 'tapStep', 'runs', 'runStep', 'fours', 'ones'] as const;
/** Which rows of places: in pictures of `height` of them, of which `left` are left in the first, `jump` bytes apart. */
const ROWS = ['src', 'left', 'height', 'jump', 'rowStep', ...PATCH, 'scratch', 'rows', 'group', 'k'] as const;
/** Columns of the result, and how many panels of each width they are. */
const COLUMNS = ['n', 'panels8', 'panels4', 'panels2', 'panels1'] as const;
/** Pictures, of `lines` lines that are moved, in runs of floats, from one distance to another. */
const FRAME = [
  ...(['src', 'srcBytes', 'line', 'step', 'to', 'toBytes', 'toLine', 'toStep'] as const),
  ...(['count', 'lines', 'runs', 'fours', 'ones'] as const),
] as const;
const CONVOLVE = [...ROWS, 'panels', 'y', 'bias', 'biasColumn', ...COLUMNS] as const;
const FILTER = [...ROWS, 'panels', 'dy', 'dw', ...COLUMNS] as const;

/** Copies a run of floats, and leaves the second address behind it. */
function copying(f: Function_, fours: Local, ones: Local): (run: Local, to: Local) => void {
  const [from, left] = [f.local('i32'), f.local('i32')];
  return (run, to) => {
    f.emit(from.set(run.get));
    for (const [times, width] of [
      [fours, 4],
      [ones, 1],
    ] as const) {
      f.emit(left.set(times.get));
      f.loop(left, () => {
        f.emit(v128.store(width, to.get, v128.load(width, from.get)));
        next(f, from, i32.of(4 * width));
        next(f, to, i32.of(4 * width));
        next(f, left, i32.of(-1));
      });
    }
  };
}
/** Moves lines of pictures into frames. */
function frame(): Function_ {
  const named = new Named('frame', FRAME);
  const { f } = named;
  const [src, srcBytes, line, step] = named.all('src', 'srcBytes', 'line', 'step');
  const [to, toBytes, toLine, toStep] = named.all('to', 'toBytes', 'toLine', 'toStep');
  const [count, lines, runs, fours, ones] = named.all('count', 'lines', 'runs', 'fours', 'ones');
  const copy = copying(f, fours, ones);
  const [row, run, goal, into, place] = Array.from({ length: 5 }, () => f.local('i32'));
  const [linesLeft, runsLeft] = [f.local('i32'), f.local('i32')];
  f.repeat(count, () => {
    f.emit(row.set(src.get), goal.set(to.get), linesLeft.set(lines.get));
    f.repeat(linesLeft, () => {
      f.emit(run.set(row.get), into.set(goal.get), runsLeft.set(runs.get));
      f.repeat(runsLeft, () => {
        f.emit(place.set(into.get));
        copy(run, place);
        next(f, run, step.get);
        next(f, into, toStep.get);
      });
      next(f, row, line.get);
      next(f, goal, toLine.get);
    });
    next(f, src, srcBytes.get);
    next(f, to, toBytes.get);
  });
  return f;
}
/** The patches of a row of places, one after the other. */
function patches(): Function_ {
  const named = new Named('patches', ['src', 'to', ...PATCH]);
  const [src, to, places, placeStep, taps] = named.all('src', 'to', 'places', 'placeStep', 'taps');
  const [tapStep, runs, runStep, fours, ones] = named.all('tapStep', 'runs', 'runStep', 'fours', 'ones');
  const { f } = named;
  const [row, run, tapsLeft, runsLeft] = Array.from({ length: 4 }, () => f.local('i32'));
  const copy = copying(f, fours, ones);
  f.repeat(places, () => {
    f.emit(row.set(src.get), tapsLeft.set(taps.get));
    f.repeat(tapsLeft, () => {
      f.emit(run.set(row.get), runsLeft.set(runs.get));
      f.repeat(runsLeft, () => {
        copy(run, to);
        next(f, run, runStep.get);
      });
      next(f, row, tapStep.get);
    });
    next(f, src, placeStep.get);
  });
  return f;
}
function next(f: Function_, local: Local, by: Code): void {
  f.emit(local.set(i32.add(local.get, by)));
}

/** Goes through `rows` rows, `group` at a time: `body` finds the patches of `count` places in `scratch`. */
function throughRows(named: Named<(typeof ROWS)[number]>, body: (count: Local) => void): void {
  const { f } = named;
  const [src, left, height, jump, rowStep] = named.all('src', 'left', 'height', 'jump', 'rowStep');
  const [places, scratch, rows, group, k] = named.all('places', 'scratch', 'rows', 'group', 'k');
  const [now, each, to, count] = Array.from({ length: 4 }, () => f.local('i32'));
  f.loop(rows, () => {
    f.emit(now.set(i32.min(group.get, rows.get)), each.set(now.get), to.set(scratch.get));
    f.repeat(each, () => {
      f.emit(callOf(PLACE.patches, src.get, to.get, ...PATCH.map((name) => named.at(name).get)));
      next(f, to, i32.mul(i32.of(4), i32.mul(places.get, k.get)));
      next(f, src, rowStep.get);
      next(f, left, i32.of(-1));
      f.when(i32.equal(left.get, i32.of(0)), () => {
        next(f, src, jump.get);
        f.emit(left.set(height.get));
      });
    });
    f.emit(count.set(i32.mul(now.get, places.get)));
    body(count);
    f.emit(rows.set(i32.sub(rows.get, now.get)));
  });
}
/** Calls `strip` for the panels of each width, with the column and the bytes of it where they begin. */
function eachWidth(
  named: Named<(typeof COLUMNS)[number]>,
  strip: (width: (typeof WIDTHS)[number], panels: Local, from: Local) => void,
): void {
  const { f } = named;
  const from = f.local('i32');
  f.emit(from.set(i32.of(0)));
  for (const width of WIDTHS) {
    const panels = named.at(`panels${width}`);
    f.when(panels.get, () => {
      strip(width, panels, from);
      next(f, from, i32.mul(panels.get, i32.of(4 * width)));
    });
  }
}
/** More tiles than any strip has: each panel meets them all at once. */
const ALL = i32.of(1 << 30);
const NONE = i32.of(0);
const tilesOf = (count: Code): Code[] => [i32.shiftRight(count, 2), i32.and(count, i32.of(3)), ALL];
const times4 = (x: Code): Code => i32.mul(x, i32.of(4));

/** y, as many rows as the patches have, and the filter in panels. */
function convolve(): Function_ {
  const named = new Named('convolve', CONVOLVE, 2);
  const { f, bounds } = named;
  const [scratch, k, panels, y, n] = named.all('scratch', 'k', 'panels', 'y', 'n');
  const [bias, biasColumn] = named.all('bias', 'biasColumn');
  throughRows(named, (count) => {
    eachWidth(named, (width, many, from) => {
      const b = [i32.add(panels.get, i32.mul(from.get, k.get)), i32.of(4 * width), i32.mul(i32.of(4 * width), k.get)];
      const added = i32.add(bias.get, i32.mul(i32.shiftRight(from.get, 2), biasColumn.get));
      const a = [scratch.get, times4(k.get), i32.of(4), NONE, NONE, NONE, i32.of(PACKING.none)];
      const c = [i32.add(y.get, from.get), times4(n.get), added, NONE, biasColumn.get];
      f.emit(callOf(placeOfStrip(width), ...a, ...b, k.get, ...c, many.get, ...tilesOf(count.get), ...bounds));
    });
    next(f, y, times4(i32.mul(count.get, n.get)));
  });
  return f;
}
/** Adds the patches, turned over, times the rows of dy that belong to them, to dw. */
function byFilter(): Function_ {
  const named = new Named('byFilter', FILTER);
  const { f } = named;
  const [scratch, k, panels, dy, dw, n] = named.all('scratch', 'k', 'panels', 'dy', 'dw', 'n');
  throughRows(named, (count) => {
    eachWidth(named, (width, many, from) => {
      const a = [scratch.get, i32.of(4), times4(k.get)];
      const b = [i32.add(dy.get, from.get), times4(n.get), i32.of(4), i32.of(PACKING.copy)];
      const packed = [panels.get, i32.of(4 * width), i32.mul(i32.of(4 * width), count.get), count.get];
      const to = i32.add(dw.get, from.get);
      const c = [to, times4(n.get), to, times4(n.get), i32.of(4)];
      const bounds = [f32.of(-Infinity), f32.of(Infinity)];
      f.emit(callOf(placeOfStrip(width), ...a, ...b, ...packed, ...c, many.get, ...tilesOf(k.get), ...bounds));
    });
    next(f, dy, times4(i32.mul(count.get, n.get)));
  });
  return f;
}

const PLACE = { patches: 5 * WIDTHS.length };
/** The functions of products, and behind them those of convolutions. */
export function convKernels(isFused: boolean): Function_[] {
  return [...kernels(isFused), patches(), convolve(), byFilter(), frame()];
}
