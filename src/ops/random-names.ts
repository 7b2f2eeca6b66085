/** The module `tf.random`. */
import { getSeed, setRandomSeed } from '../graph/seed';
import {
  allCandidateSampler,
  fixedUnigramCandidateSampler,
  learnedUnigramCandidateSampler,
  logUniformCandidateSampler,
  uniformCandidateSampler,
} from './candidates';
import { gamma, poisson } from './gamma';
import { categorical, multinomial, randomNormal, randomShuffle, randomUniform, truncatedNormal } from './random';
import {
  statelessCategorical,
  statelessMultinomial,
  statelessNormal,
  statelessTruncatedNormal,
  statelessUniform,
} from './stateless';

/**
 * Random numbers, under the names of the module `tf.random`.
 *
 *     tf.random.uniform([3])   // shape (3)
 *
 * @namespace
 */
export const random = {
  /** Normal numbers: `tf.randomNormal`. */
  normal: randomNormal,
  /** Uniform numbers: `tf.randomUniform`. */
  uniform: randomUniform,
  /** Truncated normal numbers: `tf.truncatedNormal`. */
  truncatedNormal,
  /** Rows in random order: `tf.randomShuffle`. */
  shuffle: randomShuffle,
  /** Draws classes by log-probabilities: `tf.multinomial`. */
  multinomial,
  /** Draws classes by log-probabilities. */
  categorical,
  /** Draws from gamma distributions. */
  gamma,
  /** Draws from Poisson distributions. */
  poisson,
  /** Normal numbers that given seeds decide. */
  statelessNormal,
  /** Truncated normal numbers that given seeds decide. */
  statelessTruncatedNormal,
  /** Uniform numbers that given seeds decide. */
  statelessUniform,
  /** Draws classes by log-probabilities, as given seeds decide. */
  statelessCategorical,
  /** Draws classes by log-probabilities, as given seeds decide: `tf.random.statelessCategorical`. */
  statelessMultinomial,
  /** Draws classes, each as likely as another: `tf.nn.uniformCandidateSampler`. */
  uniformCandidateSampler,
  /** Draws classes by their rank: `tf.nn.logUniformCandidateSampler`. */
  logUniformCandidateSampler,
  /** Draws classes as often as they were right so far: `tf.nn.learnedUnigramCandidateSampler`. */
  learnedUnigramCandidateSampler,
  /** Draws classes by given weights: `tf.nn.fixedUnigramCandidateSampler`. */
  fixedUnigramCandidateSampler,
  /** All classes, in order: `tf.nn.allCandidateSampler`. */
  allCandidateSampler,
  /** Sets the seed of the default graph: `tf.setRandomSeed`. */
  setRandomSeed,
  /** The two seeds of an op that is about to be made: `tf.getSeed`. */
  getSeed,
} as const;
