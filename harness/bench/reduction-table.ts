/**
 * How many schedules the reduction needs of all schedules, and how soon each way of trying finds a failure; compared with
 * fast-check's scheduler, which samples and has no exhaustive mode.
 *
 * Counts are the same on every machine; times are not. A number that was not counted in this run is marked.
 */

import fc from 'fast-check';
import { NODE } from '../node/platform.ts';
import { startHost } from '../platform/start-host.ts';
import { ScenarioSdk } from '../scenario/clients.ts';
import { runScenario, type ScenarioRunner } from '../scenario/run-scenario.ts';
import { type Choices, Exhaustive, inOrder } from '../simulator/kernel/choices.ts';
import { SourceDpor } from '../simulator/kernel/source-dpor/source-dpor.ts';
import { noneIsLost, ordersOfLanes, stackFor, WORKLOADS, type Workload } from './workloads.ts';

/** Fewer orders than this are tried one by one. A larger number is stated and not counted. */
const TRIED_BY_HAND = 3_000;
/** At most this many samples are drawn where nothing can fail, since more would show no more. */
const MOST_SAMPLES = 2_000;
const SEED = 42;

export interface ReductionRow {
  readonly workload: string;
  readonly lanes: number;
  readonly orders: number;
  /** Whether each of the orders was tried in this run. */
  readonly ordersAreCounted: boolean;
  readonly prototype: number;
  /** Null if only a long run measures it. */
  readonly reduction: PlanRun | null;
  /** The same with symmetry of equal calls; also null if no calls are equal. */
  readonly withSymmetry: PlanRun | null;
  readonly naiveToFailure: ToFailure | null;
  readonly fastCheckToFailure: ToFailure | null;
}

export interface PlanRun {
  readonly schedules: number;
  /** Runs that were given up, because everything that could follow had been tried. */
  readonly cut: number;
  readonly standsFor: number;
  readonly ms: number;
  readonly toFailure: ToFailure | null;
}

export interface ToFailure {
  readonly schedules: number;
  readonly ms: number;
}

interface Plan {
  next(): Choices | null;
}

/** Measures every workload for each of these numbers of lanes. `long` also measures those that take minutes. */
export async function reductionTable(lanes: readonly number[], long = false): Promise<readonly ReductionRow[]> {
  const rows: ReductionRow[] = [];
  for (const workload of WORKLOADS) {
    for (const many of lanes) rows.push(await reductionRow(workload, many, long));
  }
  return rows;
}

/** Measures one workload. */
export async function reductionRow(workload: Workload, lanes: number, long = false): Promise<ReductionRow> {
  const { runner, close } = await runnerFor(workload, lanes, false);
  const prototype = workload.prototype[lanes] ?? Number.NaN;
  const stated = workload.naive?.[lanes] ?? ordersOfLanes(lanes, workload.plain?.steps ?? 0);
  try {
    const tooLong = !long && lanes >= (workload.longFrom ?? Number.POSITIVE_INFINITY);
    const naive = stated > TRIED_BY_HAND ? null : await runPlan(runner, new Exhaustive());
    return {
      workload: workload.name,
      lanes,
      orders: naive?.schedules ?? stated,
      ordersAreCounted: naive !== null,
      prototype,
      reduction: tooLong ? null : await reduced(runner),
      withSymmetry: tooLong || !workload.hasEqualCalls ? null : await withSymmetry(workload, lanes),
      naiveToFailure: naive?.toFailure ?? (workload.canFail ? await toFailure(runner, new Exhaustive()) : null),
      fastCheckToFailure: workload.canFail ? await sampleUntilFailure(workload, lanes) : null,
    };
  } finally {
    close();
  }
}

async function runnerFor(
  workload: Workload,
  lanes: number,
  alike: boolean,
): Promise<{ readonly runner: ScenarioRunner; close(): void }> {
  const { submission, scenario } = await stackFor(workload, lanes, alike);
  const host = await startHost(NODE, 'in-realm', submission.sources, { stepLimitMs: 10_000, locate: false });
  const runner = { platform: NODE, submission, scenario, host, sdk: new ScenarioSdk(), watched: new Map() };
  // Clients and bundles are created before anything is measured.
  await runScenario(runner, inOrder(), 'verify').done;
  return { runner, close: () => host.close() };
}

