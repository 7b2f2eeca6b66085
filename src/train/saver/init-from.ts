/** Variables that begin with what a checkpoint has: their initializers read it. */
import { known } from '../../base/keys';
import { TypeError_, ValueError } from '../../base/errors';
import { naming } from '../../base/thrown';
import { tell } from '../../base/logging';
import { entriesOf } from '../../base/mapping';
import { preview } from '../../base/preview';
import { TensorShape } from '../../base/shape';
import { bound } from '../../calls/bind';
import { apply } from '../../graph/apply';
import { mergeDevices } from '../../graph/device-spec';
import { getDefaultGraph } from '../../graph/graph';
import { storedVariables } from '../../variables/get-variable';
import { replaceInitializer } from '../../variables/replace-initializer';
import { type PartitionedVariable, VariableParts } from '../../variables/partitioned';
import { Variable } from '../../variables/variable';
import { checkpointAt, loadCheckpoint } from './reader';
import { namedList, saveablesIn, sliceSpec } from './saveables';

/** A variable, one in parts, these parts, its name, or a scope that ends in `/`. */
export type Assigned = Variable | PartitionedVariable | readonly Variable[] | string;
/** What begins with which tensor, or scope, of a checkpoint. */
export type AssignmentMap = Readonly<Record<string, Assigned>> | ReadonlyMap<string, Assigned>;
type Shapes = Readonly<Record<string, readonly number[]>>;

/**
 * Lets variables begin with what a checkpoint has, when their initializers run. Names of the checkpoint are mapped to
 * variables or their names, or scopes to scopes, each with a `/` at its end.
 *
 *     const w = tf.getVariable('old/w', [], { initializer: tf.constantInitializer(7) });
 *     sess.run(w.initializer);
 *     new tf.train.Saver().save(sess, `${folder}/model`);
 *     const v = tf.getVariable('new/w', []);
 *     tf.train.initFromCheckpoint(folder, { 'old/': 'new/' });
 *     sess.run(v.initializer);
 *     sess.run(v)   // 7
 *
 * @param ckptDirOrFile  a path as `saver.save` gives it, or a folder
 * @param assignmentMap  names of the checkpoint, and what begins with them; `'/'` is all of it
 * @throws ValueError     if the checkpoint has no such tensor, or one of another shape
 * @throws NotFoundError  if there is no checkpoint
 */
export const initFromCheckpoint = bound('train.init_from_checkpoint', initFrom);
const UNMAPPED = 'assignment_map must map names of the checkpoint to variables.';
export function initFrom(ckptDirOrFile: string, assignmentMap: AssignmentMap): void {
  naming(ckptDirOrFile, () => begins(ckptDirOrFile, assignmentMap));
}
function begins(ckptDirOrFile: string, assignmentMap: AssignmentMap): void {
  const file = checkpointAt(ckptDirOrFile);
  const reader = loadCheckpoint(file);
  const shapes = reader.getVariableToShapeMap();
  reader.close();
  const stored = storedVariables(getDefaultGraph());
  for (const [name, given] of entriesOf<Assigned>(assignmentMap, UNMAPPED).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const variable =
      typeof given === 'string' ? storedAt(given, stored) : given instanceof VariableParts ? given.variables : given;
    if (typeof given === 'string' && !variable) inScope(name, given, { file, ckptDirOrFile, shapes, stored });
    else one(name, variable as Variable | readonly Variable[], { file, ckptDirOrFile, shapes });
  }
}
interface Source {
  readonly file: string;
  readonly ckptDirOrFile: string;
  readonly shapes: Shapes;
}
type Stored = ReadonlyMap<string, Variable>;

/** A variable of that name, or the parts of one. */
function storedAt(name: string, stored: Stored): Variable | Variable[] | null {
  const found = stored.get(name);
  if (found) return found;
  const parts: Variable[] = [];
  for (let part = stored.get(`${name}/part_0`); part; part = stored.get(`${name}/part_${parts.length}`))
    parts.push(part);
  return parts.length ? parts : null;
}
function one(name: string, given: Variable | readonly Variable[], { file, ckptDirOrFile, shapes }: Source): void {
  const parts = given instanceof Variable ? null : given;
  if (parts && !(Array.isArray(parts) && parts.every((part) => part instanceof Variable)))
    throw new TypeError_(`assignment_map must map to variables or names, not '${name}' to ${preview(given)}`);
  if (!Object.hasOwn(shapes, name))
    throw new ValueError(
      `Tensor ${name} is not found in ${ckptDirOrFile} checkpoint ${JSON.stringify(shapes)}` +
        '\n  fix: tf.train.listVariables says what is there.',
    );
  if (given instanceof Variable && !given.shape.isCompatibleWith(TensorShape.of(shapes[name])))
    throw new ValueError(
      `Shape of variable ${given.name} (${given.shape}) doesn't match with shape of tensor ${name} ` +
        `(${JSON.stringify(shapes[name])}) from checkpoint reader.`,
    );
  for (const variable of parts ?? [given as Variable])
    begin(variable, file, name, variable.saveSliceInfo ? sliceSpec(variable.saveSliceInfo) : '');
  tell('DEBUG', `Initialize variable from checkpoint ${ckptDirOrFile} with ${name}`);
}
function begin(variable: Variable, file: string, name: string, slice: string): void {
  const { graph, device, dtype } = variable;
  graph.asDefault(() => {
    const restored = graph.device(mergeDevices([device, '/device:CPU:0']), () =>
      apply('RestoreV2', [file, [name], [slice]], { dtypes: [dtype.baseDtype] }, 'checkpoint_initializer'),
    );
    const key = variable.op.name;
    const [saveable] = saveablesIn(new Map([[key, known(namedList([variable]).values().next().value, key)]]));
    const initializer = saveable.restore([restored], null);
    restored.setShape(variable.shape);
    replaceInitializer(variable, initializer, restored);
  });
}
function inScope(name: string, given: string, source: Source & { readonly stored: Stored }): void {
  const scope = given.slice(0, Math.max(0, given.lastIndexOf('/')));
  if (!name.endsWith('/'))
    throw new ValueError(
      `Assignment map with scope only name ${scope} should map to scope only ${name}. ` +
        "Should be 'scope/': 'other_scope/'.",
    );
  const names = [...source.stored.keys()].filter((each) => !scope || each.startsWith(`${scope}/`));
  for (const each of [...new Set(names.map((part) => part.replace(/\/part_.*$/, '')))].sort()) {
    const rest = each.slice(scope.length);
    const tail = given === '/' ? rest : rest.slice(1);
    const full = (name === '/' ? tail : name + tail).replace(/\/$/, '');
    if (!Object.hasOwn(source.shapes, full))
      throw new ValueError(
        `Tensor ${full} (${each.slice(scope.length + 1)} in ${name}) is not found in ` +
          `${source.ckptDirOrFile} checkpoint`,
      );
    one(full, known(storedAt(each, source.stored), each), source);
  }
}
