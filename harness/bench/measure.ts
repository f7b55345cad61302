/**
 * How the bench measures: rounds, medians, ratios.
 *
 * Machines are noisy and differ, so candidates run in turns within one process, and only ratios are meaningful.
 */

/** One thing to measure. */
export interface Measurable {
  readonly name: string;
  /** Does some work and returns how many units it was. */
  run(): Promise<number> | number;
}

export interface Measured {
  readonly name: string;
  /** Units of work per second: the median over the rounds. */
  readonly perSecond: number;
  /** Units of work per second of this process's CPU time, which depends little on other work of the machine. */
  readonly perCpuSecond: number;
  /** The slowest and the fastest round. */
  readonly range: readonly [number, number];
}

/** Runs the candidates in turns, `rounds` times after one round to warm up. */
export async function measureInTurns(candidates: readonly Measurable[], rounds: number): Promise<readonly Measured[]> {
  const rates = new Map<string, number[]>(candidates.map(({ name }) => [name, []]));
  const cpuRates = new Map<string, number[]>(candidates.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, run } of candidates) {
      const startedMs = performance.now();
      const before = process.cpuUsage();
      const units = await run();
      const { user, system } = process.cpuUsage(before);
      const perSecond = (units * 1_000) / (performance.now() - startedMs);
      if (round === 0) continue;
      rates.get(name)?.push(perSecond);
      cpuRates.get(name)?.push((units * 1_000_000) / (user + system));
    }
  }
  return [...rates].map(([name, all]) => ({
    name,
    perSecond: median(all),
    perCpuSecond: median(cpuRates.get(name) ?? []),
    range: [Math.min(...all), Math.max(...all)],
  }));
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  return (low + high) / 2;
}
