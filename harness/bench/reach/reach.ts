/**
 * The table of reach: for each workload how many schedules a proof takes, how many orders they stand for, and how many of them anything
 * could tell apart. The ratio of the first to the last is the number to bring down.
 *
 * Counts are the same on every machine; times are not.
 */

import { dedupe } from '../../course/dedupe/lab.ts';
import type { Check, Lab, Scenario } from '../../course/lab.ts';
import { lostUpdate } from '../../course/lost-update/lab.ts';
import { eventsWatchedBy } from '../../grader/exploration/watched.ts';
import { prepare, type Submission } from '../../grader/submission/submission.ts';
import { NODE } from '../../node/platform.ts';
import { startHost } from '../../platform/start-host.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { runScenario } from '../../scenario/run-scenario.ts';
import { SourceDpor } from '../../simulator/kernel/source-dpor/source-dpor.ts';
import { NOBODY_PAYS_TWICE, submissionOfDeliveries } from '../deliveries.ts';
import { filesOfSolution } from '../files.ts';
import { stackFor, WORKLOADS } from '../workloads.ts';
import { batches, deployedForReach, events, type ReachStack, twoQueues } from './stacks.ts';
import { ToldApart } from './told-apart.ts';

export interface ReachMeasured {
  readonly workload: string;
  readonly explored: number;
  /** Runs that were sleep-set blocked. */
  readonly cut: number;
  /** Whether the proof came to its end; otherwise the counts are lower bounds. */
  readonly isProved: boolean;
  readonly standsFor: number;
  readonly distinguishable: number;
  /** Without the names of environments and invocations, and times. */
  readonly withoutNamesAndTimes: number;
  readonly seconds: number;
}

/** A workload is given up after as many schedules. */
const MOST_SCHEDULES = 12_000;
const ONCE = { 'crash-before': 1, 'crash-after': 1 } as const;

interface Prepared {
  readonly submission: Submission;
  readonly scenario: Scenario;
  readonly checks: readonly Check[];
}

interface ReachWorkload {
  readonly name: string;
  /** With this it takes minutes. */
  readonly isLong?: boolean;
  prepare(): Promise<Prepared>;
}

/** Measures every workload in whose name the word stands; the long ones only if `long`, or if the word asks for them. */
export async function measureReach(
  { long, word }: { readonly long: boolean; readonly word: string },
  onRow: (measured: ReachMeasured) => void = () => {},
): Promise<readonly ReachMeasured[]> {
  const measured: ReachMeasured[] = [];
  for (const workload of workloads()) {
    if (!workload.name.includes(word)) continue;
    if (workload.isLong === true && !long && word === '') continue;
    const row = await reachOf(workload);
    measured.push(row);
    onRow(row);
  }
  return measured;
}

function workloads(): readonly ReachWorkload[] {
  return [
    ...lanes(0, 4, 5),
    ...lanes(4, 3, 4),
    ...lanes(5, 3, 4),
    deliveries(3),
    shape('two queues, 2 consumers, ≤ 1 duplicate', twoQueues(2, { duplicate: 1 })),
    { ...shape('the same and ≤ 1 crash', twoQueues(2, { duplicate: 1, ...ONCE })), isLong: true },
    shape('4 messages in batches, ≤ 1 duplicate, ≤ 1 crash', batches(4, { duplicate: 1, ...ONCE })),
    shape('5 asynchronous events', events(5)),
    shape('3 asynchronous events, reservation 1', events(3, 1)),
    { ...shape('4 asynchronous events, reservation 2', events(4, 2)), isLong: true },
    ...scenariosOf(lostUpdate),
    ...scenariosOf(dedupe),
  ];
}

function deliveries(messages: number): ReachWorkload {
  return {
    name: `${messages} messages of dedupe, ≤ 1 duplicate, ≤ 1 crash`,
    prepare: async () => ({ ...(await submissionOfDeliveries(messages)), checks: [NOBODY_PAYS_TWICE] }),
  };
}

/** A workload of the reduction's table. */
function lanes(index: number, few: number, many: number): readonly ReachWorkload[] {
  const workload = WORKLOADS[index];
  if (workload === undefined) throw new Error(`there is no workload ${index}`);
  return [few, many].map((count) => ({
    name: `${workload.name}, ${count} lanes`,
    isLong: count === many,
    async prepare() {
      return { ...(await stackFor(workload, count)), checks: [] };
    },
  }));
}

function shape(name: string, it: ReachStack): ReachWorkload {
  return {
    name,
    async prepare() {
      return { ...(await deployedForReach(it)), checks: [] };
    },
  };
}

/** The scenarios of a lab that are explored to their end, with its solution. */
function scenariosOf(lab: Lab): readonly ReachWorkload[] {
  return lab.scenarios
    .filter(({ plan }) => plan.mode === 'exhaustive')
    .map((scenario) => ({
      name: `${lab.slug}: ${scenario.name}`,
      async prepare() {
        const prepared = await prepare(NODE, lab, filesOfSolution(lab));
        if (!prepared.ok) throw new Error(`the solution of ${lab.slug} could not be deployed`);
        const checks = lab.checks.filter((check) => check.scenario === scenario.name);
        return { submission: prepared.submission, scenario, checks };
      },
    }));
}

async function reachOf(workload: ReachWorkload): Promise<ReachMeasured> {
  const { submission, scenario, checks } = await workload.prepare();
  const host = await startHost(NODE, 'in-realm', submission.sources, { stepLimitMs: 10_000, locate: false });
  const told = new ToldApart();
  const watched = eventsWatchedBy(checks) ?? new Map();
  const runner = { platform: NODE, submission, scenario, host: told.watching(host), sdk: new ScenarioSdk(), watched };
  const dpor = new SourceDpor();
  const startedMs = performance.now();
  let explored = 0;
  let choices = dpor.next();
  for (; choices !== null && explored < MOST_SCHEDULES; choices = dpor.next()) {
    const { end, result, trace } = await runScenario(runner, choices, 'explore').done;
    if (end === 'cut') continue;
    explored += 1;
    const observation = result ?? {};
    told.count({ observation, verdicts: checks.map((check) => check.judge({ observation, trace })) });
  }
  const seconds = (performance.now() - startedMs) / 1_000;
  host.close();
  const { all, withoutNamesAndTimes } = told.counts;
  const counts = { explored, cut: dpor.sleepSetBlocked, standsFor: dpor.standsFor.orders };
  const isProved = choices === null;
  return { workload: workload.name, ...counts, isProved, distinguishable: all, withoutNamesAndTimes, seconds };
}

export const REACH_HEAD: readonly string[] = [
  '| workload | schedules | explored | cut | distinguishable | explored ÷ distinguishable | … without names and times | seconds |',
  '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
];

/** Formats a row of the table. */
export function reachRow(row: ReachMeasured): string {
  const bound = row.isProved ? '' : '> ';
  const count = (value: number): string => `${bound}${value.toLocaleString('en-US')}`;
  const ratio = (of: number): string => (row.explored / of).toFixed(1);
  return `| ${[
    row.workload,
    count(row.standsFor),
    count(row.explored),
    count(row.cut),
    count(row.distinguishable),
    ratio(row.distinguishable),
    `${count(row.withoutNamesAndTimes)} (${ratio(row.withoutNamesAndTimes)})`,
    row.seconds.toFixed(1),
  ].join(' | ')} |`;
}
