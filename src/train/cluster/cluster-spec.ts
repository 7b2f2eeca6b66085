/** Which processes a computation has: jobs, and the addresses of their tasks. */
import { memberOf } from '../../base/thrown';
import { isList } from '../../base/border';
import { type Args, constructorOf, isPlain, signature } from '../../calls/bind';
import { bindMethods } from '../../calls/methods';
import { TypeError_, ValueError } from '../../base/errors';
import { preview } from '../../base/preview';

/** Tasks of a job: their addresses in order, or by their numbers. */
export type TaskAddresses = readonly string[] | Readonly<Record<number, string>>;
/** A job of a `ClusterDef`. */
export interface JobDef {
  /** Its name. */
  readonly name: string;
  /** The addresses of its tasks, `host:port`, by their numbers. */
  readonly tasks: Readonly<Record<number, string>>;
}
/** TensorFlow's message of a cluster. */
export interface ClusterDef {
  /** The jobs, by name. */
  readonly job: readonly JobDef[];
}
/** What says which processes a cluster has. */
export type ClusterLike = ClusterSpec | ClusterDef | Readonly<Record<string, TaskAddresses>>;
type JobName = string | { readonly jobName: string };
type Jobs = ReadonlyMap<string, ReadonlyMap<number, string>>;

type TaskPlace = [jobName: string, taskIndex: number];
const TASK_ADDRESS = signature<TaskPlace>('train.ClusterSpec.task_address');
const CLUSTER_SPEC = constructorOf<[cluster: ClusterLike]>('train.ClusterSpec');

/**
 * The processes of a computation that runs on several machines: jobs, and the addresses of their tasks.
 *
 *     const cluster = new tf.train.ClusterSpec({
 *       ps: ['ps0.example.com:2222'],
 *       worker: ['worker0.example.com:2222', 'worker1.example.com:2222'],
 *     });
 *     cluster.numTasks('worker')        // 2
 *     cluster.taskAddress('worker', 1)  // 'worker1.example.com:2222'
 */
export class ClusterSpec {
  private readonly byJob: Jobs;
  /**
   * The cluster.
   *
   * @param cluster  by job the addresses of its tasks, as a list or by their numbers; or a `ClusterDef`
   * @throws TypeError  for anything else
   */
  constructor(...given: Args<'train.ClusterSpec', [cluster: ClusterLike]>) {
    const [cluster] = CLUSTER_SPEC.take(given);
    this.byJob = jobsOf(cluster);
  }
  /** The names of the jobs. */
  get jobs(): string[] {
    return [...this.byJob.keys()];
  }
  /** How many tasks a job has. @throws ValueError  where there is no such job */
  numTasks(jobName: JobName): number;
  numTasks(jobName: string): number {
    return this.tasksOf(jobName).size;
  }
  /** The numbers of a job's tasks, in order. @throws ValueError  where there is no such job */
  taskIndices(jobName: JobName): number[];
  taskIndices(jobName: string): number[] {
    return [...this.tasksOf(jobName).keys()].sort((a, b) => a - b);
  }
  /** The address of a task. @throws ValueError  where there is no such job or task */
  taskAddress(...given: Args<'train.ClusterSpec.task_address', TaskPlace>): string {
    const [jobName, taskIndex] = TASK_ADDRESS.take(given);
    const address = this.tasksOf(jobName).get(taskIndex);
    if (address === undefined) throw new ValueError(`No task with index ${taskIndex} in job '${jobName}'`);
    return address;
  }
  /**
   * The addresses of a job's tasks by place; null for a number that no task has.
   *
   * @throws ValueError  where there is no such job
   */
  jobTasks(jobName: JobName): (string | null)[];
  jobTasks(jobName: string): (string | null)[] {
    const tasks = this.tasksOf(jobName);
    return Array.from({ length: Math.max(...tasks.keys()) + 1 }, (_, i) => tasks.get(i) ?? null);
  }
  /** By job a list of addresses, or addresses by number where some numbers are missing. */
  asDict(): Record<string, TaskAddresses> {
    return Object.fromEntries(
      this.jobs.map((job) => {
        const tasks = this.tasksOf(job);
        const isDense = tasks.size > 0 && Math.max(...tasks.keys()) + 1 === tasks.size;
        return [
          job,
          isDense ? [...tasks].sort(([a], [b]) => a - b).map(([, address]) => address) : Object.fromEntries(tasks),
        ];
      }),
    );
  }
  /** TensorFlow's message, the jobs by name. */
  asClusterDef(): ClusterDef {
    const job = [...this.jobs].sort().map((name) => ({ name, tasks: Object.fromEntries(this.tasksOf(name)) }));
    return { job };
  }
  /** As Python prints it: `ClusterSpec({'ps': ['a:1']})`. */
  toString(): string {
    const jobs = Object.entries(this.asDict()).sort(([a], [b]) => (a < b ? -1 : 1));
    return `ClusterSpec({${jobs.map(([name, tasks]) => `'${name}': ${shown(tasks)}`).join(', ')}})`;
  }
  private tasksOf(jobName: string): ReadonlyMap<number, string> {
    const tasks = this.byJob.get(jobName);
    if (tasks) return tasks;
    throw new ValueError(
      `No such job in cluster: ${preview(jobName)}\n  its jobs are ${this.jobs.join(', ') || 'none'}.`,
    );
  }
}
bindMethods(ClusterSpec, {
  numTasks: 'train.ClusterSpec.num_tasks',
  taskIndices: 'train.ClusterSpec.task_indices',
  jobTasks: 'train.ClusterSpec.job_tasks',
  asDict: 'train.ClusterSpec.as_dict',
  asClusterDef: 'train.ClusterSpec.as_cluster_def',
});

function shown(tasks: TaskAddresses): string {
  const quoted = Object.entries(tasks).map(([i, address]) => `${Array.isArray(tasks) ? '' : `${i}: `}'${address}'`);
  return Array.isArray(tasks) ? `[${quoted.join(', ')}]` : `{${quoted.join(', ')}}`;
}
function jobsOf(cluster: ClusterLike): Jobs {
  if (cluster instanceof ClusterSpec) return jobsOf(cluster.asClusterDef());
  if (!isPlain(cluster))
    throw new TypeError_(
      '`cluster` must be a dictionary mapping one or more job names to lists of network addresses, or a `ClusterDef` ' +
        `protocol buffer\n  it is ${preview(cluster)}.\n  fix: {ps: ['ps0:2222'], worker: ['worker0:2222']}.`,
    );
  const jobs = isClusterDef(cluster)
    ? cluster.job.map(({ name, tasks }) => [name, tasks] as const)
    : Object.entries(cluster);
  return new Map(jobs.map(([name, tasks]) => [name, new Map(tasksIn(name, tasks))]));
}
function isClusterDef(cluster: object): cluster is ClusterDef {
  const job = memberOf(cluster, 'job');
  return isList(job) && job.every((each) => isPlain(each) && 'tasks' in each);
}
function tasksIn(name: string, tasks: TaskAddresses): [number, string][] {
  if (!isList(tasks) && !isPlain(tasks))
    throw new TypeError_(
      `The tasks for job '${name}' must be a list or a dictionary from integers to strings.\n  they are ` +
        `${preview(tasks)}.`,
    );
  return Object.entries(tasks).map(([index, address]) => {
    if (typeof address !== 'string')
      throw new TypeError_(`Task address ${preview(address)} must be bytes or unicode\n  it is of job '${name}'.`);
    if (!/^\d+$/.test(index))
      throw new TypeError_(`The number of a task of job '${name}' cannot be ${preview(index)}.`);
    return [Number(index), address];
  });
}
