/** What a server of a cluster is told, as TensorFlow's message and from less than that. */
import { memberOf } from '../../base/thrown';
import { InternalError, InvalidArgumentError, NotFoundError, TypeError_, ValueError } from '../../base/errors';
import { preview } from '../../base/preview';
import { isPlain } from '../../calls/bind';
import { type ClusterDef, type ClusterLike, ClusterSpec } from './cluster-spec';

/** TensorFlow's message of a server: which task of which cluster it is. */
export interface ServerDef {
  /** The cluster. */
  readonly cluster: ClusterDef;
  /** The job that the server is of. */
  readonly jobName: string;
  /** The number of its task; 0 where not given. */
  readonly taskIndex?: number;
  /** How it talks: 'grpc'. */
  readonly protocol: string;
}
/** What says of a server how it talks and which task it is, where its message or the cluster does not. */
export interface ServerNames {
  readonly jobName?: string | null;
  readonly taskIndex?: number | null;
  readonly protocol?: string | null;
}

/**
 * The message of a server, as TensorFlow puts it together: the only job, and the only task, need not be named.
 *
 * @throws TypeError   for what is neither a message nor a cluster
 * @throws ValueError  where several jobs or tasks could be meant
 */
export function serverDefOf(server: ServerDef | ClusterLike, names: ServerNames): ServerDef {
  if (!isPlain(server) && !(server instanceof ClusterSpec))
    throw new TypeError_(
      'Could not convert `server_or_cluster_def` to a `tf.train.ServerDef` or `tf.train.ClusterSpec`.\n  it is ' +
        `${preview(server)}.\n  fix: {local: ['localhost:2222']}, or tf.train.Server.createLocalServer().`,
    );
  if (isServerDef(server)) {
    const { cluster, jobName = '', taskIndex = 0, protocol = '' } = server;
    return {
      cluster: new ClusterSpec(cluster).asClusterDef(),
      jobName: names.jobName ?? jobName,
      taskIndex: names.taskIndex ?? taskIndex,
      protocol: names.protocol ?? protocol,
    };
  }
  const cluster = new ClusterSpec(server);
  const jobName = names.jobName ?? only(cluster.jobs, 'job_name', 'jobs');
  const tasks = cluster.jobs.includes(jobName) ? cluster.taskIndices(jobName) : null;
  const taskIndex = names.taskIndex ?? (tasks ? only(tasks, 'task_index', `tasks of '${jobName}'`) : 0);
  return { cluster: cluster.asClusterDef(), jobName, taskIndex, protocol: names.protocol ?? 'grpc' };
}
function isServerDef(server: object): server is ServerDef {
  const cluster = memberOf(server, 'cluster');
  return isPlain(cluster) && 'job' in cluster;
}
function only<T extends string | number>(all: readonly T[], argument: string, what: string): T {
  if (all.length === 1) return all[0];
  throw new ValueError(
    `Must specify an explicit \`${argument}\`.\n  the ${what} are ${all.join(', ') || 'none'}.\n  fix: ` +
      `${argument === 'job_name' ? 'jobName' : 'taskIndex'}: the one that this server is.`,
  );
}

/** The address of the task that a server is. @throws OpError  as TensorFlow where there is no such task or protocol */
export function addressOf({ cluster, jobName, taskIndex = 0, protocol }: ServerDef): string {
  if (protocol !== 'grpc')
    throw new NotFoundError(
      null,
      `No server factory registered for the given ServerDef: protocol ${preview(protocol)}\n` +
        "The available server factories are: [ GRPC_SERVER ]\n  fix: protocol: 'grpc'.",
    );
  const job = cluster.job.find(({ name }) => name === jobName);
  if (!job)
    throw new InternalError(
      null,
      `Job "${jobName}" was not defined in cluster\n  its jobs are ${cluster.job.map(({ name }) => name).join(', ')}.`,
    );
  const address = job.tasks[taskIndex];
  if (address !== undefined) return address;
  throw new InvalidArgumentError(
    null,
    `Task ${taskIndex} was not defined in job "${jobName}"\n  its tasks are ${Object.keys(job.tasks).join(', ')}.`,
  );
}
