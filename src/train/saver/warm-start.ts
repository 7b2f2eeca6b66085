/** Variables that begin with what a checkpoint has under their names. */
import { TypeError_, ValueError } from '../../base/errors';
import { tell } from '../../base/logging';
import { entriesOf } from '../../base/mapping';
import { preview } from '../../base/preview';
import { bound } from '../../calls/bind';
import { getDefaultGraph } from '../../graph/graph';
import { GraphKeys } from '../../graph/keys';
import { Variable } from '../../variables/variable';
import { initFrom } from './init-from';
import { checkpointAt } from './reader';
import { VocabInfo, beginWithWords } from './vocabulary';

/**
 * Lets variables begin with what a checkpoint has under their own names, or under others.
 *
 *     const w = new tf.Variable(7, { name: 'w' });
 *     sess.run(w.initializer);
 *     new tf.train.Saver().save(sess, `${folder}/model`);
 *     sess.run(w.assign(0));
 *     tf.train.warmStart(folder);
 *     sess.run(w.initializer);
 *     sess.run(w)   // 7
 *
 * Where rows are words, `varNameToVocabInfo` brings them into the order of another vocabulary.
 *
 * @param ckptToInitializeFrom  a path as `saver.save` gives it, or a folder
 * @param varsToWarmStart       a pattern of names of trainable variables (all of them where not given), names of
 *   global variables, or variables; null for none but those of `varNameToVocabInfo`
 * @param varNameToVocabInfo    of which words the rows or columns are, by the variables' names; the whole's of a
 *   variable in parts
 * @param varNameToPrevVarName  names in the checkpoint, by the variables' names
 * @throws ValueError     if the checkpoint has no such tensor, or a name is of no variable
 * @throws NotFoundError  if there is no checkpoint
 */
export const warmStart = bound('train.warm_start', warm);
function warm(
  ckptToInitializeFrom: string,
  varsToWarmStart: string | readonly (string | Variable)[] | null = '.*',
  varNameToVocabInfo: Readonly<Record<string, VocabInfo>> = {},
  varNameToPrevVarName: Readonly<Record<string, string>> = {},
): void {
  const grouped = new Map<string, Variable[]>();
  for (const variable of wanted(varsToWarmStart)) {
    const name = variable.saveSliceInfo?.fullName ?? variable.op.name;
    grouped.set(name, [...(grouped.get(name) ?? []), variable]);
  }
  const named = <T>(given: Readonly<Record<string, T>>, what: string): Map<string, T> =>
    new Map(entriesOf<T>(given, `${what} must be a dictionary of names.`));
  const before = named(varNameToPrevVarName, 'var_name_to_prev_var_name');
  const words = named(varNameToVocabInfo, 'var_name_to_vocab_info');
  const map = new Map<string, Variable | Variable[]>();
  let count = 0;
  for (const [name, parts] of grouped) {
    const info = words.get(name);
    if (info !== undefined) {
      if (!(info instanceof VocabInfo))
        throw new TypeError_(
          `var_name_to_vocab_info must map to tf.train.VocabInfo, not '${name}' to ${preview(info)}`,
        );
      beginWithWords(parts, info, checkpointAt(ckptToInitializeFrom), before.get(name) ?? name);
    } else if (varsToWarmStart?.length) map.set(before.get(name) ?? name, parts[1] ? parts : parts[0]);
    else continue;
    count++;
  }
  initFrom(ckptToInitializeFrom, map);
  tell('INFO', `Warm-started ${count} variables.`);
  checkUsed('var_name_to_prev_var_name', before, grouped);
  checkUsed('var_name_to_vocab_info', words, grouped);
}
function checkUsed(what: string, given: ReadonlyMap<string, unknown>, grouped: ReadonlyMap<string, unknown>): void {
  const unused = [...given.keys()].filter((name) => !grouped.has(name));
  const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');
  if (unused.length)
    throw new ValueError(
      `You provided the following variables in ${what} that were not used: {${quoted(unused)}}.  ` +
        `Perhaps you misspelled them?  Here is the list of viable variable names: [${quoted([...grouped.keys()])}]`,
    );
}
function wanted(given: string | readonly (string | Variable)[] | null): Variable[] {
  const graph = getDefaultGraph();
  if (typeof given === 'string' || given === null)
    return graph.getCollection<Variable>(GraphKeys.TRAINABLE_VARIABLES, given);
  if (!Array.isArray(given))
    throw new ValueError(`\`vars_to_warm_start must be a \`list\` or \`str\`.  Given type is ${preview(given)}`);
  if (given.every((each): each is string => typeof each === 'string'))
    return given.flatMap((scope) => graph.getCollection<Variable>(GraphKeys.GLOBAL_VARIABLES, scope));
  if (given.every((each): each is Variable => each instanceof Variable)) return given;
  throw new ValueError('If `vars_to_warm_start` is a list, it must be all `Variable` or all `str`.');
}
