/** Which task of a cluster a server is: its one device has a name by that, and graphs may use it. */

export interface Task {
  readonly job: string;
  readonly index: number;
}
/** What a server is that no cluster names: `create_local_server`'s. */
export const LOCAL_TASK: Task = { job: 'local', index: 0 };
/** What a session without a server calls its job: graphs that name it run on any server's first task. */
const IN_PROCESS = 'job:localhost';

export function deviceOf({ job, index }: Task): string {
  return `/job:${job}/replica:0/task:${index}/device:CPU:0`;
}
const MACHINE = /^(job|replica|task):/;
/** A device without what names this task: its graph is run by one process. That of another task stays as it is. */
export function within(device: string, { job, index }: Task): string {
  const parts = device.split('/').filter(Boolean);
  const own = [`job:${job}`, IN_PROCESS, 'replica:0', `task:${index}`];
  if (!parts.every((part) => !MACHINE.test(part) || own.includes(part))) return device;
  return parts.flatMap((part) => (MACHINE.test(part) ? [] : `/${part}`)).join('');
}
