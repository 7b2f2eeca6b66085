/** `tf.train.Scaffold`: the nodes that a training needs around its own. */
import { RuntimeError, TypeError_ } from '../base/errors';
import { tell } from '../base/logging';
import { toNDArray } from '../base/to-ndarray';
import { string } from '../base/dtype';
import { type Args, constructorOf, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { grouped } from '../control/group';
import { constantNode } from '../graph/constant';
import { type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import type { Feeds } from '../graph/runner';
import { concat } from '../ops/concat';
import { noOp } from '../ops/control';
import type { Session } from '../session/session';
import { mergeAll } from '../summary/nodes';
import { Saver } from '../train/saver/saver';
import {
  globalVariables,
  globalVariablesInitializer,
  localVariablesInitializer,
  reportUninitializedVariables,
  tablesInitializer,
} from '../variables/collections';

/** What is run to prepare a session. */
export type InitOp = Operation | Tensor | readonly (Operation | Tensor)[];
/** What a program does itself to prepare a session. */
export type ScaffoldInit = (scaffold: Scaffold, session: Session) => void;
type Taken = [
  initOp?: InitOp,
  initFeedDict?: Feeds,
  initFn?: ScaffoldInit,
  readyOp?: Operation | Tensor,
  readyForLocalInitOp?: Operation | Tensor,
  localInitOp?: InitOp,
  summaryOp?: Tensor,
  saver?: Saver,
  copyFromScaffold?: Scaffold,
];
const SCAFFOLD = constructorOf<Taken>('train.Scaffold');
type Default<T> = [argName: string, collectionKey: string, defaultConstructor: () => T | null];
const GET_OR_DEFAULT = signature<Default<never>>('train.Scaffold.get_or_default');

/** In TensorFlow it reports other resources than variables, of which there are none here. */
function reportNothing(): Tensor {
  return getDefaultGraph().nameScope('report_uninitialized_resources', () =>
    getDefaultGraph().device('/cpu:0', () => constantNode(toNDArray([], string, [0]))),
  );
}
/** The saver of the graph, made where there is none. @throws RuntimeError  if there are several */
function saverOrDefault(): Saver {
  const graph = getDefaultGraph();
  const savers = graph.getCollection<Saver>(GraphKeys.SAVERS);
  if (savers.length > 1)
    throw new RuntimeError(
      `More than one item in collection ${GraphKeys.SAVERS}. Please indicate which one to use by passing it to the ` +
        'constructor.',
    );
  if (savers.length) return savers[0];
  const saver = new Saver({ sharded: true, allowEmpty: true });
  graph.addToCollection(GraphKeys.SAVERS, saver);
  return saver;
}

/**
 * The nodes that a training needs around its own: what initializes, what says whether all variables have values, the
 * merged summaries, and the saver. What is not given is found in the graph's collections, or made.
 *
 *     const w = new tf.Variable(0);
 *     const initFn = (scaffold, sess) => sess.run(w.assign(3));
 *     const scaffold = new tf.train.Scaffold({ initOp: w.initializer, saver: new tf.train.Saver() });
 *     const session = new tf.train.MonitoredTrainingSession({ scaffold });
 *     session.run(w)   // 0
 */
export class Scaffold {
  private ops: Pick<Scaffold, 'initOp' | 'readyOp' | 'readyForLocalInitOp' | 'localInitOp' | 'summaryOp' | 'saver'>;
  /** What the initialization is fed. */
  readonly initFeedDict: Feeds | null;
  /** What the program does itself to prepare a session. */
  readonly initFn: ((session: Session) => void) | null;
  private readonly given: ScaffoldInit | null;
  /**
   * Takes what is there.
   *
   * @param initOp               initializes the variables
   * @param initFeedDict         what it is fed
   * @param initFn               is called behind it, with this object and the session
   * @param readyOp              gives the names of the variables without a value
   * @param readyForLocalInitOp  gives those that `localInitOp` needs and that have none
   * @param localInitOp          initializes local variables and tables
   * @param summaryOp            all summaries as one
   * @param saver                saves and restores the variables
   * @param copyFromScaffold     gives what is not given here
   * @throws TypeError  for a `copyFromScaffold` that is no Scaffold
   */
  constructor(...given: Args<'train.Scaffold', Taken>) {
    const [initOp, initFeedDict, initFn, readyOp, readyForLocal, localInitOp, summaryOp, saver, from] =
      SCAFFOLD.take(given);
    if (from !== undefined && !(from instanceof Scaffold))
      throw new TypeError_('copy_from_scaffold is not a Scaffold instance.');
    const init = initFn ?? from?.given ?? null;
    this.given = init;
    this.initFn = init && ((session) => init(this, session));
    this.initFeedDict = initFeedDict ?? from?.initFeedDict ?? null;
    this.ops = {
      initOp: initOp ?? from?.initOp ?? null,
      readyOp: readyOp ?? from?.readyOp ?? null,
      readyForLocalInitOp: readyForLocal ?? from?.readyForLocalInitOp ?? null,
      localInitOp: localInitOp ?? from?.localInitOp ?? null,
      summaryOp: summaryOp ?? from?.summaryOp ?? null,
      saver: saver ?? from?.saver ?? null,
    };
  }
  /** Initializes the variables; null before `finalize` where it is to be found then. */
  get initOp(): InitOp | null {
    return this.ops.initOp;
  }
  /** Gives the names of the variables without a value. */
  get readyOp(): Operation | Tensor | null {
    return this.ops.readyOp;
  }
  /** Gives the names of the variables that `localInitOp` needs and that have no value. */
  get readyForLocalInitOp(): Operation | Tensor | null {
    return this.ops.readyForLocalInitOp;
  }
  /** Initializes local variables and tables. */
  get localInitOp(): InitOp | null {
    return this.ops.localInitOp;
  }
  /** All summaries as one; null where there are none. */
  get summaryOp(): Tensor | null {
    return this.ops.summaryOp;
  }
  /** Saves and restores the variables. */
  get saver(): Saver | null {
    return this.ops.saver;
  }
  /**
   * Finds or makes what was not given, and finalizes the default graph.
   *
   * @returns  this object
   * @throws RuntimeError  if a collection has several of what is looked for
   */
  finalize(): this {
    const report = (own: boolean) => (): Tensor =>
      concat(
        [own ? reportUninitializedVariables(globalVariables()) : reportUninitializedVariables(), reportNothing()],
        0,
      );
    const found = Scaffold.getOrDefault;
    const { ops } = this;
    const initOp = ops.initOp ?? found('init_op', GraphKeys.INIT_OP, () => initialized(globalVariablesInitializer()));
    const readyOp = ops.readyOp ?? found('ready_op', GraphKeys.READY_OP, report(false));
    const readyForLocalInitOp =
      ops.readyForLocalInitOp ?? found('ready_for_local_init_op', GraphKeys.READY_FOR_LOCAL_INIT_OP, report(true));
    const localInitOp =
      ops.localInitOp ?? found('local_init_op', GraphKeys.LOCAL_INIT_OP, () => Scaffold.defaultLocalInitOp());
    const summaryOp = ops.summaryOp ?? found('summary_op', GraphKeys.SUMMARY_OP, () => mergeAll());
    const saver = ops.saver ?? saverOrDefault();
    this.ops = { initOp, readyOp, readyForLocalInitOp, localInitOp, summaryOp, saver };
    saver.build();
    getDefaultGraph().finalize();
    tell('INFO', 'Graph was finalized.');
    return this;
  }
  /**
   * What a collection of the default graph has one of; made and put there where it has none.
   * Takes `argName`, what the constructor calls it, for the error; `collectionKey`, the collection;
   * `defaultConstructor`, which makes one, or gives null for none.
   *
   * @throws RuntimeError  if there are several
   */
  static getOrDefault<T>(...given: Default<T>): T | null {
    const [argName, key, make] = GET_OR_DEFAULT.take(given) as Default<T>;
    const graph = getDefaultGraph();
    const known = graph.getCollection<T>(key);
    if (known.length > 1)
      throw new RuntimeError(
        `More than one item in the collection "${key}". Please indicate which one to use by passing it to the ` +
          `tf.Scaffold constructor as:  tf.Scaffold(${argName}=item to use)`,
      );
    if (known.length) return known[0];
    const made = make();
    if (made !== null) graph.addToCollection(key, made);
    return made;
  }
  /** An operation that initializes local variables and tables. */
  static defaultLocalInitOp(): Operation {
    return initialized(localVariablesInitializer(), tablesInitializer());
  }
}
/** Beside others, an operation for what TensorFlow keeps in resources that are no variables. */
function initialized(...ops: readonly Operation[]): Operation {
  return grouped([...ops, noOp({ name: 'init' })]);
}
bindMethods(Scaffold, { finalize: 'train.Scaffold.finalize' });
