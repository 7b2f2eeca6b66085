/** Makes a failing program with branches and loops smaller, as long as it fails. */
import type { Body, FlowProgram, Kind, Loop, Step } from './steps';
import { bodiesOf, madeBy } from './steps';

const VALUES = { f: 0.5, v: [0.5, 0.25], d: [0.5, 0.25, 1], i: 1, b: true };

/** What each number stands for. */
function kindsOf({ main, inputs, variables }: FlowProgram): Map<number, Kind> {
  const kinds = new Map<number, Kind>();
  main.params.forEach((id, k) => kinds.set(id, inputs[k].kind));
  const wider = (of: readonly number[]): Kind =>
    (['d', 'v'] as const).find((k) => of.some((id) => kinds.get(id) === k)) ?? 'f';
  const opKind = ({ op, of }: Extract<Step, { do: 'op' }>): Kind => {
    if (['less', 'even', 'and', 'or', 'not'].includes(op)) return 'b';
    if (['count', 'addInt', 'mod', 'next'].includes(op)) return 'i';
    if (['sum', 'pick', 'float'].includes(op)) return 'f';
    return op === 'pair' ? 'v' : op === 'append' || op === 'grow' ? 'd' : wider(of);
  };
  const kindOf = (step: Step): Kind => {
    if (step.do === 'const') return step.kind;
    if (step.do === 'op') return opKind(step);
    if (step.do === 'read') return variables[step.variable].kind;
    if (step.do === 'array' || step.do === 'write') return 'w';
    if (step.do === 'arraySize') return 'i';
    if (step.do === 'gradient') return kinds.get(step.x)!;
    return step.do === 'map' || step.do === 'scan' || step.do === 'stack' ? 'd' : 'f';
  };
  const visit = (body: Body): void => {
    for (const step of body.steps) {
      if (step.do === 'while')
        for (const each of bodiesOf(step)) each.params.forEach((id, k) => kinds.set(id, kinds.get(step.init[k])!));
      else if ('elems' in step) for (const id of step.body.params) kinds.set(id, 'f');
      for (const each of bodiesOf(step)) visit(each);
      const results = step.do === 'while' ? step.init : (bodiesOf(step)[0]?.results ?? []);
      madeBy(step).forEach((id, k) =>
        kinds.set(id, 'elems' in step ? kindOf(step) : (kinds.get(results[k]) ?? kindOf(step))),
      );
    }
  };
  visit(main);
  return kinds;
}
/** All bodies that come of one change somewhere in a body. */
function* changed(body: Body, change: (body: Body, at: number) => Iterable<readonly Step[]>): Generator<Body> {
  for (const [at, step] of body.steps.entries()) {
    const put = (steps: readonly Step[]): Body => ({
      ...body,
      steps: body.steps.flatMap((s, k) => (k === at ? steps : [s])),
    });
    for (const steps of change(body, at)) yield put(steps);
    const within = (key: 'cond' | 'body' | 'yes' | 'no', inner: Body): Generator<Body> =>
      mapped(changed(inner, change), (made) => put([{ ...step, [key]: made } as Step]));
    if (step.do === 'cond') {
      yield* within('yes', step.yes);
      yield* within('no', step.no);
    } else if (step.do === 'case')
      for (const [k, each] of step.bodies.entries())
        yield* mapped(changed(each, change), (made) =>
          put([{ ...step, bodies: step.bodies.map((b, i) => (i === k ? made : b)) }]),
        );
    else if (step.do === 'while') {
      yield* within('cond', step.cond);
      yield* within('body', step.body);
    } else if ('elems' in step) yield* within('body', step.body);
  }
}
function* mapped<A, B>(all: Iterable<A>, f: (a: A) => B): Generator<B> {
  for (const each of all) yield f(each);
}
const without = <T>(list: readonly T[], k: number): T[] => list.filter((_, i) => i !== k);
function withoutVariable(step: Loop, k: number): Loop {
  const less = (body: Body, results: boolean): Body => ({
    ...body,
    params: without(body.params, k),
    results: results ? without(body.results, k) : body.results,
  });
  return {
    ...step,
    cond: less(step.cond, false),
    body: less(step.body, true),
    init: without(step.init, k),
    growing: without(step.growing, k),
    to: without(step.to, k),
  };
}
function readBy(step: Step): readonly number[] {
  const { of, value, pred, preds, init, elems, array, size, index, y, x } = step as Readonly<Record<string, unknown>>;
  const own = step.do === 'const' ? [] : [of, value, pred, preds, init, elems, array, size, index, y, x].flat();
  return [...own.filter((id) => typeof id === 'number'), ...bodiesOf(step).flatMap(readIn)];
}
const readIn = ({ steps, results }: Body): readonly number[] => [...steps.flatMap(readBy), ...results];
/** A body without what nobody reads, and, where it is tried, without what only has effects. */
function needed(body: Body, quiet: boolean): Body {
  const steps: Step[] = [];
  const read = new Set<number>(body.results);
  for (const step of [...body.steps].reverse()) {
    const isRead = madeBy(step).some((id) => read.has(id));
    if (!isRead && (quiet || !acts(step))) continue;
    const each = (inner: Body): Body => needed(inner, quiet);
    const less =
      step.do === 'cond'
        ? { ...step, yes: each(step.yes), no: each(step.no) }
        : step.do === 'case'
          ? { ...step, bodies: step.bodies.map(each) }
          : step.do === 'while'
            ? { ...step, cond: each(step.cond), body: each(step.body) }
            : 'elems' in step
              ? { ...step, body: each(step.body) }
              : step;
    for (const id of readBy(less)) read.add(id);
    steps.unshift(less);
  }
  return { ...body, steps };
}
const acts = (step: Step): boolean => step.do === 'assign' || bodiesOf(step).some(({ steps }) => steps.some(acts));

