import type * as tf from 'tfjs-session';
import { sameGraph, sweep } from '../sweep';

sweep('blocks');

sameGraph('blocks', 'gradients of blocks', (t: typeof tf) => {
  const x = t.placeholder(t.float32, [null, 4, 4, 3], { name: 'x' });
  t.gradients(t.depthToSpace(t.spaceToDepth(x, 2), 2), x);
});
