/**
 * What a kernel gives that has to wait for another run: an element of a queue, a value that a barrier brings together.
 * As a promise, but told of in the same turn: so a synchronous run can go on, once it has driven that other run. Who
 * makes one hears by `onCancel` that nobody waits any more: it then takes it out of its lists, and settles it no more.
 */
export class Later<T = unknown> {
  private state: { readonly value: T } | { readonly error: unknown } | null = null;
  private readonly listeners: (() => void)[] = [];
  private cancelled: ((why: Error) => void) | null = null;
  /** @param what  what is waited for, for messages: `an element of the queue 'q'` */
  constructor(readonly what: string) {}
  get isSettled(): boolean {
    return this.state !== null;
  }
  /** It has come. Only the first time counts. */
  settle(value: T): void {
    this.tell({ value });
  }
  /** It will not come. */
  fail(error: unknown): void {
    this.tell({ error });
  }
  private tell(state: NonNullable<Later<T>['state']>): void {
    if (this.state) return;
    this.state = state;
    for (const listener of this.listeners.splice(0)) listener();
  }
  /** Calls this once where nobody waits any more: the run was cancelled, ran out of time, or another step failed. */
  onCancel(listener: (why: Error) => void): this {
    this.cancelled = listener;
    return this;
  }
  /** Nobody waits any more. What has come has come. */
  cancel(why: Error): void {
    if (this.state) return;
    const { cancelled } = this;
    this.cancelled = null;
    try {
      cancelled?.(why);
    } finally {
      this.fail(why);
    }
  }
  /** Calls one of them once, at once where it has come already. */
  when(came: (value: T) => void, failed: (error: unknown) => void): void {
    const listener = (): void => {
      if (this.state && 'value' in this.state) came(this.state.value);
      else failed(this.state?.error);
    };
    if (this.state) listener();
    else this.listeners.push(listener);
  }
  /** What is made of it when it has come, and fails where that throws. Who gives up the one gives up the other. */
  as<R>(make: (value: T) => R): Later<R> {
    const later = new Later<R>(this.what).onCancel((why) => this.cancel(why));
    this.when(
      (value) => {
        let made: R;
        try {
          made = make(value);
        } catch (error) {
          return later.fail(error);
        }
        later.settle(made);
      },
      (error) => later.fail(error),
    );
    return later;
  }
}
