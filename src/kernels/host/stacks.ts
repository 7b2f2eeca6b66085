/** Stacks of tensors: the handle carries one, from the step that makes it to the last that reads it. */
import { type DType, resource } from '../../base/dtype';
import { type StatefulTable, Value, attr, invalid } from '../kernel';
import { Kind, type Place, type Resource, ofStep, resourceOf } from '../resources';
import { integer } from './variants';

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

export const STACKS_KERNELS: StatefulTable = {
  StackV2: ([size], node) => {
    const name = attr(node, 'stack_name', 'string') || node.name;
    const stack = new Stack(name, attr(node, 'elem_type'), integer(size));
    return [new Value(resource, [], null, null, stack)];
  },
  StackPushV2: ([handle, item]) => {
    stackOf(handle).push(item);
    return [item.retain()];
  },
  StackPopV2: ([handle]) => [stackOf(handle).pop()],
  StackCloseV2: ([handle]) => {
    stackOf(handle).close();
    return [];
  },
};
