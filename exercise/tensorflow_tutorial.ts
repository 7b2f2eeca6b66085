/**
 * Handwritten digits, in eleven questions.
 *
 *     npx ts-node tensorflow_tutorial.ts            runs what is here so far
 *     npx tfjs-session exercise check --quick       says what is right and what is missing
 *
 * Write each answer below its question. README.md says more.
 */
import * as tf from 'tfjs-session';

// --- Question 1 -----------------------------------------------------------------------------------
// Read the loading code. How many pictures are there to train on, and how many to test? What does one label look
// like, and what does `oneHot` change? (Hover over a name to see its type and its documentation.)
const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true });
console.log(`${mnist.train.numExamples} pictures to train on, ${mnist.test.numExamples} to test`);

// --- Question 2 -----------------------------------------------------------------------------------
// Make two placeholders: X for grayscale pictures of 28×28 pixels, Y for labels from 0 to 9 (one-hot: ten numbers
// each). Which dimension must stay open, and why?
// >>> your answer to question 2

// --- Question 3 -----------------------------------------------------------------------------------
// Make the parameters of LINEAR -> RELU -> LINEAR -> SOFTMAX: W1, b1, W2, b2. Which shapes fit together? Which of
// them may start at zero, and which must not?
// >>> your answer to question 3

// --- Question 4 -----------------------------------------------------------------------------------
// Forward propagation: from X to the probabilities A. A picture is a square and a linear map wants a row, so where
// does the reshape go?
// >>> your answer to question 4

// --- Question 5 -----------------------------------------------------------------------------------
// Which cost suits ten classes, of which exactly one is right? Implement it. It must be a single number.
// >>> your answer to question 5

// --- Question 6 -----------------------------------------------------------------------------------
// Which number tells a person how good the network is? Implement it.
// >>> your answer to question 6

// --- Question 7 -----------------------------------------------------------------------------------
// Choose an optimizer, and make the training step: a node that moves every parameter when it is run.
// >>> your answer to question 7

// --- Question 8 -----------------------------------------------------------------------------------
// Initialize the variables: make the initializer, create the session, run the initializer in it.
// >>> your answer to question 8

// --- Question 9 -----------------------------------------------------------------------------------
// The loop of 20,000 steps: take a mini-batch, make the feed dictionary, run the right nodes, and print the
// iteration and the cost now and then.
// >>> your answer to question 9

// --- Question 10 ----------------------------------------------------------------------------------
// Compute and print accuracy and cost on the whole training set and on the whole test set.
// >>> your answer to question 10

// --- Question 11 ----------------------------------------------------------------------------------
// Look at the outputs. What could be improved? Change the code above and play: `npx tfjs-session exercise compare`
// shows your variant beside the reference.
