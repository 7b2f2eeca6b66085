/** Our own kernels on a heap, each compiled when it is first asked for. */
import { f32, i32, v128, Function_ } from '../../base/assembler';
import { Convolver } from './convolve';
import { type Formula, type Lie, type Run, nonFinite, openFormula, openLook, rowsOf, subnormal } from './formula';
import { type Fold, along, foldOf } from './fold-kernels';
import { type Gemm, openGemm } from './gemm';
import { type Pooling, openPooling } from './pooling';
import { crossEntropyRows, logSoftmaxRows, softmaxRows, sparseCrossEntropyRows } from './softmax-rows';
import type { Shared } from './team';
import type { Heap } from './wasm';

type Look = ReturnType<typeof openLook>;
export class Kernels {
  private readonly loops = new Map<Formula, Map<string, Shared>>();
  private readonly runs = new Map<Formula, Run>();
  private readonly folds = new Map<Fold, Shared>();
  private along_: Shared | null = null;
  private gemm_: Gemm | null = null;
  private convolver_: Convolver | null = null;
  private pooling_: Pooling | null = null;
  private isFinite_: Look | null = null;
  private isNormal_: Look | null = null;
  private moves: ((name: string) => Shared) | null = null;
  private rows_: ((name: string) => Shared) | null = null;
  constructor(readonly heap: Heap) {}
  /** A formula on rows of operands that lie so: `rowsOf` (formula.ts). */
  loop(formula: Formula, lies: readonly Lie[]): Shared {
    let known = this.loops.get(formula);
    if (!known) this.loops.set(formula, (known = new Map<string, Shared>()));
    const key = lies.join();
    let made = known.get(key);
    if (!made) known.set(key, (made = this.heap.team.compile([rowsOf(formula, lies)])('run')));
    return made;
  }
  /** A formula on operands with an element for each, on all threads. */
  run(formula: Formula): Run {
    let run = this.runs.get(formula);
    if (!run) this.runs.set(formula, (run = openFormula(this.heap, formula)));
    return run;
  }
  /** Sums over rows, and along them: fold.ts. */
  fold(fold: Fold): Shared {
    let made = this.folds.get(fold);
    if (!made) this.folds.set(fold, (made = this.heap.team.compile([foldOf(fold)])('fold')));
    return made;
  }
  get along(): Shared {
    return (this.along_ ??= this.heap.team.compile([along()])('along'));
  }
  get convolver(): Convolver {
    return (this.convolver_ ??= new Convolver(this.heap, () => this.gemm));
  }
  get pooling(): Pooling {
    return (this.pooling_ ??= openPooling(this.heap));
  }
  /** Looks at so many elements from an address on. */
  get isFinite(): Look {
    return (this.isFinite_ ??= openLook(this.heap, nonFinite));
  }
  get isNormal(): Look {
    return (this.isNormal_ ??= openLook(this.heap, subnormal));
  }
  get gemm(): Gemm {
    return (this.gemm_ ??= openGemm(this.heap));
  }
  get softmax(): Shared {
    return this.byRows('softmax');
  }
  get logSoftmax(): Shared {
    return this.byRows('logSoftmax');
  }
  get crossEntropy(): Shared {
    return this.byRows('crossEntropy');
  }
  get sparseCrossEntropy(): Shared {
    return this.byRows('sparseCrossEntropy');
  }
  private byRows(name: string): Shared {
    const make = [softmaxRows, logSoftmaxRows, crossEntropyRows, sparseCrossEntropyRows];
    this.rows_ ??= this.heap.team.compile(make.map((rows) => rows()));
    return this.rows_(name);
  }
  get copy(): Shared {
    return this.moving('copy');
  }
  /** bytes(from, to, size): truths of a byte each as numbers, and back. */
  get fromBytes(): Shared {
    return this.moving('fromBytes');
  }
  get toBytes(): Shared {
    return this.moving('toBytes');
  }
  private moving(name: string): Shared {
    this.moves ??= this.heap.team.compile([copying(), bytes('fromBytes'), bytes('toBytes')]);
    return this.moves(name);
  }
}

/** fromBytes(from, to, size), toBytes(from, to, size): 0 and 1 as floats and as bytes. */
function bytes(name: 'fromBytes' | 'toBytes'): Function_ {
  const f = new Function_(name, ['i32', 'i32', 'i32']);
  const [from, to, size] = [0, 1, 2].map((i) => f.param(i));
  const isFrom = name === 'fromBytes';
  f.repeat(size, () => {
    if (isFrom) f.emit(f32.store(to.get, f32.ofInt(i32.loadByte(from.get)), 0));
    else f.emit(i32.storeByte(to.get, i32.ofFloat(f32.load(from.get))));
    f.emit(from.set(i32.add(from.get, i32.of(isFrom ? 1 : 4))), to.set(i32.add(to.get, i32.of(isFrom ? 4 : 1))));
  });
  return f;
}

/** copy(from, fromRow, to, toRow, rows, fours, ones): rows of `4 fours + ones` elements, so many bytes apart. */
function copying(): Function_ {
  const f = new Function_('copy', new Array<'i32'>(7).fill('i32'));
  const [from, fromRow, to, toRow, rows, fours, ones] = [0, 1, 2, 3, 4, 5, 6].map((i) => f.param(i));
  const [source, target, times] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const pass = (width: 1 | 4, rounds: number): void =>
    f.when(times.get, () =>
      f.repeat(times, () => {
        for (let i = 0; i < rounds; i++)
          f.emit(v128.store(width, target.get, v128.load(width, source.get, 16 * i), 16 * i));
        for (const p of [source, target]) f.emit(p.set(i32.add(p.get, i32.of(4 * width * rounds))));
      }),
    );
  f.repeat(rows, () => {
    f.emit(source.set(from.get), target.set(to.get));
    f.emit(times.set(i32.shiftRight(fours.get, 2)));
    pass(4, 4);
    f.emit(times.set(i32.and(fours.get, i32.of(3))));
    pass(4, 1);
    f.emit(times.set(ones.get));
    pass(1, 1);
    f.emit(from.set(i32.add(from.get, fromRow.get)), to.set(i32.add(to.get, toRow.get)));
  });
  return f;
}
