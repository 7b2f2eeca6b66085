/** What the initializers gave the variables, when it is first there. */
import { numbersIn } from '../../../src/base/nested';
import type * as tf from '../../../src';
import type { Operation } from '../../../src/graph/graph';
import { GraphKeys } from '../../../src/graph/keys';
import { spreadOf } from '../notes';
import type { Spread } from '../record';

export class Starts {
  readonly initial = new Map<Operation, Spread>();

  /** After a run that does not train. */
  look(session: tf.Session): void {
    for (const variable of session.graph.getCollection<tf.Variable>(GraphKeys.GLOBAL_VARIABLES)) {
      if (this.initial.has(variable.op)) continue;
      try {
        const found = session.run(variable) as number | tf.NDArray;
        const data = typeof found === 'number' ? [found] : numbersIn(found);
        this.initial.set(variable.op, spreadOf(data));
      } catch {
        /* Not initialized yet. */
      }
    }
  }
}
