/** What a shape function throws; the node, its operands and their lines are added where it is caught. */
export class ShapeError extends Error {
  /** `without the node`: TensorFlow ends its sentence without naming it. `in a run`: a kernel may not be asked. */
  constructor(
    message: string,
    readonly form: 'of the node' | 'without the node' | 'in a run' = 'of the node',
  ) {
    super(message);
  }
}
