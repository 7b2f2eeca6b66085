/** `tensorflow.python.ops.clip_ops`. @module */
export { clipByAverageNorm, clipByGlobalNorm, clipByNorm, clipByValue, globalNorm } from '../ops/clip';
