/**
 * Lists in the order of the agenda: by instant, then by sequence number. Places in them are found by binary search.
 */

/** What the order looks at: an instant, and a number that breaks ties. */
export interface Timed {
  readonly atMs: number;
  readonly seq: number;
}

/** Whether `a` comes before `b`. */
export function before(a: Timed, b: Timed): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.seq < b.seq);
}

/** The first place from which on `holds` is true; it must be true of every event behind one of which it is true. */
export function firstPlace<Event extends Timed>(sorted: readonly Event[], holds: (event: Event) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const event = sorted[middle];
    if (event === undefined || holds(event)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** In a list of at most this length, moving events one by one is cheaper than a call that moves them all. */
const SHORT = 32;

/** Puts an event where it belongs. */
export function insert<Event extends Timed>(sorted: Event[], event: Event): void {
  const { length } = sorted;
  const last = sorted[length - 1];
  if (last === undefined || before(last, event)) sorted.push(event);
  else if (length > SHORT) sorted.splice(placeOf(sorted, event), 0, event);
  else {
    sorted.push(last);
    let place = length - 1;
    for (let other = sorted[place - 1]; other !== undefined && before(event, other); other = sorted[place - 1]) {
      sorted[place] = other;
      place -= 1;
    }
    sorted[place] = event;
  }
}

/** Takes out an event that is in the list. */
export function takeOut<Event extends Timed>(sorted: Event[], event: Event): void {
  if (sorted.length > SHORT) {
    const place = sorted[0] === event ? 0 : placeOf(sorted, event);
    if (place === 0) sorted.shift();
    else sorted.splice(place, 1);
    return;
  }
  let place = sorted.length - 1;
  for (let moved = sorted.pop(); moved !== undefined && moved !== event; ) {
    place -= 1;
    const other: Event | undefined = sorted[place];
    sorted[place] = moved;
    moved = other;
  }
}

/** The place at which an event stands, or would stand. */
function placeOf<Event extends Timed>(sorted: readonly Event[], event: Event): number {
  return firstPlace(sorted, (other) => !before(other, event));
}
