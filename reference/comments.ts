/** What pages of the API reference say beside the docstrings: Python's names, and colours for examples. */
// biome-ignore syntax/correctness/noTypeOnlyImportAttributes: TypeDoc is an ES module, and this is none
import type * as td from 'typedoc' with { 'resolution-mode': 'import' };
import { OWN } from '../src/calls/own';
import { SIGNATURES } from '../src/calls/generated/signatures';
import { MODULES, ours } from '../src/surface/names';
import type { Calls, Lib } from './signatures';

/** TensorFlow's path of each name in our spelling, members of classes too. */
const PYTHON = new Map(
  MODULES.flatMap(({ path, names }) => names.map((name) => [ours(`${path}.${name}`), `${path}.${name}`] as const)),
);
/** The arguments of a call as Python has them, where that is known. */
function argumentsOf(python: string): string | null {
  const key = python.replace(/^tf\./, '');
  if (key in SIGNATURES) return SIGNATURES[key as keyof typeof SIGNATURES];
  return key in OWN ? OWN[key as keyof typeof OWN] : null;
}

/** `tf.nn.relu` of a reflection. */
function fullName(reflection: td.Reflection): string {
  const { parent } = reflection;
  return parent && !parent.isProject() ? `${fullName(parent)}.${reflection.name}` : `tf.${reflection.name}`;
}

/** Adds a line with Python's name to everything that TensorFlow has, and its other names here. */
export function addPythonNames(lib: Lib, project: td.ProjectReflection, calls: Calls): void {
  const { CommentTag, Comment, ReflectionKind } = lib;
  const others = new Map<td.Reflection, string[]>();
  for (const reference of project.getReflectionsByKind(ReflectionKind.Reference)) {
    const target = reference instanceof lib.ReferenceReflection ? reference.tryGetTargetReflectionDeep() : null;
    if (target) others.set(target, [...(others.get(target) ?? []), fullName(reference)]);
  }
  for (const reflection of Object.values(project.reflections)) {
    if (!(reflection instanceof lib.DeclarationReflection) || reflection.isReference()) continue;
    const mine = fullName(reflection);
    const names = [mine, ...(others.get(reflection) ?? [])];
    const python = names.flatMap((name) => PYTHON.get(name) ?? []);
    const aliases = names.slice(1);
    const targets: td.Reflection[] = reflection.signatures?.length ? reflection.signatures : [reflection];
    for (const target of targets) {
      if (!python.length && !aliases.length) continue;
      const call = calls.get(target);
      const list =
        call && python.length && argumentsOf(python[0]) === null ? `${python[0]}(${argumentsOf(call) ?? ''})` : null;
      const lines = python.map((name, i) => {
        const taken = argumentsOf(name);
        return `\`${i === 0 && list ? list : taken === null ? name : `${name}(${taken})`}\``;
      });
      if (aliases.length) lines.push(`Also here as ${aliases.map((name) => `\`${name}\``).join(', ')}.`);
      const comment = (target.comment ??= new Comment());
      comment.blockTags.push(new CommentTag('@python', [{ kind: 'text', text: lines.join('\n\n') }]));
    }
  }
}

/** Indented programs of docstrings get colours: as fenced blocks of TypeScript. */
export function colourExamples(project: td.ProjectReflection): void {
  for (const { comment } of Object.values(project.reflections)) {
    if (!comment) continue;
    const whole = comment.summary.map(({ text }) => text).join('');
    if (!/(^|\n) {4}\S/.test(whole)) continue;
    const text = whole.replace(/(?<=^|\n\n)(?: {4}.*(?:\n(?= *\n {4})\n?|\n|$))+/g, (block) => {
      const lines = block
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(4));
      return `\`\`\`ts\n${lines.join('\n')}\n\`\`\`\n`;
    });
    comment.summary = [{ kind: 'text', text }];
  }
}

/** Each node's `name` needs no words of its own. */
export function describeNames(lib: Lib, project: td.ProjectReflection): void {
  for (const parameter of project.getReflectionsByKind(lib.ReflectionKind.Parameter)) {
    if (parameter.name !== 'name' || parameter.comment || !parameter.parent?.comment) continue;
    parameter.comment = new lib.Comment([{ kind: 'text', text: 'what the node is called, or the scope of its nodes' }]);
  }
}

/** Search finds `tf.nn.relu`, `nn.relu` and Python's spelling as well as the bare name. */
export function searchWords(reflection: td.Reflection): string {
  const mine = fullName(reflection);
  const python = PYTHON.get(mine);
  return [mine, mine.slice(3), python, python?.slice(3), python?.slice(python.lastIndexOf('.') + 1)]
    .filter((word) => word)
    .join(' ');
}
