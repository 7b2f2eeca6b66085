/** `tf.train.Saver`: variables into files and back. */
import { known } from '../../base/keys';
import { FailedPreconditionError, NotFoundError, RuntimeError, ValueError } from '../../base/errors';
import { orNone } from '../../base/none';
import { preview } from '../../base/preview';
import type { Args } from '../../calls/bind';
import { bindMethods, netMethods } from '../../calls/methods';
import { checkSession } from '../../graph/runner';
import type { MetaGraphDef } from '../../format/meta-graph';
import { checkGiven } from '../../format/given';
import { CHECKPOINT_FORMAT, SAVER_DEF } from '../../format/messages';
import { globalStep as stepIn } from '../global-step';
import * as takes from './arguments';
import { metaGraphOf } from '../graphs/export-meta-graph';
import { type NodeOptions, type SaverDef, addSaverNodes } from './nodes';
import { type VarList, allSaveables } from './saveables';
import { KeptCheckpoints } from './kept';
import { NO_PATH, cureOfPath, notRestored } from './cures';
import { existsAt, metaGraphFile, recordCheckpoints } from './state';

const files = () => require('../../format/checkpoint-state') as typeof import('../../format/checkpoint-state');

/**
 * Saves the variables of a session into files (checkpoints), which TensorFlow reads too, and restores them.
 *
 *     const w = new tf.Variable([1, 2], { name: 'w' });
 *     const saver = new tf.train.Saver();
 *     sess.run(tf.globalVariablesInitializer());
 *     saver.save(sess, `${folder}/model`, 10);
 *     sess.run(w.assign([0, 0]));
 *     saver.restore(sess, tf.train.latestCheckpoint(folder));
 *     sess.run(w)   // [1, 2]
 */
export class Saver {
  private def: SaverDef | null;
  private readonly varList: VarList | undefined;
  private readonly options: NodeOptions;
  private readonly builder: takes.SaverBuilder | null;
  private readonly allowEmpty: boolean;
  private readonly padStepNumber: boolean;
  private readonly saveRelativePaths: boolean;
  private built = false;
  private isEmpty = false;
  private readonly kept = new KeptCheckpoints();

  /**
   * Adds the nodes that save and restore to the default graph.
   *
   * @param varList                    variables, as a list, or by their names in the file as an object or a Map; all
   *   global variables where not given
   * @param reshape                    restores what has another shape and as many elements
   * @param sharded                    writes a file for each device that has variables
   * @param maxToKeep                  how many checkpoints stay; 0 and null keep all, and list none but the last
   * @param keepCheckpointEveryNHours  keeps one for good after so many hours each
   * @param name                       a prefix of the nodes' names, `save` where not given
   * @param restoreSequentially        has no effect, as in TensorFlow: one node restores all
   * @param saverDef                   the names of nodes that are there already
   * @param builder                    makes the nodes in another way
   * @param deferBuild                 makes the nodes with `build()`, and not now
   * @param allowEmpty                 takes a graph without variables: it saves nothing then
   * @param writeVersion               2, or 1 for the older format
   * @param padStepNumber              writes steps with eight digits
   * @param saveRelativePaths          names checkpoints as seen from their folder, which may then be moved
   * @param filename                   is restored from where nothing else is said
   * @throws ValueError  if there is nothing to save, or two variables have one name
   * @throws TypeError   for what is no variable
   */
  constructor(...given: Args<'train.Saver', takes.Taken>) {
    const [varList, reshape = false, sharded = false, maxToKeep, hours = 10000, name = null, ...more] =
      takes.SAVER.take(given);
    const [restoreSequentially = false, saverDef = null, builder = null, deferBuild = false, allowEmpty = false] = more;
    const [, , , , , version = CHECKPOINT_FORMAT.V2, padStepNumber = false, relative = false, filename = null] = more;
    if (deferBuild && varList && !takes.isEmptyObject(varList))
      throw new ValueError(
        'If `var_list` is provided then build cannot be deferred. Either set defer_build=False or var_list=None.',
      );
    if (version !== CHECKPOINT_FORMAT.V1 && version !== CHECKPOINT_FORMAT.V2)
      throw new RuntimeError(`Unexpected write_version: ${version}\n  fix: 2, or 1 for the older format.`);
    // An object without keys is one of settings, all of them left out.
    this.varList = takes.isEmptyObject(varList) ? undefined : varList;
    // null is None, which keeps all: what the call leaves out is 5.
    const keep = given.some((x, i) => (i === 3 && x === null) || takes.isNullIn(x, 'maxToKeep')) ? 0 : (maxToKeep ?? 5);
    checkGiven(SAVER_DEF, { maxToKeep: keep, keepCheckpointEveryNHours: hours });
    this.options = {
      reshape,
      sharded,
      maxToKeep: keep,
      keepCheckpointEveryNHours: hours,
      name,
      restoreSequentially,
      filename,
      version,
    };
    this.def = saverDef;
    this.builder = builder;
    this.allowEmpty = allowEmpty;
    this.padStepNumber = padStepNumber;
    this.saveRelativePaths = relative;
    if (!deferBuild) this.build();
  }

