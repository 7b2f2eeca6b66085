/** `tf.profiler.profile` and `tf.profiler.Profiler`: what is in a graph, and what its runs took. */
import { InvalidArgumentError } from '../base/errors';
import { type Args, boundOverloads, constructorOf, signature } from '../calls/bind';
import { type Graph, getDefaultGraph } from '../graph/graph';
import type { RunMetadata } from '../session/metadata';
import { type AdviceOptions, advised } from './advice';
import { type AdviceProto, GraphNodeProto, MultiGraphNodeProto, type OpLogProto } from './messages';
import { Model } from './model';
import { type ProfileOptions, settle } from './options';

/** How a profile goes through the nodes: by scopes, by inputs, by types, by lines of the program. */
export type ProfileView = 'scope' | 'graph' | 'op' | 'code';
/** What `tf.profiler.profile` takes by name. */
export interface ProfileArguments<V extends ProfileView = ProfileView> {
  /** What a traced run recorded. */
  readonly runMeta?: RunMetadata | null;
  /** What is known of nodes beside the graph. */
  readonly opLog?: OpLogProto | null;
  /** How it goes through the nodes; 'scope' where not given. */
  readonly cmd?: V | null;
  /** What it counts, shows and writes: trainable variables, to the console, where not given. */
  readonly options?: ProfileOptions | null;
}
/** What a profile gives. */
export type ProfileNode<V extends ProfileView> = V extends 'op' | 'code' ? MultiGraphNodeProto : GraphNodeProto;

function profileOf<V extends ProfileView = 'scope'>(
  graph?: Graph | null,
  { runMeta, opLog, cmd, options }: ProfileArguments<V> = {},
): ProfileNode<V> {
  const model = new Model(graph ?? getDefaultGraph(), opLog ?? undefined, runMeta ?? undefined);
  const view: ProfileView = cmd ?? 'scope';
  return viewOf(model, view, options ?? undefined) as ProfileNode<V>;
}
function viewOf(model: Model, view: ProfileView, options?: ProfileOptions): GraphNodeProto | MultiGraphNodeProto {
  const settled = settle(options);
  if (view === 'op' || view === 'code') return new MultiGraphNodeProto(model.groups(view, settled));
  if (view === 'scope' || view === 'graph') return new GraphNodeProto(model.tree(view, settled));
  throw new InvalidArgumentError(null, `unknown cmd: ${String(view)}\n  fix: 'scope', 'graph', 'op' or 'code'.`);
}
/**
 * Counts what is in a graph, as TensorFlow's profiler does: numbers in variables, operations on floats, and, of a
 * traced run, times and bytes. Prints a table unless its `options` say otherwise, which also say what it counts and
 * shows: trainable variables where not given.
 *
 *     tf.getVariable('w', [784, 10]);
 *     const { ProfileOptionBuilder, profile } = tf.profiler;
 *     const options = new ProfileOptionBuilder(ProfileOptionBuilder.trainableVariablesParameter())
 *       .withEmptyOutput()
 *       .build();
 *     profile(tf.getDefaultGraph(), { options }).totalParameters   // 7840
 *
 * @param graph    a graph; the default one where not given
 * @param runMeta  what a run recorded that had `traceLevel: tf.RunOptions.FULL_TRACE`
 * @param opLog    what is known of nodes beside the graph
 * @param cmd      'scope', 'graph' (by inputs), 'op' (by types) or 'code' (by lines of the program); 'scope' where not
 *   given
 * @returns  a `tf.profiler.GraphNodeProto`; of types and lines a `MultiGraphNodeProto`
 * @throws InvalidArgumentError  for an unknown view, output or step
 * @throws ValueError  for an option that there is not
 */
export const profile = boundOverloads('profiler.profile', 1, profileOf);

type Taken = [graph?: Graph, opLog?: OpLogProto];
type Shows = [options: ProfileOptions];
const ADD_STEP = signature<[step: number, runMeta: RunMetadata]>('profiler.Profiler.add_step');
const BY_LINES = signature<Shows>('profiler.Profiler.profile_python');
const BY_TYPES = signature<Shows>('profiler.Profiler.profile_operations');
const BY_SCOPES = signature<Shows>('profiler.Profiler.profile_name_scope');
const BY_INPUTS = signature<Shows>('profiler.Profiler.profile_graph');
const ADVISE = signature<[options: AdviceOptions]>('profiler.Profiler.advise');
const PROFILER = constructorOf<Taken>('profiler.Profiler');
/**
 * A profile of several steps of one graph.
 *
 *     const profiler = new tf.profiler.Profiler(sess.graph);
 *     const options = new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE });
 *     const runMetadata = new tf.RunMetadata();
 *     sess.run(tf.matmul([[1, 2]], [[3], [4]]), {}, { options, runMetadata });
 *     profiler.addStep(10, runMetadata);
 *     const shown = new tf.profiler.ProfileOptionBuilder().withStep(10).withEmptyOutput().build();
 *     profiler.profileOperations(shown).totalExecMicros > 0   // true
 */
export class Profiler {
  private readonly model: Model;
  /**
   * A profile without steps so far.
   *
   * @param graph  a graph; the default one where not given
   * @param opLog  what is known of nodes beside the graph
   * @throws TypeError  for what is no graph
   */
  constructor(...given: Args<'profiler.Profiler', Taken>) {
    const [graph = getDefaultGraph(), opLog] = PROFILER.take(given);
    this.model = new Model(graph, opLog);
  }
  /** Takes in what a traced run recorded, as a step. */
  addStep(...given: Args<'profiler.Profiler.add_step', [step: number, runMeta: RunMetadata]>): void {
    const [step, runMeta] = ADD_STEP.take(given);
    this.model.addStep(step, runMeta);
  }
  /** A profile by lines of the program. */
  profilePython(...given: Args<'profiler.Profiler.profile_python', Shows>): MultiGraphNodeProto {
    return new MultiGraphNodeProto(this.model.groups('code', settle(...BY_LINES.take(given))));
  }
  /** A profile by op types. */
  profileOperations(...given: Args<'profiler.Profiler.profile_operations', Shows>): MultiGraphNodeProto {
    return new MultiGraphNodeProto(this.model.groups('op', settle(...BY_TYPES.take(given))));
  }
  /** A profile by scopes. */
  profileNameScope(...given: Args<'profiler.Profiler.profile_name_scope', Shows>): GraphNodeProto {
    return new GraphNodeProto(this.model.tree('scope', settle(...BY_SCOPES.take(given))));
  }
  /** A profile by inputs. */
  profileGraph(...given: Args<'profiler.Profiler.profile_graph', Shows>): GraphNodeProto {
    return new GraphNodeProto(this.model.tree('graph', settle(...BY_INPUTS.take(given))));
  }
  /** What takes most, and what could be better: prints it. */
  advise(...given: Args<'profiler.Profiler.advise', [options: AdviceOptions]>): AdviceProto {
    return advised(this.model, ...ADVISE.take(given));
  }
}
