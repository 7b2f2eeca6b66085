/** Feeds of several tensors by one key, as the state of a recurrent net is fed: by its structure, part by part. */
import { isList } from '../base/border';
import { ValueError } from '../base/errors';
import { preview } from '../base/preview';
import type { FeedKey, FeedKeys, FeedValues } from '../graph/runner';

/** @throws ValueError  where the value has not the parts of its key */
export function* parted(key: FeedKeys, value: FeedValues): Generator<readonly [FeedKey, FeedValues]> {
  if (!areKeys(key)) {
    yield [key, value];
    return;
  }
  if (!isList(value) || value.length !== key.length)
    throw new ValueError(
      `Could not flatten dictionary. Key had ${counted(key.length)}, but value had ` +
        `${counted(isList(value) ? value.length : 1)}. Key: ${preview(key)}, value: ${preview(value)}.` +
        '\n  fix: a value for each tensor, in the same lists: [[[a, b], [1, 2]]].',
    );
  for (let i = 0; i < key.length; i++) yield* parted(key[i], value[i]);
}
export const areKeys = (key: FeedKeys): key is readonly FeedKeys[] => isList(key);
const counted = (n: number): string => `${n} element${n === 1 ? '' : 's'}`;
