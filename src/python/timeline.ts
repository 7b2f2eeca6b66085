/** `tensorflow.python.client.timeline`. @module */
export { Timeline } from '../debug/timeline';
