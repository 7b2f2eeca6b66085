/** The first two arguments in each other's place, which shows only where the call runs into what it was given. */
import { isCallable, isList } from '../base/border';
import { DType } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { isRevoked } from '../base/preview';
import type { Signature } from './signature';

/** Arguments that say how, and are no tensor that the call computes with. */
const SETTING = new RegExp(
  '^(axis|axes|dim|dims|num|numSamples|numBuckets|clipNorm|keepProb|rate|ord|k|depthRadius|shift|mask|maxlen|type|' +
    'blockSize|blockShape|numOutputs|depth|units|filters|kernelSize|poolSize|ksize|sequenceLength|learningRate)$',
);
/** Lists in lists are looked through to here: some contain themselves, and some have billions of elements. */
const MOST_DEPTH = 8;
const MOST_PARTS = 1000;
const partsOf = (list: readonly unknown[]): readonly unknown[] => list.slice(0, MOST_PARTS);
const has = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && !isRevoked(value) && name in value;
const isTensor = (value: unknown, depth = 0): boolean =>
  isList(value)
    ? depth < MOST_DEPTH && partsOf(value).some((part) => isTensor(part, depth + 1))
    : has(value, 'dtype') && has(value, 'op');
const isDType = (value: unknown): boolean => !isRevoked(value) && value instanceof DType;
const isSetting = (value: unknown, depth = 0): boolean =>
  isList(value)
    ? depth < MOST_DEPTH && partsOf(value).every((part) => isSetting(part, depth + 1))
    : isDType(value) || /^(number|boolean|string)$/.test(typeof value);
const isCell = (value: unknown): boolean => has(value, 'zeroState');
/** Whether a value may be what an argument of this name is for. */
function fitting(name: string): (value: unknown) => boolean {
  if (name === 'fn' || name === 'func') return isCallable;
  if (name === 'cell') return isCell;
  return SETTING.test(name) ? isSetting : isTensor;
}

/** An error of a call whose first two arguments fit each other's names, and not their own: it says so. */
export function swappedBack({ args, fullName }: Signature, given: readonly unknown[], thrown: unknown): unknown {
  if (given.length < 2 || args.length < 2 || !(thrown instanceof TypeError_ || thrown instanceof ValueError))
    return thrown;
  const [first, second] = args.map(({ name }) => name);
  const [isFirst, isSecond] = [fitting(first), fitting(second)];
  if (isFirst === isSecond || !isFirst(given[1]) || !isSecond(given[0]) || isFirst(given[0]) || isSecond(given[1]))
    return thrown;
  if (/other way round|comes? first|stands? (first|before)|one list/.test(thrown.message)) return thrown;
  // What else was said to help is meant for arguments in their places.
  const said = thrown.message.replace(/\n {2}fix: .*$/s, '');
  thrown.message = `${said}\n  fix: the other way round: ${fullName}(${first}, ${second}).`;
  return thrown;
}
