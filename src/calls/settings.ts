/** Settings that Python gives as a protocol message, and a program here as an object. */
import { TypeError_, ValueError } from '../base/errors';
import { nearestName } from '../base/nearest';
import { preview } from '../base/preview';
import { camelCase } from './signature';

/**
 * The settings as they are.
 *
 * @param message  what Python calls them, as `RunOptions`
 * @throws ValueError  for one that there is not, in Python's words, with the nearest one
 * @throws TypeError   for what is no object
 */
export function checkSettings<T extends object>(message: string, settings: T, names: readonly string[]): T {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings))
    throw new TypeError_(
      `${message} is an object of settings, not ${preview(settings)}.\n  it has ${names.join(', ')}.`,
    );
  for (const name of Object.keys(settings)) {
    if (names.includes(name)) continue;
    const camel = camelCase(name);
    const meant = names.includes(camel) ? camel : nearestName(name, names);
    throw new ValueError(
      `Protocol message ${message} has no "${name}" field.` +
        (meant ? `\n  fix: ${meant}, as {${meant}: …}.` : '') +
        `\n  it has ${names.join(', ')}.`,
    );
  }
  return settings;
}
