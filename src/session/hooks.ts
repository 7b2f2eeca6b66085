/**
 * Watching whole runs, as TensorFlow's SessionRunHook does: what a program asks every session for, and what it gets.
 */

/** One call of `run`, `runAsync`, or a function of `makeCallable`. */
export interface RunRequest<S> {
  readonly session: S;
  readonly fetches: unknown;
  readonly feeds: readonly (readonly [key: unknown, value: unknown])[];
  /** The function that the program called: a stack trace up to it ends in the program. */
  readonly calledAs: (...args: never[]) => unknown;
}
export interface RunHook<S> {
  /** In the place of a run: `proceed` does it. What this returns, or throws, the program gets. */
  aroundRun(request: RunRequest<S>, proceed: () => unknown): unknown;
  /** Before a session's variables go. */
  beforeClose?(session: S): void;
}

/** The hooks of all sessions; the one added last is the outermost. */
export class RunHooks<S> {
  private hooks: readonly RunHook<S>[] = [];
  get any(): boolean {
    return this.hooks.length > 0;
  }
  /** @returns  takes it off again */
  add(hook: RunHook<S>): () => void {
    this.hooks = [...this.hooks, hook];
    return () => {
      this.hooks = this.hooks.filter((h) => h !== hook);
    };
  }
  run(request: RunRequest<S>, body: () => unknown): unknown {
    return this.hooks.reduce((proceed, hook) => () => hook.aroundRun(request, proceed), body)();
  }
  closing(session: S): void {
    for (const hook of this.hooks) hook.beforeClose?.(session);
  }
}
