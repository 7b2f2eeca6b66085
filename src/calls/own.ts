/**
 * What is taken otherwise than TensorFlow 1.15 takes it, and what TensorFlow does not have, in the notation of
 * generated/signatures.ts. Names of Python's that are missing from a line here are refused by name.
 */
export const OWN = {
  // Python's **kwargs, by name.
  group: '*inputs, name=None',
  // A worker is what a grpc:// target is to Python.
  Session: "target='', graph=None, config=None, worker=None",
} as const;

/** Arguments that keep their place but take nothing, and why. */
export const REFUSED: Readonly<Record<string, string>> = {
  partitioner: 'no variable is kept in parts here',
  synchronization: 'there are no replicas here',
  aggregation: 'there are no replicas here',
  cycle: 'it needs tf.cond, which is not there yet',
};
