/** What a call may take for something else, and what the compiler says of it; as in wrong.ts. */
import { type Program, right, wrong } from './wrong';

export const TAKEN: Readonly<Record<string, readonly Program[]>> = {
  'what has a name is no object of names': [
    wrong('tf.add(a, b, a)', /not assignable/),
    wrong('tf.reduceSum(a, 0, a)', /not assignable/),
    wrong('tf.reduceSum(a, 0, false, tf.float32)', /not assignable/),
    wrong('tf.exp(a, tf.float32)', /not assignable/),
    wrong('tf.matmul(a, b, v)', /not assignable/),
    wrong('tf.zeros([2], a)', /not assignable/),
    wrong('tf.constant(1, tf.float32, tf.float32)', /not assignable/),
    wrong('tf.placeholder(tf.float32, tf.float32)', /not assignable/),
    wrong('new tf.Variable([1, 2], tf.float64)', /not assignable/),
    wrong('new tf.Variable(1, a.op)', /not assignable/),
    wrong("tf.getVariable('of', [2], a)", /not assignable/),
    wrong('tf.layers.dense(X, 3, tf.float32)', /not assignable/),
    wrong('tf.gradients(loss, [v], tf.float32)', /not assignable/),
    wrong('v.assign([1, 2], tf.float32)', /not assignable/),
  ],
  'scopes by position': [
    right("tf.variableScope('by', 'd', [a], { reuse: null }, (scope) => scope.name)"),
    right("tf.variableScope('by', 'd', [a], tf.zerosInitializer(), () => tf.getVariable('z', [1]).name)"),
    wrong("tf.variableScope('by', 'd', [a], { reus: null }, () => 1)", /'reus'/),
  ],
};
