/** Stacks of tensors: the handle carries one, from the step that makes it to the last that reads it. */
import type { DType } from '../../base/dtype';
import { type KernelNode, type StatefulKernel, type StatefulTable, Value, attr, invalid } from '../kernel';
import { wrongOutput } from '../kernel-error';
import { Kind, type Place, type Resource, ofStep, resourceOf } from '../resources';
import { integer } from './variants';

/** How many a stack holds that says no number. */
const NO_LIMIT = -1;

class Stack implements Resource {
  readonly wasMade = true;
  private readonly items: Value[] = [];
  private isOpen = true;
  constructor(
    private readonly name: string,
    private readonly dtype: DType,
    /** How many it holds; below 0 any number. */
    private readonly maxSize: number,
  ) {}
  push(item: Value): void {
    this.checkOpen();
    if (item.dtype !== this.dtype)
      invalid(`Must have type ${this.dtype.cName} but got ${item.dtype.cName} for a push to stack ${this.name}`);
    if (this.maxSize >= 0 && this.items.length >= this.maxSize)
      invalid(`Stack[${this.name}] overflowed its max_size (${this.maxSize})`);
    this.items.push(item.retain());
  }
  pop(): Value {
    this.checkOpen();
    const item = this.items.pop();
    return item ?? invalid(`Stack[${this.name}] is empty when calling Pop().`);
  }
  get kind(): Kind<Stack> {
    return STACK;
  }
  get place(): Place {
    return ofStep(`_stacks${this.name}`);
  }
  close(): void {
    this.isOpen = false;
    this.released();
  }
  dispose(): void {
    this.close();
  }
  released(): void {
    for (const item of this.items.splice(0)) item.release();
  }
  private checkOpen(): void {
    if (!this.isOpen) invalid(`Stack[${this.name}] has already been closed.`);
  }
}
const STACK = new Kind('N10tensorflow5StackE', Stack);
const stackOf = (handle: Value): Stack => resourceOf(handle, STACK);

function newStack(node: KernelNode, maxSize: number): Value[] {
  const [dtype] = node.outputTypes;
  const name = attr(node, 'stack_name', 'string') || node.name;
  const stack = new Stack(name, attr(node, 'elem_type'), maxSize);
  return [new Value(dtype, node.def.outputs[0].isRef ? [2] : [], null, null, stack)];
}
const push: StatefulKernel = ([handle, item]) => {
  stackOf(handle).push(item);
  return [item.retain()];
};
const pop: StatefulKernel = ([handle], node) => {
  const item = stackOf(handle).pop();
  const [dtype] = node.outputTypes;
  if (item.dtype === dtype) return [item];
  item.release();
  throw wrongOutput(node, 0, item.dtype, dtype);
};
const close: StatefulKernel = ([handle]) => {
  stackOf(handle).close();
  return [];
};

export const STACKS_KERNELS: StatefulTable = {
  StackV2: ([size], node) => newStack(node, integer(size)),
  StackPushV2: push,
  StackPopV2: pop,
  StackCloseV2: close,
  Stack: (_, node) => newStack(node, NO_LIMIT),
  StackPush: push,
  StackPop: pop,
  StackClose: close,
};
