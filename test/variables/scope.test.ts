import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { sameGraph } from '../sweep';

sameGraph('variable_scope', 'nested', (tf) => {
  tf.variableScope('a', () => {
    tf.getVariable('v', [2, 3]);
    tf.constant(1, { name: 'c' });
    tf.variableScope('b', { initializer: tf.zerosInitializer() }, () => {
      tf.getVariable('v', [2]);
      tf.getVariable('n', [2], { dtype: tf.int32 });
    });
  });
  const scope = tf.variableScope('a', { reuse: true }, (scope) => {
    tf.identity(tf.getVariable('v', [2, 3]), { name: 'again' });
    return scope;
  });
  tf.variableScope(scope, () => tf.identity(tf.getVariable('v'), { name: 'third' }));
  tf.variableScope(scope, { auxiliaryNameScope: false }, () => tf.identity(tf.getVariable('v'), { name: 'fourth' }));
});
sameGraph('variable_scope', 'default names', (tf) => {
  for (let i = 0; i < 3; i++)
    tf.variableScope(null, 'conv', () => tf.getVariable('w', [2], { initializer: tf.onesInitializer() }));
  tf.variableScope('outer', () => {
    for (let i = 0; i < 2; i++)
      tf.variableScope(null, { defaultName: 'conv' }, () => tf.getVariable('w', { initializer: tf.constant([1, 2]) }));
  });
});
sameGraph('variable_scope', 'regularizers', (tf) => {
  tf.variableScope('s', { regularizer: (w) => tf.reduceSum((w as tf.Variable).mul(2), { name: 'loss' }) }, () =>
    tf.getVariable('w', [2], { initializer: tf.onesInitializer() }),
  );
  tf.getVariable('u', [2], { initializer: tf.onesInitializer(), regularizer: () => null });
});
sameGraph('variable_scope', 'Glorot and other initializers', (tf) => {
  tf.setRandomSeed(1);
  tf.getVariable('w', [3, 4]);
  tf.getVariable('x', [3], { initializer: tf.truncatedNormalInitializer({ stddev: 0.1 }) });
});
sameGraph('variable_scope', 'resources by scope', (tf) =>
  tf.variableScope('r', { useResource: true }, () => tf.getVariable('w', [2], { initializer: tf.zerosInitializer() })),
);
sameGraph('variable_scope', 'custom getter', (tf) =>
  tf.variableScope(
    'g',
    {
      customGetter: (getter, name, options) => {
        const made = getter(`${name}_inner`, options);
        tf.identity(made, { name: 'outside' });
        return made;
      },
    },
    () => tf.getVariable('w', { initializer: 1 }),
  ),
);
sameGraph('variable_scope', 'a value as initializer', (tf) =>
  tf.getVariable('w', { initializer: new Float32Array([1, 2]) }),
);
sameGraph('variable_scope', 'beside a node of that name', (tf) => {
  tf.constant(1, { name: 'w' });
  tf.getVariable('w', { initializer: 1 });
});
sameGraph('variable_scope', 'local', (tf) => tf.getLocalVariable('w', [2], { initializer: tf.zerosInitializer() }));

