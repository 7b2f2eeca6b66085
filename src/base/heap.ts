/** Heaps in lists: what comes before all others is the first. Of equals they order as those of C++ do. */
import { known } from './keys';

type IsLater<T> = (one: T, other: T) => boolean;
function rise<T>(list: T[], hole: number, element: T, isLater: IsLater<T>): void {
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (!isLater(list[parent], element)) break;
    list[hole] = list[parent];
    hole = parent;
  }
  list[hole] = element;
}
export function pushHeap<T>(list: T[], element: T, isLater: IsLater<T>): void {
  list.push(element);
  rise(list, list.length - 1, element, isLater);
}
/** Takes the first out. */
export function popHeap<T>(list: T[], isLater: IsLater<T>): T {
  const [first] = list;
  const last = known(list.pop(), 'an element');
  const { length } = list;
  if (!length) return first;
  let hole = 0;
  // Down to a leaf by the lesser child, and from there up again to where the last one belongs.
  for (let child = 2; child <= length; child = 2 * hole + 2) {
    if (child === length || isLater(list[child], list[child - 1])) child--;
    list[hole] = list[child];
    hole = child;
  }
  rise(list, hole, last, isLater);
  return first;
}
