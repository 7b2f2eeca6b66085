/**
 * `tf.ConfigProto` and the messages in it, as programs of TensorFlow 1.x set them. What has a meaning for one process
 * on a CPU is done; the rest is taken, so that such programs run as they are.
 */
import { AttributeError } from '../base/errors';
import { nearestName } from '../base/nearest';
import { type FieldsOf, MESSAGE, type Setting, type Settings, UNKNOWN, checkSettings } from '../calls/settings';
import { camelCase } from '../calls/signature';

const message = (name: string, fields: Readonly<Record<string, Setting>>): Settings => ({ message: name, fields });
const fieldsOf = <N extends string>(kind: Setting, ...names: readonly N[]): Readonly<Record<N, Setting>> =>
  Object.fromEntries(names.map((name) => [name, kind])) as Record<N, Setting>;

export const OPTIMIZER_OPTIONS = message('OptimizerOptions', {
  ...fieldsOf('bool', 'doCommonSubexpressionElimination', 'doConstantFolding', 'doFunctionInlining'),
  ...fieldsOf('int', 'maxFoldedConstantInBytes', 'optLevel', 'globalJitLevel'),
});
/** TensorFlow's own; a session has more of this name. */
export const GRAPH_FIELDS: FieldsOf<GraphOptions> = {
  ...fieldsOf('bool', 'enableRecvScheduling', 'inferShapes', 'placePrunedGraph', 'enableBfloat16Sendrecv'),
  ...fieldsOf('int', 'buildCostModel', 'buildCostModelAfter', 'timelineStep'),
  optimizerOptions: OPTIMIZER_OPTIONS,
  rewriteOptions: 'object',
};
const GRAPH_OPTIONS = message('GraphOptions', GRAPH_FIELDS);
const GPU_OPTIONS = message('GPUOptions', {
  ...fieldsOf('bool', 'allowGrowth', 'forceGpuCompatible'),
  ...fieldsOf('int', 'deferredDeletionBytes', 'pollingActiveDelayUsecs', 'pollingInactiveDelayMsecs'),
  ...fieldsOf('string', 'allocatorType', 'visibleDeviceList'),
  perProcessGpuMemoryFraction: 'number',
  experimental: 'object',
});
/** Fields of ConfigProto but for its graph options. */
export const CONFIG_FIELDS: FieldsOf<Omit<ConfigProto, 'graphOptions'>> = {
  ...fieldsOf('bool', 'usePerSessionThreads', 'allowSoftPlacement', 'logDevicePlacement', 'isolateSessionState'),
  ...fieldsOf('bool', 'shareClusterDevicesInSession'),
  ...fieldsOf(
    'int',
    'intraOpParallelismThreads',
    'interOpParallelismThreads',
    'placementPeriod',
    'operationTimeoutInMs',
  ),
  ...fieldsOf(
    'object',
    'deviceCount',
    'sessionInterOpThreadPool',
    'deviceFilters',
    'rpcOptions',
    'clusterDef',
    'experimental',
  ),
  gpuOptions: GPU_OPTIONS,
};
const CONFIG = message('ConfigProto', { ...CONFIG_FIELDS, graphOptions: GRAPH_OPTIONS });

const inBytes = () => require('./config-bytes') as typeof import('./config-bytes');

