/** Functions of a graph: bodies that its nodes call by name, as an op type or in an attribute. */
import { ValueError } from '../base/errors';
import type { OpDef } from './definition';

/** A function: what a node that calls it looks like. */
export interface GraphFunction {
  readonly def: OpDef;
}

export class FunctionLibrary {
  private readonly functions = new Map<string, GraphFunction>();

  /** @throws ValueError  if another function has the name */
  add(fn: GraphFunction): void {
    const name = fn.def.type;
    if (this.functions.has(name) && this.functions.get(name) !== fn)
      throw new ValueError(
        `Cannot add function '${name}' because a different function with the same name already exists.`,
      );
    this.functions.set(name, fn);
  }
  get(name: string): GraphFunction | undefined {
    return this.functions.get(name);
  }
  /** In order of addition. */
  names(): string[] {
    return [...this.functions.keys()];
  }
}
