/** The tf namespace: re-exports only. */
export {};
