/** The error of a call, as Node would print it. */
export function printed(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    for (const see of process.listeners('uncaughtExceptionMonitor')) see(error as Error, 'uncaughtException');
    return String((error as Error).stack);
  }
  return 'nothing';
}
