/** The machine that measures, and what else it does meanwhile. */
import * as os from 'node:os';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly system: string;
  readonly node: string;
  readonly date: string;
  readonly load: number;
}
export function machine(): Machine {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: cpus.length,
    memoryGB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
    date: new Date().toISOString().slice(0, 16),
    load: Number(os.loadavg()[0].toFixed(2)),
  };
}

/** Adds up what processes other than the one that is measured take of the machine. */
export class Bystanders {
  private others = 0;
  private all = 0;
  /** @param work  gives the seconds of CPU that all that it made the machine do took */
  async during<T extends { readonly cpuSeconds?: number }>(work: () => Promise<T>): Promise<T> {
    const before = ticks();
    const result = await work();
    const after = ticks();
    if (result.cpuSeconds !== undefined) {
      this.others += Math.max(0, after.busy - before.busy - result.cpuSeconds);
      this.all += after.all - before.all;
    }
    return result;
  }
  /** From 0 to 1; null where it is not known. */
  get share(): number | null {
    return this.all > 0 ? Math.min(1, this.others / this.all) : null;
  }
}
/** Seconds of all cores since the machine started. */
function ticks(): { busy: number; all: number } {
  let [busy, all] = [0, 0];
  for (const { times } of os.cpus()) {
    busy += times.user + times.nice + times.sys + times.irq;
    all += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { busy: busy / 1000, all: all / 1000 };
}
