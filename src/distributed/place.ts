/** Where a server is: the part of its target behind `grpc://`. */
import { InvalidArgumentError } from '../base/errors';

export interface Place {
  readonly host: string;
  readonly port: number;
}
/** @throws InvalidArgumentError  for what has no port, or none that a machine has */
export function placeOf(address: string): Place {
  const [, host, digits] = /^(.*):(\d{1,5})$/.exec(address) ?? [];
  const port = Number(digits);
  if (host !== undefined && port <= 65_535) return { host: host.replace(/^\[(.*)\]$/, '$1') || 'localhost', port };
  throw new InvalidArgumentError(
    null,
    `Could not interpret "${address}" as a host-port pair.\n  fix: a server has a target like 'grpc://127.0.0.1:2222'.`,
  );
}
