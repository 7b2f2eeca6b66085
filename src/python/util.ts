/**
 * `tensorflow.python.util`. Re-exports only.
 *
 * @module
 */
export * as compat from '../program/compat';
export * as nest from '../flow/nest';