/** What may stand in a step's place. */
function* lessOf(step: Step, kinds: ReadonlyMap<number, Kind>): Generator<readonly Step[]> {
  yield [];
  const made = madeBy(step);
  if (step.do !== 'const' && made.every((id) => kinds.get(id)! in VALUES))
    yield made.map((to) => {
      const kind = kinds.get(to) as keyof typeof VALUES;
      return { do: 'const', kind, value: VALUES[kind], to };
    });
  if (step.do === 'while') {
    for (let k = step.init.length - 1; k > 0; k--) yield [withoutVariable(step, k)];
    const plain = { ...step, maximum: null, parallel: 10, swap: false, backProp: true };
    if (JSON.stringify(plain) !== JSON.stringify(step)) yield [plain];
  }
  if (step.do === 'cond')
    for (let k = step.to.length - 1; k >= 0 && step.to.length > 1; k--) {
      const less = (body: Body): Body => ({ ...body, results: without(body.results, k) });
      yield [{ ...step, yes: less(step.yes), no: less(step.no), to: without(step.to, k) }];
    }
  if (step.do === 'cond' && step.yes.params.length === 0)
    for (const { steps, results } of [step.yes, step.no])
      yield [
        ...steps,
        ...step.to.map((to, k): Step => ({ do: 'op', op: identityFor(kinds.get(to)!), of: [results[k]], to })),
      ];
}
const identityFor = (kind: Kind): string => (kind === 'i' ? 'mod' : kind === 'b' ? 'not' : 'neg');

function* smaller(program: FlowProgram): Generator<FlowProgram> {
  const kinds = kindsOf(program);
  if (program.gradient) yield { ...program, gradient: false };
  const { main } = program;
  for (const quiet of [true, false]) {
    const less = needed(main, quiet);
    if (JSON.stringify(less) !== JSON.stringify(main)) yield { ...program, main: less };
  }
  for (let k = main.results.length - 1; k >= 0 && main.results.length > 1; k--)
    yield { ...program, main: { ...main, results: without(main.results, k) } };
  for (const body of changed(main, ({ steps }, at) => lessOf(steps[at], kinds))) yield { ...program, main: body };
  const once = program.inputs.map((x) => ({ ...x, isOpen: false, fed: x.fed.slice(0, 1) }));
  if (JSON.stringify(once) !== JSON.stringify(program.inputs)) yield { ...program, inputs: once };
}
/** What begins a fault: a program that fails in another way is another matter, one that cannot be built is none. */
const kindOf = (fault: string | null): string | undefined => fault?.split(/[:, ]/)[0];
/**
 * The smallest program found that fails in the same kind of way.
 *
 * @param fault  what is wrong with a program; null where nothing is
 * @param first  what is wrong with this one
 */
export async function shrinkFlow(
  program: FlowProgram,
  fault: (program: FlowProgram) => Promise<string | null>,
  first: string,
): Promise<FlowProgram> {
  let best = program;
  const deadline = Date.now() + 30_000;
  for (let again = true; again && Date.now() < deadline; ) {
    again = false;
    for (const candidate of smaller(best)) {
      if (Date.now() > deadline || kindOf(await fault(candidate)) !== kindOf(first)) continue;
      best = candidate;
      again = true;
      break;
    }
  }
  return best;
}