async function reduced(runner: ScenarioRunner): Promise<PlanRun> {
  const dpor = new SourceDpor();
  const explored = await runPlan(runner, dpor);
  return { ...explored, cut: dpor.sleepSetBlocked, standsFor: dpor.standsFor.orders };
}

async function withSymmetry(workload: Workload, lanes: number): Promise<PlanRun> {
  const { runner, close } = await runnerFor(workload, lanes, true);
  try {
    return await reduced(runner);
  } finally {
    close();
  }
}

/** Runs a plan to its end. */
async function runPlan(
  runner: ScenarioRunner,
  plan: Plan,
): Promise<{ readonly schedules: number; readonly ms: number; readonly toFailure: ToFailure | null }> {
  const startedMs = performance.now();
  let schedules = 0;
  let first: ToFailure | null = null;
  for (let choices = plan.next(); choices !== null; choices = plan.next()) {
    const done = await runScenario(runner, choices, 'explore').done;
    if (done.end === 'cut') continue;
    if (done.end !== 'quiet' || done.result === undefined) throw new Error(`a run ended as «${done.end}»`);
    schedules += 1;
    if (first === null && !noneIsLost(done.result)) first = { schedules, ms: performance.now() - startedMs };
  }
  return { schedules, ms: performance.now() - startedMs, toFailure: first };
}

async function toFailure(runner: ScenarioRunner, plan: Plan): Promise<ToFailure | null> {
  const startedMs = performance.now();
  let schedules = 0;
  for (let choices = plan.next(); choices !== null && schedules < MOST_SAMPLES; choices = plan.next()) {
    const { result } = await runScenario(runner, choices, 'explore').done;
    schedules += 1;
    if (result !== undefined && !noneIsLost(result)) return { schedules, ms: performance.now() - startedMs };
  }
  return null;
}

/** The same steps over plain functions, as a test with fast-check would have them. */
async function sampleUntilFailure({ plain }: Workload, lanes: number): Promise<ToFailure | null> {
  if (plain === null) return null;
  const startedMs = performance.now();
  const { failed, numRuns } = await fc.check(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const store = new Map<string, number>();
      const step = () => scheduler.schedule(Promise.resolve());
      const work = async (lane: number) => {
        const id = plain.itemOf(lane);
        for (let before = 2; before < plain.steps; before += 1) await step();
        await step();
        const n = store.get(id) ?? 0;
        await step();
        store.set(id, n + 1);
        return { id, n };
      };
      const reads = Promise.all(Array.from({ length: lanes }, (_, lane) => work(lane)));
      await scheduler.waitFor(reads);
      if (!noneIsLost({ reads: await reads })) throw new Error('an update is lost');
    }),
    { seed: SEED, numRuns: MOST_SAMPLES, endOnFailure: true },
  );
  return failed ? { schedules: numRuns, ms: performance.now() - startedMs } : null;
}

/** The table, for a terminal or a README. */
export function printed(rows: readonly ReductionRow[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const head = [
    'workload',
    'lanes',
    'all orders',
    'reduction',
    'cut',
    'with symmetry',
    'prototype',
    'ms',
    'per second',
    'to the first failure',
    'trying all',
    'fast-check',
  ];
  const body = rows.map(
    ({ workload, lanes, orders, ordersAreCounted, prototype, reduction, withSymmetry, ...first }) => [
      workload,
      String(lanes),
      `${orders < 1e9 ? whole(orders) : orders.toExponential(1)}${ordersAreCounted ? '' : ' *'}`,
      reduction === null ? '(long)' : whole(reduction.schedules),
      reduction === null ? '' : whole(reduction.cut),
      withSymmetry === null ? (reduction === null ? '' : '–') : whole(withSymmetry.schedules),
      whole(prototype),
      reduction === null ? '' : whole(reduction.ms),
      reduction === null ? '' : whole((reduction.schedules * 1_000) / reduction.ms),
      said(reduction?.toFailure ?? null),
      said(first.naiveToFailure),
      said(first.fastCheckToFailure),
    ],
  );
  return [
    line(head),
    line(head.map((_, at) => (at === 0 ? '---' : '---:'))),
    ...body.map(line),
    '',
    '`*`: by formula or by another explorer, not counted in this run. `cut`: sleep-set blocked runs. To the first failure: schedules, milliseconds.',
  ].join('\n');
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function said(first: ToFailure | null): string {
  return first === null ? '–' : `${whole(first.schedules)}, ${first.ms.toFixed(1)}`;
}
