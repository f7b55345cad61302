/**
 * Counts the orders of steps over the sets of steps that can be done first, one step at a time.
 *
 * Steps are laid into rows in which each comes after the one before; a set is how far each row has come. Knows no run and
 * no reason: `orders.ts` takes a run apart and asks for what can't be.
 */

/** How far each row has come, and in how many orders that can be reached. */
interface Reached<Count> {
  readonly far: readonly number[];
  count: Count;
}

/** A step of a row: how far the other rows must have come for it. */
type Need = readonly number[];

/**
 * In how many orders these steps can come; null if more than `mostSets` sets had to be looked at.
 *
 * @param needs For each step, the places of the steps that must come before it; closed under itself, smaller than its own.
 */
export function waysThroughSets(needs: readonly (readonly number[])[], mostSets: number): bigint | null {
  const rows = inRows(needs);
  // Numbers are quicker; counts only grow, so if the last is exact, all were.
  const quick = walk<number>(rows, needs.length, mostSets, 1, (a, b) => a + b);
  if (quick === null) return null;
  if (Number.isSafeInteger(quick)) return BigInt(quick);
  return walk<bigint>(rows, needs.length, mostSets, 1n, (a, b) => a + b);
}

function inRows(needs: readonly (readonly number[])[]): readonly (readonly Need[])[] {
  const rows: number[][] = [];
  const place: (readonly [row: number, far: number])[] = [];
  for (const [step, before] of needs.entries()) {
    let row = rows.findIndex((steps) => before.includes(steps.at(-1) as number));
    if (row < 0) row = rows.push([]) - 1;
    place.push([row, (rows[row] as number[]).push(step)]);
  }
  return rows.map((steps) =>
    steps.map((step) => {
      const far = rows.map(() => 0);
      for (const other of needs[step] ?? []) {
        const [row, at] = place[other] ?? [0, 0];
        far[row] = Math.max(far[row] ?? 0, at);
      }
      return far;
    }),
  );
}

function walk<Count>(
  rows: readonly (readonly Need[])[],
  steps: number,
  mostSets: number,
  one: Count,
  add: (a: Count, b: Count) => Count,
): Count | null {
  let reached = new Map<string, Reached<Count>>([['', { far: rows.map(() => 0), count: one }]]);
  let sets = 0;
  for (let step = 0; step < steps; step += 1) {
    const next = new Map<string, Reached<Count>>();
    for (const { far, count } of reached.values()) {
      for (const [row, needs] of rows.entries()) {
        const need = needs[far[row] as number];
        if (need === undefined || need.some((least, other) => least > (far[other] as number))) continue;
        const further = far.with(row, (far[row] as number) + 1);
        const name = String.fromCharCode(...further);
        const known = next.get(name);
        if (known === undefined) next.set(name, { far: further, count });
        else known.count = add(known.count, count);
      }
    }
    sets += next.size;
    if (sets > mostSets) return null;
    reached = next;
  }
  const [all] = reached.values();
  return all?.count ?? one;
}
