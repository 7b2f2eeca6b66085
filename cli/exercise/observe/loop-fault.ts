/** Sees early that every round of a loop adds nodes to the graph, or initializes again: more rounds show no more. */

/** So many rounds in a row are no accident. */
const ROUNDS = 20;

export class LoopFault {
  private nodes = 0;
  private growing = 0;
  private resets = 0;
  /** Whether variables were set since the last step. */
  private reset = false;
  private steps = 0;

  /**
   * After a run.
   * @param nodes    how many the graph has
   * @param trains   the run is a step of training
   * @param setsAll  it gives the parameters new values without learning
   * @returns        how many rounds have shown the fault, once they are enough
   */
  after(nodes: number, trains: boolean, setsAll: boolean): number | null {
    if (!trains) {
      this.reset ||= setsAll;
      return null;
    }
    const first = this.steps++ === 0;
    this.growing = !first && nodes > this.nodes ? this.growing + 1 : 0;
    this.resets = !first && this.reset ? this.resets + 1 : 0;
    [this.nodes, this.reset] = [nodes, false];
    return this.growing >= ROUNDS || this.resets >= ROUNDS ? this.steps : null;
  }
}
