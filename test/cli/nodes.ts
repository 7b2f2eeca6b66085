/** This machine's Nodes from 20 on, one of each: this one, those that NODES names, those of version managers. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Where version managers keep Nodes: a folder for each version, and the program in it. */
const KEPT: readonly (readonly [folder: string, program: string])[] = [
  ['.nvm/versions/node', 'bin/node'],
  ['.nodenv/versions', 'bin/node'],
  ['.asdf/installs/nodejs', 'bin/node'],
  ['.volta/tools/image/node', 'bin/node'],
  ['.local/share/fnm/node-versions', 'installation/bin/node'],
  ['.local/share/mise/installs/node', 'bin/node'],
  ['/usr/local/n/versions/node', 'bin/node'],
  ['/opt', 'bin/node'],
];

function kept(): string[] {
  return KEPT.flatMap(([folder, program]) => {
    const place = folder.startsWith('/') ? folder : join(homedir(), folder);
    return existsSync(place) ? readdirSync(place).map((version) => join(place, version, program)) : [];
  }).filter((path) => existsSync(path));
}

/** Programs by version, as [`Node 22`, its path]; a named program that does not start is an error. */
export function nodes(): [name: string, path: string][] {
  const named = (process.env['NODES'] ?? '').split(delimiter).filter(Boolean);
  const found = new Map<number, string>();
  for (const path of [process.execPath, ...named, ...kept()]) {
    const said = spawnSync(path, ['--version'], { encoding: 'utf8' });
    const major = Number(/^v(\d+)\./.exec(said.stdout ?? '')?.[1]);
    if (Number.isNaN(major) && named.includes(path)) throw new Error(`${path}, which NODES names, is no Node`);
    if (major >= 20 && !found.has(major)) found.set(major, path);
  }
  return [...found].map(([major, path]) => [`Node ${major}`, path]);
}
