/** Initializers by the names of `tf.initializers`. */
import {
  globalVariablesInitializer,
  localVariablesInitializer,
  tablesInitializer,
  variablesInitializer,
} from './collections';
import {
  constantInitializer,
  glorotNormalInitializer,
  glorotUniformInitializer,
  heNormalInitializer,
  heUniformInitializer,
  lecunNormalInitializer,
  lecunUniformInitializer,
  onesInitializer,
  randomNormalInitializer,
  randomUniformInitializer,
  truncatedNormalInitializer,
  uniformUnitScalingInitializer,
  varianceScalingInitializer,
  zerosInitializer,
} from './initializers';
import { identityInitializer, orthogonalInitializer } from './matrix-initializers';

/**
 * What variables start from, under the names of the module `tf.initializers`.
 *
 *     tf.getVariable('w', [2], { initializer: tf.initializers.ones() })   // [1, 1]
 *
 * @namespace
 */
export const initializers = {
  /** Starts a variable from zeros: `tf.zerosInitializer`. */
  zeros: zerosInitializer,
  /** Starts a variable from ones: `tf.onesInitializer`. */
  ones: onesInitializer,
  /** Starts a variable from a constant: `tf.constantInitializer`. */
  constant: constantInitializer,
  /** Starts a variable from normal numbers: `tf.randomNormalInitializer`. */
  randomNormal: randomNormalInitializer,
  /** Starts a variable from uniform numbers: `tf.randomUniformInitializer`. */
  randomUniform: randomUniformInitializer,
  /** Starts a variable from truncated normal numbers: `tf.truncatedNormalInitializer`. */
  truncatedNormal: truncatedNormalInitializer,
  /** Starts a variable from numbers of a variance that its shape decides: `tf.varianceScalingInitializer`. */
  varianceScaling: varianceScalingInitializer,
  /** Starts a variable from uniform numbers that keep the scale of the input: `tf.uniformUnitScalingInitializer`. */
  uniformUnitScaling: uniformUnitScalingInitializer,
  /** Starts a variable from uniform numbers in ±√(6 / (inputs + outputs)): `tf.glorotUniformInitializer`. */
  glorotUniform: glorotUniformInitializer,
  /** Starts a variable from normal numbers of variance 2 / (inputs + outputs): `tf.glorotNormalInitializer`. */
  glorotNormal: glorotNormalInitializer,
  /** Starts a variable from uniform numbers in ±√(3 / inputs). */
  lecunUniform: lecunUniformInitializer,
  /** Starts a variable from normal numbers of variance 1 / inputs. */
  lecunNormal: lecunNormalInitializer,
  /** Starts a variable from uniform numbers in ±√(6 / inputs). */
  heUniform: heUniformInitializer,
  /** Starts a variable from normal numbers of variance 2 / inputs. */
  heNormal: heNormalInitializer,
  /** Starts a variable from the identity matrix. */
  identity: identityInitializer,
  /** Starts a variable from a matrix whose rows or columns are at right angles: `tf.orthogonalInitializer`. */
  orthogonal: orthogonalInitializer,
  /** A node that gives all variables their first values: `tf.globalVariablesInitializer`. */
  globalVariables: globalVariablesInitializer,
  /** A node that gives local variables their first values: `tf.localVariablesInitializer`. */
  localVariables: localVariablesInitializer,
  /** A node that gives these variables their first values: `tf.variablesInitializer`. */
  variables: variablesInitializer,
  /** A node that fills all tables: `tf.tablesInitializer`. */
  tablesInitializer,
} as const;
