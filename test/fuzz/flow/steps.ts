/**
 * Programs with branches, loops, arrays and variables, as data. A value has a number that it keeps wherever it is used;
 * a body reads what was made around it. The same data is read by branching.py.
 */

/** A float; two of them; as many as a run makes; a whole number; a truth value; an array that is written. */
export type Kind = 'f' | 'v' | 'd' | 'i' | 'b' | 'w';
export interface Body {
  readonly params: readonly number[];
  readonly steps: readonly Step[];
  readonly results: readonly number[];
}
export interface Loop {
  readonly do: 'while';
  readonly cond: Body;
  readonly body: Body;
  readonly init: readonly number[];
  /** Which variables may change their length. */
  readonly growing: readonly boolean[];
  readonly maximum: number | null;
  readonly parallel: number;
  readonly backProp: boolean;
  readonly swap: boolean;
  readonly to: readonly number[];
}
export type Step =
  | { readonly do: 'const'; readonly kind: Exclude<Kind, 'w'>; readonly value: unknown; readonly to: number }
  | { readonly do: 'op'; readonly op: string; readonly of: readonly number[]; readonly to: number }
  | { readonly do: 'read'; readonly variable: number; readonly to: number }
  | { readonly do: 'assign'; readonly how: string; readonly variable: number; readonly value: number }
  | {
      readonly do: 'cond';
      readonly pred: number;
      readonly yes: Body;
      readonly no: Body;
      readonly to: readonly number[];
    }
  | {
      readonly do: 'case';
      readonly preds: readonly number[];
      readonly bodies: readonly Body[];
      readonly to: readonly number[];
    }
  | Loop
  | {
      readonly do: 'map' | 'scan' | 'foldl' | 'foldr';
      readonly elems: number;
      readonly body: Body;
      readonly to: number;
    }
  | {
      readonly do: 'array';
      readonly size: number;
      readonly dynamic: boolean;
      readonly clear: boolean;
      readonly to: number;
    }
  | {
      readonly do: 'write';
      readonly array: number;
      readonly index: number;
      readonly value: number;
      readonly to: number;
    }
  | { readonly do: 'stack' | 'arraySize'; readonly array: number; readonly to: number }
  | { readonly do: 'element'; readonly of: number; readonly index: number; readonly to: number }
  | { readonly do: 'gradient'; readonly y: number; readonly x: number; readonly to: number };

export interface FlowProgram {
  /** Whether branches and loops are functions. */
  readonly functional: boolean;
  readonly inputs: readonly {
    readonly kind: 'f' | 'v' | 'i' | 'b';
    readonly isOpen: boolean;
    readonly fed: readonly unknown[];
  }[];
  readonly variables: readonly {
    readonly kind: 'f' | 'v';
    readonly isResource: boolean;
    readonly value: number | readonly number[];
  }[];
  /** Its params are the inputs. */
  readonly main: Body;
  readonly gradient: boolean;
}

/** What a step makes. */
export function madeBy(step: Step): readonly number[] {
  if (step.do === 'assign') return [];
  return typeof step.to === 'number' ? [step.to] : step.to;
}
export function bodiesOf(step: Step): readonly Body[] {
  if (step.do === 'cond') return [step.yes, step.no];
  if (step.do === 'case') return step.bodies;
  if (step.do === 'while') return [step.cond, step.body];
  return 'body' in step ? [step.body] : [];
}
/** Whether a body does something beside giving its results, or reads what others change. */
export function hasEffects({ steps }: Body): boolean {
  return steps.some((step) => step.do === 'assign' || step.do === 'read' || bodiesOf(step).some(hasEffects));
}

/** A program as people read it, and, last, as `--program` takes it. */
export function printFlow(program: FlowProgram): string {
  const { inputs, variables, main, gradient } = program;
  const lines = variables.map(
    (v, k) => `v${k} = ${v.isResource ? 'resource ' : ''}variable ${JSON.stringify(v.value)}`,
  );
  lines.push(...inputs.map((x, k) => `n${main.params[k]} = placeholder ${x.kind}, fed ${JSON.stringify(x.fed)}`));
  lines.push(...linesOf(main, ''), ...(gradient ? ['gradients by placeholders and variables'] : []));
  return `${lines.join('\n')}\n--program '${JSON.stringify(program)}'`;
}
function linesOf({ steps, results }: Body, indent: string): string[] {
  const all = (ids: readonly number[]): string => ids.map((n) => `n${n}`).join(', ');
  const lines = steps.flatMap((step) => {
    const {
      do: word,
      to,
      cond: _,
      body: _body,
      yes,
      no,
      bodies: _bodies,
      steps: _steps,
      ...rest
    } = step as {
      readonly do: string;
      readonly to?: unknown;
      readonly [key: string]: unknown;
    };
    void [to, yes, no];
    const head = `${indent}${all(madeBy(step)) || 'do'} = ${word} ${JSON.stringify(rest)}`;
    const inside = bodiesOf(step).flatMap((body) => [
      `${indent}  (${all(body.params)}) =>`,
      ...linesOf(body, `${indent}    `),
    ]);
    return [head, ...inside];
  });
  return [...lines, `${indent}return ${all(results)}`];
}
