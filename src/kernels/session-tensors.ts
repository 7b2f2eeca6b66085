/** Tensors that stay in a session from run to run, by handle: what `GetSessionHandle` keeps. */
import { invalid } from './kernel-error';
import type { Value } from './value';

export class SessionTensors {
  private readonly kept = new Map<string, Value>();
  private made = 0;
  /** @param device  the name of the device that they are on, which is the end of their handles */
  constructor(readonly device: string) {}

  /** Takes over one reference. @returns  the handle */
  add(name: string, value: Value): string {
    const handle = `${name};${this.made++};${this.device}`;
    this.kept.set(handle, value);
    return handle;
  }
  find(handle: string): Value | null {
    return this.kept.get(handle) ?? null;
  }
  /** @throws InvalidArgument  where there is none, or not any more */
  get(handle: string): Value {
    return this.find(handle) ?? invalid(`The tensor with handle '${handle}' is not in the session store.`);
  }
  /** @throws InvalidArgument  where there is none, or not any more */
  delete(handle: string): void {
    this.get(handle).release();
    this.kept.delete(handle);
  }
  /** Drops one that nobody can name any more. */
  forget(handle: string): void {
    if (this.kept.has(handle)) this.delete(handle);
  }
  clear(): void {
    for (const handle of this.kept.keys()) this.delete(handle);
  }
}

/** What one run sees of them: what it adds stays only where its handle is fetched. */
export class StepTensors {
  private readonly added: string[] = [];
  constructor(private readonly session: SessionTensors) {}
  /** The name of the device that they are on. */
  get device(): string {
    return this.session.device;
  }
  add(name: string, value: Value): string {
    const handle = this.session.add(name, value);
    this.added.push(handle);
    return handle;
  }
  get(handle: string): Value {
    return this.session.get(handle);
  }
  delete(handle: string): void {
    this.session.delete(handle);
  }
  /** @param fetched  what the run gave */
  end(fetched: readonly unknown[]): void {
    for (const handle of this.added) if (!fetched.includes(handle)) this.session.forget(handle);
  }
}
