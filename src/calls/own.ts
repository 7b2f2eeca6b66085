/**
 * What is taken otherwise than TensorFlow 1.15 takes it, and what TensorFlow does not have, in the notation of
 * generated/signatures.ts. Names of Python's that are missing from a line here are refused by name.
 */
export const OWN = {
  // Python's **kwargs, by name.
  group: '*inputs, name=None',
  // A worker is what a grpc:// target is to Python.
  Session: "target='', graph=None, config=None, worker=None",
  // The node's name, as all that makes one takes it.
  is_variable_initialized: 'variable, name=None',
  'Variable.count_up_to': 'limit, name=None',
  // In Python only variables behind a handle have it.
  'Variable.is_initialized': 'name=None',
  // Python's take no use_locking, which the functions of tf do.
  'Variable.scatter_nd_update': 'indices, updates, use_locking=True, name=None',
  'Variable.scatter_nd_add': 'indices, updates, use_locking=True, name=None',
  'Variable.scatter_nd_sub': 'indices, updates, use_locking=True, name=None',
} as const;

/** Arguments that keep their place but take nothing, and why. */
export const REFUSED: Readonly<Record<string, string>> = {
  partitioner: 'no variable is kept in parts here',
  synchronization: 'there are no replicas here',
  aggregation: 'there are no replicas here',
  cycle: 'it needs tf.cond, which is not there yet',
};