  /** Adds the nodes, where `deferBuild` left that for later. */
  build(): void {
    if (this.built) return;
    this.built = true;
    const { name } = this.options;
    if (this.def) {
      const inScope = (each: string): string => (name ? `${name.replace(/\/$/, '')}/${each}` : each);
      const { filenameTensorName, saveTensorName, restoreOpName } = this.def;
      this.def = {
        ...this.def,
        filenameTensorName: inScope(filenameTensorName),
        saveTensorName: inScope(saveTensorName),
        restoreOpName: inScope(restoreOpName),
      };
    } else {
      const varList = this.varList ?? allSaveables();
      if (takes.sizeOf(varList) === 0) {
        if (!this.allowEmpty)
          throw new ValueError(
            'No variables to save\n  fix: make the variables before the saver, or {allowEmpty: true}.',
          );
        this.isEmpty = true;
        return;
      }
      this.def = this.builder ? this.builder.build(varList, this.options) : addSaverNodes(varList, this.options);
    }
    for (const [field, value] of [
      ['save_tensor_name', this.def.saveTensorName],
      ['restore_op_name', this.def.restoreOpName],
    ])
      if (!value) throw new ValueError(`saver_def must specify the ${field}: ${preview(this.def)}`);
    this.kept.begin(this.def);
  }

  /**
   * Saves the variables, then (where the checkpoint is whole) writes the file `checkpoint`, and removes what is older
   * than `maxToKeep` allows.
   *
   * @param sess               a session in which the variables have values
   * @param savePath           the start of the files' names; its folder must be there
   * @param globalStep         a number that follows the name; a variable or tensor that is one, or its name
   * @param latestFilename     the name of the file that lists checkpoints, where it is not `checkpoint`
   * @param metaGraphSuffix    what the name of the meta graph ends in
   * @param writeMetaGraph     writes the graph beside: `model-10.meta`
   * @param writeState         writes the file `checkpoint`
   * @param stripDefaultAttrs  leaves attributes out of the graph that have their defaults
   * @returns  the path for `restore`; null where there are no variables
   * @throws ValueError               if the folder is missing
   * @throws FailedPreconditionError  if a variable has no value
   * @throws RuntimeError             if `build()` was not called after `deferBuild`
   */
  save(...given: Args<'train.Saver.save', takes.Saved>): string {
    const [sess, savePath, globalStep, latestFilename = 'checkpoint', suffix = 'meta', ...flags] =
      takes.SAVE.take(given);
    const [writeMetaGraph = true, writeState = true, stripDefaultAttrs = false] = flags;
    if (!this.built) throw new RuntimeError('`build()` should be called before save if defer_build==True');
    const { basename, dirname } = files();
    if (basename(latestFilename) !== latestFilename)
      throw new ValueError("'latest_filename' must not contain path components");
    takes.checkPath(savePath);
    checkSession(sess);
    let file = savePath;
    if (globalStep !== undefined) {
      const step =
        typeof globalStep === 'number' || typeof globalStep === 'bigint' ? globalStep : stepIn(sess, globalStep);
      file = `${savePath}-${this.padStepNumber ? String(step).padStart(8, '0') : step}`;
    } else if (basename(savePath) === latestFilename && !this.options.sharded)
      throw new ValueError(`'latest_filename' collides with 'save_path': '${latestFilename}' and '${savePath}'`);
    const folder = savePath.includes('/') ? dirname(savePath) : '';
    const saved = this.def === null || this.isEmpty ? null : this.write(sess, file, savePath, folder);
    // The record of checkpoints comes last: what it names is whole.
    if (writeMetaGraph) {
      const meta = metaGraphFile(file, suffix);
      sess.graph.asDefault(() => metaGraphOf({ filename: meta, stripDefaultAttrs, saverDef: this.def }));
    }
    if (saved !== null && writeState) {
      this.kept.record(saved, this.made);
      recordCheckpoints(folder, saved, this.lastCheckpoints, latestFilename, this.saveRelativePaths);
      this.kept.removeOutdated(this.made, folder, suffix);
    }
    return orNone(saved, String.prototype, 'saver.save() gives null where there are no variables.');
  }
  private write(sess: takes.Runner, file: string, savePath: string, folder: string): string {
    const { saveTensorName, filenameTensorName } = this.made;
    try {
      return String(sess.run(sess.graph.getTensorByName(saveTensorName), { [filenameTensorName]: file }));
    } catch (error) {
      const ofFolder = error instanceof NotFoundError || error instanceof FailedPreconditionError;
      if (ofFolder && folder !== '' && !files().isFolder(folder))
        throw new ValueError(
          `Parent directory of ${savePath} doesn't exist, can't save.` +
            '\n  fix: make it first: tf.gfile.MakeDirs(folder), or mkdirSync(folder, { recursive: true }).',
        );
      throw error;
    }
  }
  /** What was built. */
  private get made(): SaverDef {
    return known(this.def, 'a SaverDef');
  }

