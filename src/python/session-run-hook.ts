/** `tensorflow.python.training.session_run_hook`. @module */
export { SessionRunArgs, SessionRunContext, SessionRunHook, SessionRunValues } from '../supervised/hook';
