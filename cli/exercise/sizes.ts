/** Sizes of the tutorial's task. */
export const PIXELS = 784;
export const CLASSES = 10;