  /**
   * Gives variables the values of a checkpoint. They need no initializer before.
   *
   * @param sess      a session
   * @param savePath  what `save` or `tf.train.latestCheckpoint` gave
   * @throws ValueError            if there is no such checkpoint
   * @throws NotFoundError         if a variable is not in it
   * @throws InvalidArgumentError  if one has another shape or dtype there
   * @throws DataLossError         if the files are damaged
   */
  restore(...given: Args<'train.Saver.restore', [sess: takes.Runner, savePath: string | null]>): void {
    if (given.length > 1 && given[1] === null && !this.isEmpty)
      throw new ValueError(`Can't load save_path when it is None.${NO_PATH}`);
    const [sess, savePath] = takes.RESTORE.take(given);
    if (this.isEmpty) return;
    if (!this.def) throw new RuntimeError('`build()` should be called before restore if defer_build==True');
    takes.checkPath(savePath);
    checkSession(sess);
    if (!existsAt(savePath))
      throw new ValueError(`The passed save_path is not a valid checkpoint: ${savePath}${cureOfPath(savePath)}`);
    const { restoreOpName, filenameTensorName } = this.def;
    try {
      sess.run(sess.graph.getOperationByName(restoreOpName), { [filenameTensorName]: savePath });
    } catch (error) {
      throw notRestored(error, savePath);
    }
  }

  /** The names of its nodes, and how many checkpoints it keeps; null where there are no variables. */
  asSaverDef(): SaverDef | null {
    return this.def;
  }
  /** The same, without a scope of names that they stand in; null where they do not stand in it. */
  toProto(...given: Args<'train.Saver.to_proto', [exportScope?: string]>): SaverDef | null {
    const [exportScope] = takes.TO_PROTO.take(given);
    if (exportScope === undefined || !this.def) return this.def;
    const { filenameTensorName, saveTensorName, restoreOpName } = this.def;
    if (![filenameTensorName, saveTensorName, restoreOpName].every((name) => name.startsWith(exportScope))) return null;
    const scope = exportScope.replace(/\/$/, '');
    const strip = (name: string): string => (name.startsWith(`${scope}/`) ? name.slice(scope.length + 1) : name);
    return {
      ...this.def,
      filenameTensorName: strip(filenameTensorName),
      saveTensorName: strip(saveTensorName),
      restoreOpName: strip(restoreOpName),
    };
  }
  /** A saver of nodes that are there already. */
  static fromProto(...given: Args<'train.Saver.from_proto', [saverDef: SaverDef, importScope?: string]>): Saver {
    const [saverDef, importScope] = takes.FROM_PROTO.take(given);
    return new Saver({ saverDef, name: importScope ?? null });
  }
  /** The paths of the checkpoints that are kept, the oldest first. */
  get lastCheckpoints(): string[] {
    return this.kept.paths;
  }
  /** Says which checkpoints there are, the oldest first; from now on none of them is kept for its age. */
  setLastCheckpoints(...given: Args<'train.Saver.set_last_checkpoints', [lastCheckpoints: readonly string[]]>): void {
    const [paths] = takes.SET_LAST.take(given);
    this.kept.set(paths.map((path) => [path, Infinity]));
  }
  /** The same with the time of each, in seconds since 1970. */
  setLastCheckpointsWithTime(
    ...given: Args<
      'train.Saver.set_last_checkpoints_with_time',
      [lastCheckpointsWithTime: readonly takes.CheckpointTime[]]
    >
  ): void {
    const [pairs] = takes.SET_LAST_WITH_TIME.take(given);
    this.kept.set(pairs);
  }
  /**
   * After a start anew: takes up the checkpoints of before, so that they go when there are more than `maxToKeep`.
   * Those whose files are gone are left out. Of those that are not in the folder to which it saves none is removed.
   *
   *     new tf.Variable(1);
   *     const saver = new tf.train.Saver();
   *     const state = tf.train.getCheckpointState(folder);
   *     if (state) saver.recoverLastCheckpoints(state.allModelCheckpointPaths);
   */
  recoverLastCheckpoints(
    ...given: Args<'train.Saver.recover_last_checkpoints', [checkpointPaths: readonly string[]]>
  ): void {
    const [paths] = takes.RECOVER.take(given);
    this.kept.recover(paths);
  }
  /** The default graph with its collections and this saver. See `tf.train.exportMetaGraph`. */
  exportMetaGraph(...given: Args<'train.Saver.export_meta_graph', takes.Exported>): MetaGraphDef {
    const [filename, collectionList, asText, exportScope, clearDevices, ...more] = takes.EXPORT.take(given);
    const [clearExtraneousSavers, stripDefaultAttrs] = more;
    const how = { filename, collectionList, asText, exportScope, clearDevices };
    return metaGraphOf({ ...how, clearExtraneousSavers, stripDefaultAttrs, saverDef: this.def });
  }
}
bindMethods(Saver, { build: 'train.Saver.build', asSaverDef: 'train.Saver.as_saver_def' });
netMethods(Saver, takes.NETTED);
