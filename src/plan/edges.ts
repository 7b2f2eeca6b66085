/** Edges in the order in which they were noted, each of them once. */
import type { PlanNode, Source } from './node';

export class EdgeList<S extends Source> {
  private readonly edges: S[] = [];
  /** Of a node by output, of a feed by number. */
  private readonly places = new Map<PlanNode | number, number[]>();
  constructor(edges: Iterable<S> = []) {
    for (const s of edges) this.note(s);
  }
  get list(): readonly S[] {
    return this.edges;
  }
  /** Where an edge stands; -1 where it does not. */
  placeOf(s: Source): number {
    const places = this.places.get('feed' in s ? s.feed : s.node);
    return places?.['feed' in s ? 0 : s.index] ?? -1;
  }
  note(s: S): void {
    if (this.placeOf(s) >= 0) return;
    const key = 'feed' in s ? s.feed : s.node;
    let places = this.places.get(key);
    if (!places) this.places.set(key, (places = []));
    places['feed' in s ? 0 : s.index] = this.edges.length;
    this.edges.push(s);
  }
}
