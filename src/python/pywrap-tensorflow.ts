/** `tensorflow.python.pywrap_tensorflow`. @module */
export { NewCheckpointReader } from '../train/saver';
export { EventsWriter } from '../summary/events-writer';
