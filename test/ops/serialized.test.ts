import { sameGraph, sweep } from '../sweep';

sweep('serialized');

sameGraph('serialized', 'tensors as bytes', (t) => {
  const x = t.placeholder(t.float32, [2], { name: 'x' });
  t.parseTensor(t.serializeTensor(x), t.float32, { name: 'p' });
});
