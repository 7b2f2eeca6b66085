/**
 * Makes random programs with branches, loops, arrays and variables, nested in one another. Values stay small, loops end
 * after a few times, and what has effects goes one after the other, so that every run is the same anywhere.
 */
import type { Body, FlowProgram, Kind } from './steps';
import { DEEPEST, OPS, Scope, Values } from './values';

export class FlowMaker extends Values {
  private variables: FlowProgram['variables'] = [];

  program(functional: boolean): FlowProgram {
    const inputs = (['f', 'v', 'i', 'b', 'f'] as const).map((kind) => ({
      kind,
      isOpen: kind === 'v' && this.chance(0.15),
      fed: Array.from({ length: this.of([1, 2, 3]) }, () => this.value(kind)),
    }));
    const kinds = Array.from({ length: this.int(0, 2) }, () => this.of(['f', 'v'] as const));
    this.variables = kinds.map((kind) => ({
      kind,
      isResource: functional || this.chance(0.5),
      value: this.value(kind) as number,
    }));
    const scope = new Scope([], 0, kinds.length > 0);
    const params = inputs.map(({ kind }) => this.add(scope, kind));
    for (let k = this.int(3, 7); k > 0; k--) this.step(scope);
    const results = this.shuffled(scope.own.slice(params.length).filter(({ kind }) => kind !== 'w')).slice(0, 4);
    const read = scope.mayAct ? kinds.map((kind, variable) => this.read(scope, kind, variable)) : [];
    const main = { params, steps: scope.steps, results: [...results.map(({ id }) => id), ...read] };
    if (!main.results.length) main.results.push(this.pick(scope, 'f'));
    const isFloat = [...results, ...read].some((x) => typeof x === 'number' || 'fvd'.includes(x.kind));
    return { functional, inputs, variables: this.variables, main, gradient: isFloat && this.chance(0.75) };
  }

