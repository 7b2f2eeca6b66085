/** What a session has of a server. */
import { OpError } from '../base/errors';
import * as M from '../format/master';
import type { Dropped } from '../session/owned';
import { Channel } from './channel';
import { placeOf } from './place';

const CLOSE_WITHIN_MS = 5000;

/** Outlives a session that is dropped, so that it can end what the server has of it. */
export class Connection implements Dropped {
  readonly channel: Channel;
  /** The server's name for the session, where it knows it. */
  handle: string | null = null;
  private ended = false;
  /** Here from the start: whoever drops it last, when the process may be ending, loads nothing any more. */
  private readonly closing = M.CLOSE_SESSION;
  constructor(target: string) {
    this.channel = channelTo(target);
  }
  /** Waits until the server has closed the session. One that is gone has. */
  close(): void {
    const bytes = this.end();
    try {
      if (bytes) this.channel.call('CloseSession', [bytes], CLOSE_WITHIN_MS);
    } catch (error) {
      if (!(error instanceof OpError)) throw error;
    } finally {
      this.channel.close();
    }
  }
  drop(): void {
    if (this.ended) return;
    const bytes = this.end();
    const close = (): void => this.channel.close();
    if (bytes) this.channel.callLater('CloseSession', [bytes], CLOSE_WITHIN_MS).then(close, close);
    else close();
  }
  private end(): Uint8Array | null {
    this.ended = true;
    const sessionHandle = this.handle;
    this.handle = null;
    return sessionHandle === null ? null : this.closing.request.write({ sessionHandle });
  }
}

/** @throws InvalidArgumentError  for an address without a port */
function channelTo(target: string): Channel {
  const address = target.replace(/^grpc:\/\//, '');
  placeOf(address);
  return new Channel(address);
}
/**
 * Ends all sessions of a server, and drops what is in these containers; what is in none where none are named.
 *
 * @param timeoutInMs  0: as long as it takes
 */
export function resetServer(target: string, containers: readonly string[], timeoutInMs: number): void {
  const channel = channelTo(target);
  try {
    channel.call('Reset', [M.RESET.request.write({ container: [...containers] })], timeoutInMs);
  } finally {
    channel.close();
  }
}
