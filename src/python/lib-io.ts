/** `tensorflow.python.lib.io`. @module */
export * as fileIo from './file-io';
export * as tfRecord from '../program/python-io';