const thrown = (body: () => unknown): Error => {
  try {
    body();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
};
const first = (body: () => unknown): string => {
  const error = thrown(body);
  return `${error.name}: ${error.message.split('\n')[0]}`;
};
beforeEach(() => tf.resetDefaultGraph());

describe('16: what may not be shared', () => {
  test('a variable that exists', () => {
    tf.getVariable('v', [1]);
    const error = thrown(() => tf.getVariable('v', [1]));
    expect(error.message.split('\n').slice(0, 2)).toEqual([
      'Variable v already exists, disallowed. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in ' +
        'VarScope? Originally defined at:',
      '',
    ]);
    expect(error.message).toMatch(/ {2}File ".*scope\.test\.ts", line \d+/);
    tf.getVariable('r', [1], { useResource: true });
    expect(first(() => tf.getVariable('r', [1]))).toBe(
      'ValueError: Variable r already exists, disallowed. Did you mean to set reuse=True or ' +
        'reuse=tf.AUTO_REUSE in VarScope?',
    );
  });
  test('one that does not', () => {
    tf.getVariable('v', [1]);
    const error = thrown(() => tf.variableScope('s', { reuse: true }, () => tf.getVariable('v', [1])));
    expect(error.message.split('\n')[0]).toBe(
      'Variable s/v does not exist, or was not created with tf.get_variable(). Did you mean to set ' +
        'reuse=tf.AUTO_REUSE in VarScope?',
    );
    expect(error.message).toContain("there is 'v'");
  });
  test('one of another shape or dtype', () => {
    tf.variableScope('', { reuse: tf.AUTO_REUSE }, () => {
      tf.getVariable('v', [1]);
      expect(first(() => tf.getVariable('v', [2]))).toBe(
        'ValueError: Trying to share variable v, but specified shape (2,) and found shape (1,).',
      );
      expect(first(() => tf.getVariable('v', [1], { dtype: tf.int32 }))).toBe(
        'ValueError: Trying to share variable v, but specified dtype int32 and found dtype float32_ref.',
      );
    });
  });
  test('wrong arguments', () => {
    expect(first(() => tf.getVariable('v', [1], { initializer: [1] }))).toBe(
      'ValueError: If initializer is a constant, do not specify shape.',
    );
    expect(first(() => tf.getVariable('v', { initializer: tf.constant([1]), dtype: tf.int32 }))).toBe(
      "ValueError: Initializer type '<dtype: 'float32'>' and explicit dtype '<dtype: 'int32'>' don't match.",
    );
    expect(first(() => tf.getVariable('v', [null]))).toContain('ValueError: The initializer passed is not valid.');
    expect(first(() => tf.variableScope(null, () => 1))).toBe(
      'TypeError: If default_name is None then name_or_scope is required',
    );
    expect(first(() => tf.variableScope(null, { defaultName: 'a', reuse: true }, () => 1))).toBe(
      'ValueError: reuse=True cannot be used without a name_or_scope',
    );
    expect(first(() => tf.variableScope(3 as never, () => 1))).toBe(
      'TypeError: VariableScope: name_or_scope must be a string or VariableScope.',
    );
  });
});

test('AUTO_REUSE makes what is not there and shares what is', () => {
  const layer = (): tf.Variable => tf.variableScope('layer', { reuse: tf.AUTO_REUSE }, () => tf.getVariable('w', [2]));
  expect(layer() === layer()).toBe(true);
  expect(tf.globalVariables().map((v) => v.name)).toEqual(['layer/w:0']);
});
test('reuse is inherited, and switched on half way', () => {
  tf.variableScope('a', (scope) => {
    const w = tf.getVariable('w', [1]);
    scope.reuseVariables();
    expect(tf.getVariable('w', [1]) === w).toBe(true);
    tf.variableScope('b', (inner) => expect(inner.reuse).toBe(true));
  });
  expect(tf.getVariableScope().reuse).toBe(false);
});
test('a scope says what it is', () => {
  tf.variableScope('a', { dtype: tf.float64, initializer: tf.onesInitializer() }, (scope) => {
    expect([scope.name, scope.originalNameScope, scope.dtype]).toEqual(['a', 'a/', tf.float64]);
    tf.variableScope('b', (inner) => expect([inner.name, inner.originalNameScope]).toEqual(['a/b', 'a/b/']));
    const w = tf.getVariable('w', [1]);
    expect(w.dtype).toBe(tf.float64.ref);
    expect(scope.trainableVariables().length + scope.globalVariables().length + scope.localVariables().length).toBe(2);
  });
  expect(tf.getVariableScope().name).toBe('');
});
test('a scope that fails is left', () => {
  expect(() =>
    tf.variableScope('a', () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  expect([tf.getVariableScope().name, tf.getDefaultGraph().scopeName]).toEqual(['', '']);
});
test('initializers of every form', () => {
  class Twos {
    call(shape: readonly number[]): tf.Tensor {
      return tf.fill(shape, 2);
    }
  }
  const made = [
    tf.getVariable('a', [2], { initializer: new Twos() }),
    tf.getVariable('b', [2], { initializer: Twos }),
    tf.getVariable('c', [2], { initializer: (shape) => tf.fill(shape, 2) }),
    tf.getVariable('d', { initializer: () => tf.constant([2, 2]) }),
    tf.getVariable('e', { shape: [2], initializer: tf.constantInitializer(2) }),
    tf.getVariable('f', 2, { initializer: tf.zerosInitializer }),
  ];
  const sess = new tf.Session('', { config: { device: 'portable' } });
  sess.run(tf.globalVariablesInitializer());
  expect(sess.run(made).map((v) => (v as NDArray).toArray())).toEqual([
    [2, 2],
    [2, 2],
    [2, 2],
    [2, 2],
    [2, 2],
    [0, 0],
  ]);
  expect(tf.getVariable('s', [2], { dtype: tf.string }).initialValue!.dtype).toBe(tf.string);
  expect(first(() => tf.getVariable('z', [2], { dtype: tf.complex64 }))).toBe(
    "ValueError: An initializer for variable z of <dtype: 'complex64'> is required",
  );
});
test('custom getters nest, the inner one first', () => {
  const calls: string[] = [];
  const getter =
    (tag: string): tf.GetVariableOptions['customGetter'] =>
    (next, name, options) => {
      calls.push(tag);
      return next(name, options);
    };
  tf.variableScope('a', { customGetter: getter('outer') }, () =>
    tf.variableScope('b', { customGetter: getter('inner') }, () => tf.getVariable('w', [1])),
  );
  expect(calls).toEqual(['inner', 'outer']);
});
test('resource variables can be the rule', () => {
  tf.enableResourceVariables();
  try {
    expect([
      tf.resourceVariablesEnabled(),
      new tf.Variable(1).isResource,
      tf.getVariable('w', [1]).isResource,
      new tf.Variable(1, { useResource: false }).isResource,
    ]).toEqual([true, true, true, false]);
  } finally {
    tf.disableResourceVariables();
  }
  expect(new tf.Variable(1).isResource).toBe(false);
});
test('graphs have their own variables', () => {
  tf.getVariable('w', [1]);
  new tf.Graph().asDefault(() => {
    tf.getVariable('w', [2]);
  });
  expect(tf.globalVariables().length).toBe(1);
});
