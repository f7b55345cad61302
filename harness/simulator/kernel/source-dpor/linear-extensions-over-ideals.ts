/**
 * Counts linear extensions over the ideals of a relation: the sets of steps that hold all predecessors of each of their steps.
 *
 * A linear extension is a path from the empty ideal to the whole one, one step at a time, so the number of paths into each ideal
 * is all that must be kept. The steps are laid into chains, in which each step comes after the one before; an ideal is then how
 * far each chain has come. Knows no run: `linear-extensions.ts` takes a relation apart and asks for what cannot be.
 */

/** An ideal, as how far each chain has come, and the number of paths that lead to it. */
interface Reached<Count> {
  readonly far: readonly number[];
  count: Count;
}

/** How far each chain must have come before a step. */
type Need = readonly number[];

/**
 * The number of linear extensions; null if the relation has more than `mostIdeals` ideals.
 *
 * @param predecessors For each step, the places of the steps before it, each smaller than its own; transitively closed.
 */
export function linearExtensionsOverIdeals(
  predecessors: readonly (readonly number[])[],
  mostIdeals: number,
): bigint | null {
  const chains = inChains(predecessors);
  // Numbers are quicker than bigints; counts only grow, so if the last is exact, all were.
  const quick = countPaths<number>(chains, predecessors.length, mostIdeals, 1, (a, b) => a + b);
  if (quick === null) return null;
  if (Number.isSafeInteger(quick)) return BigInt(quick);
  return countPaths<bigint>(chains, predecessors.length, mostIdeals, 1n, (a, b) => a + b);
}

function inChains(predecessors: readonly (readonly number[])[]): readonly (readonly Need[])[] {
  const chains: number[][] = [];
  const placeOf: (readonly [chain: number, far: number])[] = [];
  for (const [step, before] of predecessors.entries()) {
    let chain = chains.findIndex((steps) => before.includes(steps.at(-1) as number));
    if (chain < 0) chain = chains.push([]) - 1;
    placeOf.push([chain, (chains[chain] as number[]).push(step)]);
  }
  return chains.map((steps) =>
    steps.map((step) => {
      const far = chains.map(() => 0);
      for (const other of predecessors[step] ?? []) {
        const [chain, at] = placeOf[other] ?? [0, 0];
        far[chain] = Math.max(far[chain] ?? 0, at);
      }
      return far;
    }),
  );
}

/** Goes from all ideals of one size to all of the next, and adds up the paths; null if they become too many. */
function countPaths<Count>(
  chains: readonly (readonly Need[])[],
  steps: number,
  mostIdeals: number,
  one: Count,
  add: (a: Count, b: Count) => Count,
): Count | null {
  let reached = new Map<string, Reached<Count>>([['', { far: chains.map(() => 0), count: one }]]);
  let ideals = 0;
  for (let step = 0; step < steps; step += 1) {
    const next = new Map<string, Reached<Count>>();
    for (const { far, count } of reached.values()) {
      for (const [chain, needs] of chains.entries()) {
        const need = needs[far[chain] as number];
        if (need === undefined || need.some((least, other) => least > (far[other] as number))) continue;
        const further = far.with(chain, (far[chain] as number) + 1);
        const name = String.fromCharCode(...further);
        const known = next.get(name);
        if (known === undefined) next.set(name, { far: further, count });
        else known.count = add(known.count, count);
      }
    }
    ideals += next.size;
    if (ideals > mostIdeals) return null;
    reached = next;
  }
  const [all] = reached.values();
  return all?.count ?? one;
}
