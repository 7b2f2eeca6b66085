/** What a shape function throws; the node, its operands and their lines are added where it is caught. */
export class ShapeError extends Error {}
