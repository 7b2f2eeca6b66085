/** The values that a random program has while it is made, and the ops that make others of them. */
import { Choices } from '../random';
import type { Kind, Step } from './steps';

interface Piece {
  readonly id: number;
  readonly kind: Kind;
}
type Op = readonly [op: string, of: readonly Kind[], to: Kind];
export const OPS: readonly Op[] = [
  ...(['f', 'v'] as const).flatMap((k): Op[] => [
    ...['add', 'sub', 'mix', 'mix', 'max'].map((op): Op => [op, [k, k], k]),
    ...['tanh', 'sigmoid', 'neg', 'stop'].map((op): Op => [op, [k], k]),
    ['sum', [k === 'f' ? 'd' : 'v'], 'f'],
  ]),
  ['add', ['f', 'v'], 'v'],
  ['mix', ['v', 'f'], 'v'],
  ['pair', ['f', 'f'], 'v'],
  ['pick', ['v', 'i'], 'f'],
  ['pick', ['v', 'i'], 'f'],
  ['append', ['d', 'f'], 'd'],
  ['grow', ['v'], 'd'],
  ['mix', ['d', 'f'], 'd'],
  ['count', ['d'], 'i'],
  ['addInt', ['i', 'i'], 'i'],
  ['mod', ['i'], 'i'],
  ['float', ['i'], 'f'],
  ['less', ['f', 'f'], 'b'],
  ['less', ['i', 'i'], 'b'],
  ['even', ['i'], 'b'],
  ['and', ['b', 'b'], 'b'],
  ['or', ['b', 'b'], 'b'],
  ['not', ['b'], 'b'],
];
export const DEEPEST = 3;

/** What one body has while it is made. */
export class Scope {
  readonly steps: Step[] = [];
  readonly own: Piece[] = [];
  constructor(
    readonly outer: readonly Piece[],
    readonly depth: number,
    /** Whether something may be done here whose order counts. */
    readonly mayAct: boolean,
  ) {}
  get visible(): readonly Piece[] {
    return [...this.outer, ...this.own];
  }
}

export class Values extends Choices {
  private numbers = 0;
  protected value(kind: 'f' | 'v' | 'i' | 'b'): unknown {
    const one = (): number => this.int(-16, 16) / 8;
    if (kind === 'b') return this.chance(0.5);
    if (kind === 'i') return this.int(0, 4);
    return kind === 'f' ? one() : [one(), one()];
  }
  protected add(scope: Scope, kind: Kind): number {
    const id = this.numbers++;
    scope.own.push({ id, kind });
    return id;
  }
  /** A value that is there, mostly a late one; or a constant. */
  protected pick(scope: Scope, kind: Kind): number {
    const fitting = scope.visible.filter((p) => p.kind === kind);
    if (kind === 'd' && (!fitting.length || this.chance(0.1))) return this.op(scope, 'grow', ['v'], 'd');
    if (fitting.length && this.chance(0.85)) return this.of(fitting.slice(this.chance(0.7) ? -3 : 0)).id;
    const to = this.add(scope, kind);
    const known = kind as 'f' | 'v' | 'i' | 'b';
    scope.steps.push({ do: 'const', kind: known, value: this.value(known), to });
    return to;
  }
  protected op(scope: Scope, op: string, of: readonly Kind[], kind: Kind): number {
    return this.opOf(
      scope,
      op,
      of.map((each) => this.pick(scope, each)),
      kind,
    );
  }
  protected opOf(scope: Scope, op: string, of: readonly number[], kind: Kind): number {
    const to = this.add(scope, kind);
    scope.steps.push({ do: 'op', op, of, to });
    return to;
  }
  protected whole(scope: Scope, value: number): number {
    const to = this.add(scope, 'i');
    scope.steps.push({ do: 'const', kind: 'i', value, to });
    return to;
  }
  protected read(scope: Scope, kind: Kind, variable: number): number {
    const to = this.add(scope, kind);
    scope.steps.push({ do: 'read', variable, to });
    return to;
  }
}
