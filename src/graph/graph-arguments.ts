/** What the methods of a graph take, in Python's words. */
import { type Binder, constructorOf, signature } from '../calls/bind';
import { isMapping } from '../base/mapping';
import type { DeviceLike } from './device-spec';
import type { Operation, Tensor, Waitable } from './operation';

export type { DeviceLike };
/** A value and a function, in whatever way they were given. */
export type Caller = (...args: never[]) => unknown;
export type DeviceName = DeviceLike | null;
export type Overrides = Readonly<Record<string, string>>;
export type Block<T, B> = readonly [value: T, body: B];
/** A function whose result the caller knows. */
export function isBody<R>(value: unknown): value is () => R {
  return typeof value === 'function';
}
/** The two, of a call that is not as most are. */
export function blockOf<T, B>(binder: Binder<[T]>, given: Block<T, B>): Block<T, B> {
  const [body, [value]] = binder.takeWithBody<B>(given);
  return [value, body];
}

export const GRAPH = constructorOf<[]>('Graph');
export const NAME_SCOPE = signature<[name: string | null]>('Graph.name_scope');
export const CONTROL_DEPENDENCIES = signature<[inputs: readonly Waitable[] | null]>('Graph.control_dependencies');
export const DEVICE = signature<[name: DeviceLike | null]>('Graph.device');
export const COLOCATE_WITH =
  signature<[op: Operation | Tensor | null, ignoreExisting?: boolean]>('Graph.colocate_with');
interface NamedOverrides {
  readonly opTypeMap: Overrides;
}
const GRADIENT_OVERRIDE_MAP = signature<[map: Overrides | NamedOverrides]>('Graph.gradient_override_map');
/** A gradient's name is text: what has an object in its place names the argument. */
const isNamed = (map: Overrides | NamedOverrides): map is NamedOverrides => isMapping(map?.opTypeMap);
/** The same of `gradientOverrideMap`. */
export function overridesOf<B>(given: Block<Overrides | NamedOverrides, B>): Block<Overrides, B> {
  const [map, body] = blockOf(GRADIENT_OVERRIDE_MAP, given);
  return [isNamed(map) ? map.opTypeMap : map, body];
}
export const AS_DEFAULT = signature<[]>('Graph.as_default');

export const METHODS = {
  getOperations: 'Graph.get_operations',
  finalize: 'Graph.finalize',
  asGraphDef: 'Graph.as_graph_def',
  getOperationByName: 'Graph.get_operation_by_name',
  getTensorByName: 'Graph.get_tensor_by_name',
  asGraphElement: 'Graph.as_graph_element',
  uniqueName: 'Graph.unique_name',
  addToCollection: 'Graph.add_to_collection',
  addToCollections: 'Graph.add_to_collections',
  getCollection: 'Graph.get_collection',
  getCollectionRef: 'Graph.get_collection_ref',
  getAllCollectionKeys: 'Graph.get_all_collection_keys',
  clearCollection: 'Graph.clear_collection',
} as const;