  // Steps.
  private step(scope: Scope): void {
    const deep = scope.depth < DEEPEST;
    const kind = this.word(deep);
    if (kind === 'op') {
      const [op, of, to] = this.of(OPS);
      this.op(scope, op, of, to);
    } else if (kind === 'act' && scope.mayAct) this.act(scope);
    else if (kind === 'cond') this.cond(scope);
    else if (kind === 'case') this.cases(scope);
    else if (kind === 'while') this.loop(scope);
    else if (kind === 'rows') this.rows(scope);
    else if (kind === 'element') {
      const [of, index] = [this.pick(scope, 'v'), this.pick(scope, 'i')];
      scope.steps.push({ do: 'element', of, index, to: this.add(scope, 'f') });
    } else if (kind === 'gradient') this.gradient(scope);
  }
  private word(deep: boolean): string {
    const p = this.next();
    if (!deep || p < 0.4) return this.of(['op', 'op', 'op', 'op', 'act', 'element']);
    if (p < 0.5) return 'act';
    if (p < 0.66) return 'cond';
    if (p < 0.7) return 'case';
    if (p < 0.9) return 'while';
    return p < 0.97 ? 'rows' : 'gradient';
  }
  private act(scope: Scope): void {
    const variable = this.int(0, this.variables.length - 1);
    const { kind } = this.variables[variable];
    if (this.chance(0.5)) {
      this.read(scope, kind, variable);
      return;
    }
    const value = this.op(scope, this.of(['bound', 'tanh']), [kind], kind);
    scope.steps.push({ do: 'assign', how: this.of(['assign', 'add', 'add', 'sub']), variable, value });
  }
  private inside(
    scope: Scope,
    params: readonly Kind[],
    results: (inner: Scope, params: number[]) => number[],
    mayAct = scope.mayAct,
  ): Body {
    const inner = new Scope(
      scope.visible.filter(({ kind }) => kind !== 'w'),
      scope.depth + 1,
      mayAct,
    );
    const ids = params.map((kind) => this.add(inner, kind));
    for (let k = this.int(0, 3); k > 0; k--) this.step(inner);
    const given = results(inner, ids);
    return { params: ids, steps: inner.steps, results: given };
  }
  private kinds(least: number, most: number): Kind[] {
    return Array.from({ length: this.int(least, most) }, () => this.of(['f', 'f', 'v', 'd', 'i'] as const));
  }
  private cond(scope: Scope): void {
    const pred = this.pick(scope, 'b');
    const kinds = this.kinds(1, 2);
    const body = (): Body => this.inside(scope, [], (inner) => kinds.map((kind) => this.pick(inner, kind)));
    const [yes, no] = [body(), body()];
    scope.steps.push({ do: 'cond', pred, yes, no, to: kinds.map((kind) => this.add(scope, kind)) });
  }
  private cases(scope: Scope): void {
    const preds = [this.pick(scope, 'b'), this.pick(scope, 'b')];
    const kinds = this.kinds(1, 2);
    const bodies = [0, 1, 2].map(() => this.inside(scope, [], (inner) => kinds.map((kind) => this.pick(inner, kind))));
    scope.steps.push({ do: 'case', preds, bodies, to: kinds.map((kind) => this.add(scope, kind)) });
  }
  private loop(scope: Scope): void {
    const kinds: Kind[] = ['i', ...this.kinds(0, 3), ...(this.chance(0.4) ? ['w' as const] : [])];
    const limit = this.chance(0.5) ? this.whole(scope, this.int(0, 4)) : this.op(scope, 'mod', ['i'], 'i');
    const init = kinds.map((kind, k) => (k ? this.begins(scope, kind) : this.whole(scope, this.of([0, 0, 0, 1]))));
    const cond = this.inside(
      new Scope(scope.visible, DEEPEST, false),
      kinds,
      (inner, params) => [this.goesOn(inner, params[0], limit)],
      false,
    );
    const body = this.inside(scope, kinds, (inner, params) =>
      params.map((id, k) => (k ? this.goesRound(inner, kinds[k], id, params[0]) : this.opOf(inner, 'next', [id], 'i'))),
    );
    const to = kinds.map((kind) => this.add(scope, kind));
    scope.steps.push({
      do: 'while',
      cond,
      body,
      init,
      growing: kinds.map((kind) => kind === 'd'),
      maximum: this.chance(0.2) ? this.int(0, 3) : null,
      parallel: this.of([10, 10, 1, 2]),
      backProp: !this.chance(0.08),
      swap: this.chance(0.1),
      to,
    });
    kinds.forEach((kind, k) => kind === 'w' && this.readsArray(scope, to[k]));
  }
  private begins(scope: Scope, kind: Kind): number {
    if (kind !== 'w') return this.pick(scope, kind);
    const [size, dynamic] = [this.whole(scope, 5), this.chance(0.3)];
    const to = this.add(scope, 'w');
    scope.steps.push({ do: 'array', size, dynamic, clear: this.chance(0.6), to });
    return to;
  }
  private goesOn(scope: Scope, i: number, limit: number): number {
    const counted = this.opOf(scope, 'less', [i, limit], 'b');
    return this.chance(0.3)
      ? this.opOf(scope, 'and', [counted, this.op(scope, 'less', ['f', 'f'], 'b')], 'b')
      : counted;
  }
  /** A loop variable's next value. */
  private goesRound(scope: Scope, kind: Kind, id: number, i: number): number {
    if (kind === 'w') return this.written(scope, id, i);
    if (kind === 'i') return this.op(scope, 'mod', ['i'], 'i');
    if (kind === 'd') return this.chance(0.3) ? id : this.opOf(scope, 'append', [id, this.pick(scope, 'f')], 'd');
    return this.chance(0.15) ? id : this.op(scope, this.of(['bound', 'tanh', 'bound']), [kind], kind);
  }
  private written(scope: Scope, array: number, index: number): number {
    const write = (inner: Scope): number => {
      const value = this.pick(inner, 'f');
      const to = this.add(inner, 'w');
      inner.steps.push({ do: 'write', array, index, value, to });
      return to;
    };
    if (this.chance(0.7) || scope.depth >= DEEPEST) return write(scope);
    const pred = this.pick(scope, 'b');
    const [yes, no] = [0, 1].map(() => this.inside(scope, [], (inner) => [write(inner)]));
    const to = [this.add(scope, 'w')];
    scope.steps.push({ do: 'cond', pred, yes, no, to });
    return to[0];
  }
  private readsArray(scope: Scope, array: number): void {
    if (this.chance(0.2)) scope.steps.push({ do: 'arraySize', array, to: this.add(scope, 'i') });
    if (this.chance(0.9)) scope.steps.push({ do: 'stack', array, to: this.add(scope, 'd') });
  }
  private rows(scope: Scope): void {
    const word = this.of(['map', 'scan', 'foldl', 'foldr'] as const);
    const elems = this.pick(scope, this.of(['v', 'd']));
    const body = this.inside(
      scope,
      word === 'map' ? ['f'] : ['f', 'f'],
      (inner) => [this.op(inner, this.of(['bound', 'tanh']), ['f'], 'f')],
      false,
    );
    scope.steps.push({ do: word, elems, body, to: this.add(scope, word.startsWith('fold') ? 'f' : 'd') });
  }
  private gradient(scope: Scope): void {
    const kind = this.of(['f', 'v'] as const);
    const [y, x] = [this.pick(scope, 'f'), this.pick(scope, kind)];
    if (y !== x) scope.steps.push({ do: 'gradient', y, x, to: this.add(scope, kind) });
  }
}
