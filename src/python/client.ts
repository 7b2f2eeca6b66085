/**
 * `tensorflow.python.client`. Re-exports only.
 *
 * @module
 */
export * as deviceLib from './device-lib';
export * as session from './session';
export * as timeline from './timeline';
