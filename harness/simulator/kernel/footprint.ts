/**
 * Footprints: what a step looked at and what it changed, and which steps commute by it (the dependency relation of the papers).
 *
 * A path means the same thing in every service (`dynamodb/Counters/{"id":{"S":"a"}}`); a `*` at its end covers everything
 * below. Two steps are independent, so they commute, if neither writes what the other reads or writes; additions commute with
 * each other. Knows no service.
 */

export interface StepFootprint {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Changed in a way that commutes with itself: «one more», «another one is free». Conflicts with reads and writes. */
  readonly adds?: readonly string[];
}

/** The path of virtual time. */
export const CLOCK = 'clock';

/** A footprint that is collected while its step runs. */
export class FootprintOfStep implements StepFootprint {
  readonly reads: string[] = [];
  readonly writes: string[] = [];
  readonly adds: string[] = [];

  add({ reads, writes, adds }: StepFootprint): void {
    for (const path of reads) if (!this.reads.includes(path)) this.reads.push(path);
    for (const path of writes) if (!this.writes.includes(path)) this.writes.push(path);
    if (adds !== undefined) for (const path of adds) if (!this.adds.includes(path)) this.adds.push(path);
  }
}

/** Whether two steps conflict (are dependent), so that their order can matter. Symmetric. */
export function conflict(a: StepFootprint, b: StepFootprint): boolean {
  if (anyOverlap(a.writes, b.writes) || anyOverlap(a.writes, b.reads) || anyOverlap(a.reads, b.writes)) return true;
  return isDisturbed(a.adds, b) || isDisturbed(b.adds, a);
}

function isDisturbed(adds: readonly string[] | undefined, { reads, writes }: StepFootprint): boolean {
  return adds !== undefined && adds.length > 0 && (anyOverlap(adds, reads) || anyOverlap(adds, writes));
}

function anyOverlap(some: readonly string[], others: readonly string[]): boolean {
  for (const path of some) for (const other of others) if (pathsOverlap(path, other)) return true;
  return false;
}

const STAR = '*'.charCodeAt(0);

/** Whether two paths cover something in common. */
export function pathsOverlap(a: string, b: string): boolean {
  if (a === b) return true;
  if (a.charCodeAt(a.length - 1) === STAR && b.startsWith(a.slice(0, -1))) return true;
  return b.charCodeAt(b.length - 1) === STAR && a.startsWith(b.slice(0, -1));
}
