/** Handles of tensors that stay in a session, and the nodes that read and delete what they name. */
import { type DType, string } from '../base/dtype';
import { TensorShape } from '../base/shape';
import { TypeError_ } from '../base/errors';
import { bindMethods } from '../calls/methods';
import { apply, applyOp } from './apply';
import { type Graph, type Operation, type Tensor, getDefaultGraph } from './graph';
import { Key } from './own';
import type { Fetched, Runner, TensorHandle } from './runner';

/** What is fed with a handle, and what it then gives. */
export type Held<T> = readonly [holder: Tensor, held: T];
interface Nodes {
  /** By the node that made the handle, the device and the type. */
  readonly readers: Map<string, Held<Tensor>>;
  deleter: Held<Operation> | null;
}
const NODES = new Key<Nodes>('nodes of handles');
const nodesOf = (graph: Graph): Nodes => graph.own(NODES, () => ({ readers: new Map(), deleter: null }));

interface Store {
  forget(handle: string): void;
}
interface Place {
  readonly handle: string;
  readonly store: Store;
}
const UNNAMED = new FinalizationRegistry<Place>(({ handle, store }) => store.forget(handle));

/** The object behind a handle that a run gave. */
export class KeptTensor implements TensorHandle {
  readonly handle: string;
  readonly dtype: DType;
  private readonly session: Runner;
  private isNamed = true;
  /** @param store  where it lies, if in this process: what no program names any more goes from there */
  constructor(handle: string, dtype: DType, session: Runner, store: Store | null) {
    this.handle = handle;
    this.dtype = dtype;
    this.session = session;
    if (store) UNNAMED.register(this, { handle, store }, this);
  }
  eval(): Fetched {
    this.checkNamed();
    const { graph } = this.session;
    const { readers } = nodesOf(graph);
    const [name, , device] = this.handle.split(';');
    const key = [name, device, this.dtype.name].join();
    let reader = readers.get(key);
    if (!reader) readers.set(key, (reader = graph.asDefault(() => reading(this.handle, this.dtype))));
    return this.session.run(reader[1], [[reader[0], this.handle]]) as Fetched;
  }
  delete(): void {
    this.checkNamed();
    this.release();
    const { graph } = this.session;
    const nodes = nodesOf(graph);
    nodes.deleter ??= graph.asDefault(() => deleting(this.handle));
    this.session.run(nodes.deleter[1], [[nodes.deleter[0], this.handle]]);
  }
  getRawHandle(): string {
    this.release();
    return this.handle;
  }
  toString(): string {
    return this.handle;
  }
  private release(): void {
    this.isNamed = false;
    UNNAMED.unregister(this);
  }
  private checkNamed(): void {
    if (!this.isNamed) throw new TypeError_(`Persistent tensor ${this.handle} may have already been deleted.`);
  }
}
bindMethods(KeptTensor, {
  eval: 'TensorHandle.eval',
  delete: 'TensorHandle.delete',
  getRawHandle: 'TensorHandle.get_raw_handle',
});

/** What reads the tensor whose handle is fed for the holder. */
export function reading(handle: string, dtype: DType, name?: string | null): Held<Tensor> {
  return onDeviceOf(handle, (holder) => apply('GetSessionTensor', [holder], { dtype }, name));
}
/** What deletes it. */
export function deleting(handle: string, name?: string | null): Held<Operation> {
  return onDeviceOf(handle, (holder) => applyOp('DeleteSessionTensor', [holder], {}, name));
}
function onDeviceOf<T>(handle: string, make: (holder: Tensor) => T): Held<T> {
  return getDefaultGraph().device(handle.split(';').at(-1)!, () => {
    const holder = apply('Placeholder', [], { dtype: string, shape: TensorShape.unknown() });
    return [holder, make(holder)];
  });
}
