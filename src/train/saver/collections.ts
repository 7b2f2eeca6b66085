/** Collections as they stand in a meta graph: variables and savers as messages, nodes by name, the rest as it is. */
import { textToBytes } from '../../base/bytes';
import { warn } from '../../base/platform';
import type { MessageOf } from '../../format/message';
import {
  type ANY,
  ANY_LIST,
  BYTES_LIST,
  COLLECTION_DEF,
  type CollectionMessage,
  FLOAT_LIST,
  INT64_LIST,
  NODE_LIST,
  QUEUE_RUNNER_DEF,
  SAVER_DEF,
  SAVE_SLICE_INFO_DEF,
  VARIABLE_DEF,
} from '../../format/messages';
import { FlowContext } from '../../flow/context';
import { contextBytes } from '../../flow/context-def';
import { Operation, Tensor } from '../../graph/graph';
import { Variable } from '../../variables/variable';
import { QueueRunner } from '../queue-runner';

type VariableMessage = MessageOf<typeof VARIABLE_DEF.fields>;
/** A variable as a message; null where it is outside of the scope. */
export function variableMessage(variable: Variable, scope: string | null): VariableMessage | null {
  const def = variable.toProto(scope ?? undefined);
  if (!def) return null;
  const info = variable.saveSliceInfo;
  return VARIABLE_DEF.make({ ...def, saveSliceInfoDef: info && SAVE_SLICE_INFO_DEF.make(info) });
}
interface WithProto {
  toProto(exportScope?: string): object | null;
}
/** A message of a type that only its maker knows, as an import left it. */
const isAny = (x: unknown): x is MessageOf<typeof ANY.fields> =>
  typeof x === 'object' && x !== null && 'typeUrl' in x && 'value' in x;
const isSaver = (x: unknown): x is WithProto =>
  typeof x === 'object' && x !== null && 'toProto' in x && 'asSaverDef' in x;

function stripped(name: string, scope: string | null): string {
  if (!scope) return name;
  const start = `${scope.replace(/\/$/, '')}/`;
  return name.startsWith(start) ? name.slice(start.length) : name;
}
/** A collection as a message; null where nothing of it can be written. */
export function collectionMessage(
  items: readonly unknown[],
  key: string,
  scope: string | null,
): CollectionMessage | null {
  if (!items.length) return null;
  const bytes = protoBytes(items, scope);
  if (bytes) return bytes.length ? COLLECTION_DEF.make({ bytesList: BYTES_LIST.make({ value: bytes }) }) : null;
  if (items.every((x): x is Tensor | Operation => x instanceof Tensor || x instanceof Operation)) {
    const value = items.filter((x) => !scope || x.name.startsWith(scope)).map((x) => stripped(x.name, scope));
    return COLLECTION_DEF.make({ nodeList: NODE_LIST.make({ value }) });
  }
  if (items.every((x): x is string => typeof x === 'string'))
    return COLLECTION_DEF.make({ bytesList: BYTES_LIST.make({ value: items.map(textToBytes) }) });
  if (items.every((x): x is number | bigint => typeof x === 'bigint' || Number.isSafeInteger(x)))
    return COLLECTION_DEF.make({ int64List: INT64_LIST.make({ value: items.map(BigInt) }) });
  if (items.every((x): x is number => typeof x === 'number'))
    return COLLECTION_DEF.make({ floatList: FLOAT_LIST.make({ value: items }) });
  if (items.every(isAny)) return COLLECTION_DEF.make({ anyList: ANY_LIST.make({ value: items }) });
  warn(`The collection '${key}' is not written: a meta graph holds variables, nodes, texts and numbers of one kind.`);
  return null;
}
/** Of variables, savers and queue runners their messages; null for other things. */
function protoBytes(items: readonly unknown[], scope: string | null): Uint8Array[] | null {
  if (items.every((x): x is Variable => x instanceof Variable))
    return items.flatMap((v) => variableMessage(v, scope) ?? []).map((each) => VARIABLE_DEF.write(each));
  if (items.every(isSaver))
    return items.flatMap((s) => s.toProto(scope ?? undefined) ?? []).map((each) => SAVER_DEF.write(each));
  if (items.every((x): x is QueueRunner => x instanceof QueueRunner))
    return items.flatMap((r) => r.toProto(scope ?? undefined) ?? []).map((each) => QUEUE_RUNNER_DEF.write(each));
  if (items.every((x): x is FlowContext => x instanceof FlowContext))
    return items
      .filter(({ name }) => !scope || name.startsWith(scope))
      .map((context) => contextBytes(context, (name) => stripped(name, scope)));
  return null;
}