/** A message whose fields can be set later on, each to its kind, and no others. */
export abstract class Fields {
  /** @internal */
  declare readonly [MESSAGE]: string;
  /** @internal */
  declare [UNKNOWN]: Uint8Array;
  /** @internal */
  protected constructor(of: Settings) {
    Object.defineProperty(this, MESSAGE, { value: of.message });
    Object.defineProperty(this, UNKNOWN, { value: new Uint8Array(0), writable: true });
    // biome-ignore lint/correctness/noConstructorReturn: what is set is watched, as a message of Python's watches it
    return new Proxy(this, {
      set: (target, name, value: unknown) => {
        if (name === UNKNOWN) return Reflect.set(target, name, value);
        if (typeof name === 'symbol' || !Object.hasOwn(of.fields, name)) throw noField(of, String(name));
        checkSettings(of, { [name]: value });
        put(target, name, value);
        return true;
      },
      // Python's spelling of a field would be undefined, and the next dot an error that says nothing.
      get: (target, name) => {
        if (typeof name === 'string' && name.includes('_') && Object.hasOwn(of.fields, camelCase(name)))
          throw new AttributeError(`'${of.message}' object has no attribute '${name}'\n  fix: ${camelCase(name)}.`);
        return Reflect.get(target, name) as unknown;
      },
    });
  }
  /**
   * Bytes, as a file or a request has them.
   *
   * @throws ValueError, TypeError  for what an object inside has that there is not
   */
  serializeToString(): Uint8Array<ArrayBuffer> {
    return inBytes().bytesOf(this);
  }
  /** Text, as Python prints it. */
  toString(): string {
    return inBytes().textOf(this);
  }
  /** From bytes. @throws ValueError  if they are no such message */
  static fromString<M extends Fields>(this: new () => M, bytes: Uint8Array | string): M {
    return inBytes().read(new this(), bytes);
  }
  /** From text. @throws ValueError  that names the line, if it is no such message */
  static fromText<M extends Fields>(this: new () => M, text: string): M {
    return inBytes().readText(new this(), text);
  }
}
/** A message inside takes the fields that an object has. */
function put(target: object, name: string, value: unknown): void {
  const there: unknown = Reflect.get(target, name);
  if (there instanceof Fields && value !== there) Object.assign(there, value);
  else if (value !== undefined && value !== null) Reflect.set(target, name, value);
}
function noField({ message, fields }: Settings, name: string): Error {
  const names = Object.keys(fields);
  const meant = names.includes(camelCase(name)) ? camelCase(name) : nearestName(name, names);
  return new AttributeError(
    `Assignment not allowed (no field "${name}" in protocol message object).` +
      (meant ? `\n  fix: ${meant}.` : `\n  ${message} has ${names.join(', ')}.`),
  );
}
/** What a message is made of: some of its fields, and those of the messages in it likewise. */
export type FieldsGiven<M> = {
  readonly [K in keyof M as K extends keyof Fields ? never : K]?:
    | (M[K] extends readonly unknown[] ? M[K] : M[K] extends object ? FieldsGiven<M[K]> | M[K] : M[K])
    | null;
};

/**
 * How TensorFlow rewrites graphs: `optLevel: tf.OptimizerOptions.L0` leaves them as they are. The rest has no effect.
 *
 *     new tf.OptimizerOptions({ optLevel: tf.OptimizerOptions.L0 }).optLevel   // -1
 */
export class OptimizerOptions extends Fields {
  /** Rewrites graphs. */
  static readonly L1 = 0;
  /** Rewrites nothing. */
  static readonly L0 = -1;
  /** Compilers of TensorFlow's, which are not here. */
  static readonly DEFAULT = 0;
  /** None of them. */
  static readonly OFF = -1;
  /** One of them. */
  static readonly ON_1 = 1;
  /** Another one of them. */
  static readonly ON_2 = 2;
  /** No effect. */
  doCommonSubexpressionElimination = false;
  /** No effect. */
  doConstantFolding = false;
  /** No effect. */
  doFunctionInlining = false;
  /** No effect. */
  maxFoldedConstantInBytes = 0;
  /** L1, which is the default, or L0. */
  optLevel: number = OptimizerOptions.L1;
  /** No effect. */
  globalJitLevel: number = OptimizerOptions.DEFAULT;
  /**
   * The options, those not given at their defaults.
   *
   * @param given  fields by name
   * @throws ValueError, TypeError  for a field that there is not, or of another kind
   */
  constructor(given: FieldsGiven<OptimizerOptions> = {}) {
    super(OPTIMIZER_OPTIONS);
    Object.assign(this, checkSettings(OPTIMIZER_OPTIONS, given));
  }
}
/**
 * What TensorFlow does to graphs; `optimizerOptions` alone has an effect.
 *
 *     new tf.GraphOptions({ optimizerOptions: { optLevel: tf.OptimizerOptions.L0 } }).inferShapes   // false
 */
