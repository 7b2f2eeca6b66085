/**
 * `tensorflow.python.platform`. Re-exports only.
 *
 * @module
 */
export * as app from '../program/app';
export * as flags from '../program/flags';
export * as gfile from '../program/gfile';
export * as test from '../debug/test';
export * as tfLogging from '../program/logging';
