/** A graph with what its runs took, of which views are made. */
import { InvalidArgumentError } from '../base/errors';
import { warn, write } from '../base/platform';
import { Timeline } from '../debug/timeline';
import { writeWhole } from '../format/files';
import type { GraphNode, MultiGraphNode } from '../format/profile-messages';
import type { Graph } from '../graph/graph';
import type { RunMetadata, StepStats } from '../session/metadata';
import { SELECTABLE, type View, help, optionLines } from './help';
import type { OpLogProto } from './messages';
import { loggedOps } from './op-log';
import { type Settled, isOrder } from './options';
import { whyNot, writePprof } from './pprof';
import { Profiled } from './profiled';
import { shapesOfRun } from './run-shapes';
import type { Shown } from './shown';
import { legend, lineOf, typeLine } from './text';
import { graphNode, lineNode, typeNodes } from './to-message';
import { type Tree, byInputs, byLines, byScope, show } from './tree-view';
import { byType } from './type-view';

/** What a view shows: as a message, and as text. */
interface Result<M> {
  readonly message: M;
  readonly text: string;
  /** The lines of the program, where it shows these. */
  readonly lines?: Shown;
}
const TREES = { scope: byScope, graph: byInputs, code: byLines } as const;
/** Kinds of output, as TensorFlow lists them. */
const OUTPUTS = ['file', 'none', 'pprof', 'stdout', 'timeline'];

export class Model {
  private readonly nodes = new Map<string, Profiled>();
  private readonly steps = new Map<number, StepStats>();
  constructor(
    readonly graph: Graph,
    private readonly opLog?: OpLogProto,
    runMeta?: RunMetadata,
  ) {
    this.update(runMeta);
    if (runMeta?.stepStats) this.addStats(0, runMeta.stepStats);
  }
  /** Takes in what a run took; nodes that came since are there too. */
  addStep(step: number, runMeta: RunMetadata): void {
    this.update(runMeta);
    if (runMeta.stepStats) this.addStats(step, runMeta.stepStats);
    else warn(`Invalid RunMetadata for step ${step}`);
  }
  private update(runMeta?: RunMetadata): void {
    const shapeOf = shapesOfRun(this.graph, runMeta);
    for (const [name, logged] of loggedOps(this.graph, this.opLog, runMeta)) {
      const op = this.graph.getOperationByName(name);
      const node = this.nodes.get(name);
      if (node) node.learn(logged, shapeOf);
      else this.nodes.set(name, new Profiled(op, logged, shapeOf));
    }
  }
  private addStats(step: number, stats: StepStats): void {
    this.steps.set(step, stats);
    for (const each of stats.nodes) this.nodes.get(each.nodeName)?.addRun(step, each);
  }
  get hasRuns(): boolean {
    return this.steps.size > 0;
  }
  get all(): readonly Profiled[] {
    return [...this.nodes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  /** A view by scopes or by inputs. */
  tree(view: 'scope' | 'graph', options: Settled): GraphNode {
    return this.put(view, options, () => {
      const tree = this.shown(view, options);
      return { message: graphNode(tree.root), text: textOf(tree, options) };
    });
  }
  /** A view by types or by lines of the program. */
  groups(view: 'op' | 'code', options: Settled): MultiGraphNode {
    return this.put(view, options, () => {
      if (view === 'code') {
        const tree = this.shown(view, options);
        return { message: lineNode(tree.root, options.step), text: textOf(tree, options), lines: tree.root };
      }
      const { root, lines } = byType(this.all, options);
      const text = lines.map((line) => typeLine(line, root, options)).join('');
      return { message: typeNodes(root, lines, options.step), text: legend(options, true) + text };
    });
  }
  private shown(view: keyof typeof TREES, options: Settled): Tree {
    const tree = TREES[view](this.all);
    show(tree, options);
    return tree;
  }
  /** Makes a view, and writes it where its options say. */
  private put<M>(view: View, options: Settled, make: () => Result<M>): M {
    const [type, outfile] = outputOf(options);
    this.check(options);
    const cannot = type === 'pprof' ? whyNot(view, options) : null;
    if (cannot !== null) throw new InvalidArgumentError(null, cannot);
    const { message, text, lines } = make();
    const report = help(view, options) + text;
    if (type === 'stdout')
      write(
        'stdout',
        `\n=========================Options=============================\n${optionLines(options, type, outfile)}` +
          `\n==================Model Analysis Report======================\n${report}` +
          `\n======================End of Report==========================\n`,
      );
    if (type === 'file') writeWhole(outfile, report);
    if (type === 'pprof' && lines) {
      writePprof(lines, options, outfile);
      write('stdout', `\nRun pprof -png --nodecount=100 --sample_index=1 <${outfile}>\n`);
    }
    if (type === 'timeline') this.writeTimelines(options.step, outfile);
    return message;
  }
  private check({ step, select, orderBy }: Settled): void {
    const wrong = select.find((name) => !SELECTABLE.includes(name));
    if (wrong !== undefined)
      throw new InvalidArgumentError(
        null,
        `Invalid option '-select' value: '${wrong}'\n  it takes ${SELECTABLE.join(', ')}.`,
      );
    if (!isOrder(orderBy)) throw new InvalidArgumentError(null, `Invalid option '-order_by' value: '${orderBy}'`);
    if (step >= 0 && !this.steps.has(step))
      throw new InvalidArgumentError(
        null,
        `Options -step=${step} not found.\nAvailable steps: ${[...this.steps.keys()].join(' ')}`,
      );
  }
  /** A file for each step that is asked for, as chrome://tracing reads it. */
  private writeTimelines(step: number, outfile: string): void {
    for (const [each, stats] of this.steps)
      if (step < 0 || step === each) {
        writeWhole(`${outfile}_${each}`, new Timeline(stats).generateChromeTraceFormat());
        write(
          'stdout',
          `Timeline file is written to ${outfile}_${each}.\n` +
            'Open a Chrome browser, enter URL chrome://tracing and load the timeline file.\n',
        );
      }
  }
}
function textOf({ root, ofMany }: Tree, options: Settled): string {
  const lines = (shown: Shown): string => lineOf(shown, options, ofMany) + shown.shown.map(lines).join('');
  return legend(options, ofMany) + lines(root);
}
/** Where a profile goes: the kind of output, and a path. */
function outputOf({ output, dumpToFile }: Settled): readonly [type: string, outfile: string] {
  if (dumpToFile) return ['file', dumpToFile];
  const [type, ...rest] = output === '' ? ['stdout'] : output.split(':');
  if (!OUTPUTS.includes(type))
    throw new InvalidArgumentError(null, `E.g. Unknown output type: ${type}, Valid types: ${OUTPUTS.join(',')}`);
  const outfile = /^outfile=(.+)$/s.exec(rest.join(':'))?.[1] ?? '';
  if (!outfile && (type === 'file' || type === 'timeline' || type === 'pprof'))
    throw new InvalidArgumentError(
      null,
      `Missing required output_options for ${type}\nE.g. -output ${type}:outfile=...`,
    );
  return [type, outfile];
}