export class GraphOptions extends Fields {
  /** No effect. */
  enableRecvScheduling = false;
  /** No effect. */
  inferShapes = false;
  /** Whether only the nodes that a run needs have to be where they can be, and not all of the graph. */
  placePrunedGraph = false;
  /** No effect. */
  enableBfloat16Sendrecv = false;
  /** No effect. */
  buildCostModel = 0;
  /** No effect. */
  buildCostModelAfter = 0;
  /** No effect. */
  timelineStep = 0;
  /** Whether graphs are rewritten. */
  optimizerOptions: OptimizerOptions = new OptimizerOptions();
  /** No effect. */
  rewriteOptions: object = {};
  /**
   * The options, those not given at their defaults.
   *
   * @param given  fields by name
   * @throws ValueError, TypeError  for a field that there is not, or of another kind
   */
  constructor(given: FieldsGiven<GraphOptions> = {}) {
    super(GRAPH_OPTIONS);
    Object.assign(this, checkSettings(GRAPH_OPTIONS, given));
  }
}
/**
 * How TensorFlow uses graphics cards. None is used here, so none of it has an effect.
 *
 *     new tf.GPUOptions({ allowGrowth: true }).allowGrowth   // true
 */
export class GPUOptions extends Fields {
  /** No effect. */
  allowGrowth = false;
  /** No effect. */
  forceGpuCompatible = false;
  /** No effect. */
  perProcessGpuMemoryFraction = 0;
  /** No effect. */
  deferredDeletionBytes = 0;
  /** No effect. */
  pollingActiveDelayUsecs = 0;
  /** No effect. */
  pollingInactiveDelayMsecs = 0;
  /** No effect. */
  allocatorType = '';
  /** No effect. */
  visibleDeviceList = '';
  /** No effect. */
  experimental: object = {};
  /**
   * The options, those not given at their defaults.
   *
   * @param given  fields by name
   * @throws ValueError, TypeError  for a field that there is not, or of another kind
   */
  constructor(given: FieldsGiven<GPUOptions> = {}) {
    super(GPU_OPTIONS);
    Object.assign(this, checkSettings(GPU_OPTIONS, given));
  }
}
/**
 * How a session runs, as programs of TensorFlow 1.x say it. `isolateSessionState`, `operationTimeoutInMs`,
 * `intraOpParallelismThreads`, `logDevicePlacement` and `graphOptions.optimizerOptions.optLevel` have an effect; the
 * rest is taken.
 *
 *     const config = new tf.ConfigProto({ allowSoftPlacement: true });
 *     config.gpuOptions.allowGrowth = true;
 *     const session = new tf.Session({ config });
 *     session.run(tf.constant(1).add(2))   // 3
 *     session.close();
 */
export class ConfigProto extends Fields {
  /** No effect. */
  usePerSessionThreads = false;
  /** On a server: whether nodes may run elsewhere than they ask for. In this process they do. */
  allowSoftPlacement = false;
  /** Says once where a session runs. */
  logDevicePlacement = false;
  /** On a server: variables of its own, in the place of those that all its sessions share. */
  isolateSessionState = false;
  /** No effect. */
  shareClusterDevicesInSession = false;
  /**
   * How many threads the portable device computes with; 0: as many as the process has processors, or as
   * TFJS_SESSION_THREADS says. No bit of a result depends on it. On the native device no effect.
   */
  intraOpParallelismThreads = 0;
  /** No effect. */
  interOpParallelismThreads = 0;
  /** No effect. */
  placementPeriod = 0;
  /** How long a run may take that names no time of its own; 0: as long as it takes. */
  operationTimeoutInMs = 0;
  /** No effect. */
  deviceCount: Record<string, number> = {};
  /** No effect. */
  sessionInterOpThreadPool: readonly object[] = [];
  /** On a cluster: the tasks that the session sees, as `/job:ps`; all of them where not given. */
  deviceFilters: readonly string[] = [];
  /** No effect. */
  gpuOptions: GPUOptions = new GPUOptions();
  /** Whether graphs are rewritten. */
  graphOptions: GraphOptions = new GraphOptions();
  /** No effect. */
  rpcOptions: object = {};
  /** No effect. */
  clusterDef: object = {};
  /** No effect. */
  experimental: object = {};
  /**
   * The configuration, what is not given at its default.
   *
   * @param given  fields by name
   * @throws ValueError, TypeError  for a field that there is not, or of another kind
   */
  constructor(given: FieldsGiven<ConfigProto> = {}) {
    super(CONFIG);
    Object.assign(this, checkSettings(CONFIG, given));
  }
}
