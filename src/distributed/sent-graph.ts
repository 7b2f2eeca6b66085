/** What a server has of a session's graph: all of it with the first run, and what was added with a later one. */
import { InternalError, InvalidArgumentError, OpError } from '../base/errors';
import { known } from '../base/keys';
import { encodeGraph } from '../format/graphdef';
import * as M from '../format/master';
import type { Graph } from '../graph/graph';
import { graphMessage } from '../graph/graph-message';
import type { SettledConfig } from '../session/config';
import type { Call } from './call';
import type { Waits } from './channel';
import type { Connection } from './connection';
import { configMessage } from './remote-values';
import { atNode } from './status';

export class SentGraph {
  private sent = 0;
  private version = 0;
  private edits: number;
  /** What takes the graph there, while it is on its way. */
  private bringing: Call | null = null;
  constructor(
    private readonly graph: Graph,
    private readonly config: SettledConfig,
    private readonly connection: Connection,
  ) {
    this.edits = graph.edits;
  }
  /** Whether the server has all of it. @throws InvalidArgumentError  where what it has was changed */
  get isUpToDate(): boolean {
    this.checkEdits();
    return !this.bringing && this.connection.handle !== null && this.graph.size === this.sent;
  }
  /** Lets the server have what was added, and stands still meanwhile. @throws OpError  of the server's */
  bring(timeoutInMs = 0): void {
    try {
      while (!this.isUpToDate) this.connection.channel.wait(this.news(timeoutInMs));
    } catch (error) {
      throw ours(error, this.graph);
    }
  }
  /** The same without standing still. */
  async bringLater(waits: Waits): Promise<void> {
    try {
      while (!this.isUpToDate) await this.connection.channel.later(this.news(waits.timeoutInMs), waits);
    } catch (error) {
      throw ours(error, this.graph);
    }
  }
  /** The call that takes what the server does not have; one at a time, so that all wait for the same. */
  private news(timeoutInMs?: number): Call {
    if (this.bringing) return this.bringing;
    const { size, edits } = this.graph;
    const graphDef = encodeGraph(graphMessage(this.graph, this.sent));
    const call =
      this.connection.handle === null ? this.create(graphDef, timeoutInMs) : this.extend(graphDef, timeoutInMs);
    this.bringing = call;
    call.when(({ code }) => {
      this.bringing = null;
      if (!code) [this.sent, this.edits] = [size, edits];
    });
    return call;
  }
  private create(graphDef: Uint8Array, timeoutInMs?: number): Call {
    const config = configMessage(this.config);
    const bytes = M.CREATE_SESSION.request.write({ graphDef, config });
    return this.connection.channel.send('CreateSession', [bytes], timeoutInMs, (answer) => {
      const { sessionHandle, graphVersion } = M.CREATE_SESSION.response.read(answer);
      if (!sessionHandle) throw new InternalError(null, 'it names no session');
      [this.connection.handle, this.version] = [sessionHandle, graphVersion];
    });
  }
  private extend(graphDef: Uint8Array, timeoutInMs?: number): Call {
    const sessionHandle = known(this.connection.handle, 'a session on the server');
    const bytes = M.EXTEND_SESSION.request.write({ sessionHandle, graphDef, currentGraphVersion: this.version });
    return this.connection.channel.send('ExtendSession', [bytes], timeoutInMs, (answer) => {
      this.version = M.EXTEND_SESSION.response.read(answer).newGraphVersion;
    });
  }
  /** A server's graph only grows. */
  private checkEdits(): void {
    if (this.sent === 0 || this.edits === this.graph.edits) return;
    throw new InvalidArgumentError(
      null,
      'A node that the server has was changed after it was sent.\n  fix: build the whole graph before its first run, ' +
        'or open another session.',
    );
  }
}
/** An error that names a node is about that node of this graph. */
export function ours(error: unknown, graph: Graph): unknown {
  return error instanceof OpError && !error.op ? atNode(error.errorCode, error.message, graph) : error;
}
