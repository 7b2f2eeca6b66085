/** Who can reach a server. */
import { isIP } from 'node:net';

/** True for addresses that this machine alone reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
/** What is said of a server that others reach. */
export const OPEN_PORT =
  'Whoever reaches this port can run graphs here: there is no password. Keep it behind a firewall.';
