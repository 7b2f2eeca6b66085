/** How many runs of a graph show all of its plans. */
import { SOON } from '../src/plan/tuner';

/**
 * A session rewrites its plan for the third run with feeds of the same shapes, and where a device compiles, it takes a
 * part as one from the twentieth run of the rewritten plan on: here from the third, so that what is to be seen in
 * thousands of graphs takes six runs of each.
 */
SOON.runs = 3;
/** A run in which each device has its last plan. */
export const LAST_RUN = 6;
