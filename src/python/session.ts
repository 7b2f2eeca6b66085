/** `tensorflow.python.client.session`. @module */
export { InteractiveSession } from '../session/interactive';
export { Session } from '../session/session';
