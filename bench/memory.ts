/** The peak of a process's resident memory. */
import { readFileSync, readdirSync } from 'node:fs';

/** Bytes; of a process on Linux, else of this one only. */
export function peakOf(pid: number | 'self'): number | null {
  // Not maxRSS there: a process begins with that of the one which started it.
  const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(contents(`/proc/${pid}/status`))?.[1];
  if (kilobytes) return Number(kilobytes) * 1024;
  return pid === 'self' ? process.resourceUsage().maxRSS * 1024 : null;
}
/** Of the processes of a group together, or null where that is not to be had. */
export function peakOfGroup(group: number): number | null {
  let sum = 0;
  try {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      // pid (name) state parent group …
      if (Number(contents(`/proc/${pid}/stat`).split(') ').pop()?.split(' ')[2]) === group)
        sum += peakOf(Number(pid)) ?? 0;
    }
  } catch {
    /* not Linux */
  }
  return sum || null;
}
function contents(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
