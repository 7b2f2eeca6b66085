/** `tensorflow.python.training.basic_session_run_hooks`. @module */
export {
  CheckpointSaverHook,
  CheckpointSaverListener,
  FeedFnHook,
  FinalOpsHook,
  GlobalStepWaiterHook,
  LoggingTensorHook,
  NanLossDuringTrainingError,
  NanTensorHook,
  ProfilerHook,
  SecondOrStepTimer,
  SessionRunArgs,
  StepCounterHook,
  StopAtStepHook,
  SummarySaverHook,
} from '../supervised';
