/**
 * `npm run bench`: what the engine costs, as ratios within one run.
 *
 * Prints a table, or JSON with `--json`. Absolute numbers depend on the machine and its load; ratios can be compared.
 */

import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type DeliveriesMeasured, measureDeliveries, printedDeliveries } from './deliveries.ts';
import { hostileRow, measureHostile, printedHostile } from './hostile/hostile.ts';
import { kernelEvents } from './kernel-events.ts';
import { type Measured, measureInTurns, median } from './measure.ts';
import { heapOf, type MemoryReport, memoryOverSchedules } from './memory.ts';
import { FEW, MANY, timeOf } from './messages.ts';
import { bareLoop, fastCheckScheduler, labCandidate } from './race.ts';
import { measureReach, REACH_HEAD, reachRow } from './reach/reach.ts';
import { printed, type ReductionRow, reductionTable } from './reduction-table.ts';
import { sdkCallCandidates } from './sdk-call.ts';
import { eventsAmongTimers, SLEEPING_TIMERS } from './sleeping-timers.ts';
import { measureVolume, printedVolumes, VOLUMES } from './volume.ts';
import { measureWorkers, printedWorkers, type WorkersMeasured } from './workers.ts';

const ROUNDS = 5;
const BARE = 'a bare loop over plain async functions';
const ISOLATED = 'lab 0, isolated';

export interface BenchReport {
  readonly machine: { readonly node: string; readonly platform: string; readonly cpu: string };
  readonly schedules: readonly (Measured & { readonly ofBareLoop: number; readonly ofBareLoopByCpu: number | null })[];
  readonly sdkCall: readonly (Measured & { readonly microseconds: number })[];
  readonly kernelEventsPerSecond: number;
  /** With ten thousand sleeping timers, of which each event resets one. */
  readonly kernelEventsAmongTimersPerSecond: number;
  readonly labTestSeconds: number;
  /** One timed run of messages through queue, mapping and function. */
  readonly messages: { readonly fewMs: number; readonly manyMs: number };
  readonly residentMb: number;
  readonly reduction: readonly ReductionRow[];
  /** How long a proof takes as the number of messages grows. */
  readonly deliveries: readonly DeliveriesMeasured[];
  /** Over one exploration of many schedules. */
  readonly memory: MemoryReport;
  /** A whole grading of a lab with nine scenarios. */
  readonly workers: readonly WorkersMeasured[];
}

const LANES = [3, 4, 5];
/** Some workloads take minutes with five lanes. */
const LONG = process.env.RACEPROOF_LONG === '1';

/** Measures everything, in about two minutes. */
export async function bench(): Promise<BenchReport> {
  const schedules = await schedulesPerSecond();
  const sdkCall = await measureInTurns(await sdkCallCandidates(), ROUNDS);
  const [kernel, amongTimers] = await measureInTurns(
    [
      { name: 'kernel', run: kernelEvents },
      { name: 'kernel, timers asleep', run: () => eventsAmongTimers(SLEEPING_TIMERS) },
    ],
    ROUNDS,
  );
  return {
    machine: {
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      cpu: cpus()[0]?.model ?? 'unknown',
    },
    schedules,
    sdkCall: sdkCall.map((measured) => ({ ...measured, microseconds: 1_000_000 / measured.perSecond })),
    kernelEventsPerSecond: kernel?.perSecond ?? Number.NaN,
    kernelEventsAmongTimersPerSecond: amongTimers?.perSecond ?? Number.NaN,
    labTestSeconds: labTestSeconds(),
    messages: { fewMs: await medianOf(FEW), manyMs: await medianOf(MANY) },
    residentMb: Math.round(process.memoryUsage.rss() / 1_048_576),
    reduction: await reductionTable(LANES, LONG),
    deliveries: await measureDeliveries(LONG),
    memory: await memoryOverSchedules(),
    workers: await measureWorkers(),
  };
}

/** The race on both hosts, and loops that simulate nothing. */
async function schedulesPerSecond(): Promise<BenchReport['schedules']> {
  const inRealm = await labCandidate('in-realm');
  const isolated = await labCandidate('isolated');
  const schedules = await measureInTurns(
    [
      { name: BARE, run: bareLoop },
      { ...inRealm.candidate, name: 'lab 0, in-realm' },
      { ...isolated.candidate, name: ISOLATED },
      { name: "fast-check's scheduler, as many samples", run: fastCheckScheduler },
    ],
    ROUNDS,
  );
  inRealm.host.close();
  isolated.host.close();
  const bare = schedules.find(({ name }) => name === BARE);
  return schedules.map((measured) => ({
    ...measured,
    ofBareLoop: measured.perSecond / (bare?.perSecond ?? Number.NaN),
    // The time of a child process is not counted.
    ofBareLoopByCpu: measured.name === ISOLATED ? null : measured.perCpuSecond / (bare?.perCpuSecond ?? Number.NaN),
  }));
}

async function medianOf(messages: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) times.push(await timeOf(messages));
  return median(times);
}

/** A whole `npm test` of lab 0, npm and verdict included. */
function labTestSeconds(): number {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
  const times = [1, 2, 3].map(() => {
    const startedMs = performance.now();
    spawnSync(process.execPath, [main, 'test', 'lost-update', '--fresh'], { cwd: root, stdio: 'ignore' });
    return (performance.now() - startedMs) / 1_000;
  });
  return median(times);
}

function table(report: BenchReport): string {
  const rows = [
    `${report.machine.node}, ${report.machine.platform}, ${report.machine.cpu}; medians of ${ROUNDS} rounds`,
    '',
    ...printedSchedules(report.schedules),
    '',
    '| one call | microseconds |',
    '| --- | ---: |',
    ...report.sdkCall.map(({ name, microseconds }) => `| ${name} | ${microseconds.toFixed(2)} |`),
    '',
    '| the rest | |',
    '| --- | ---: |',
    `| kernel events per second | ${number(report.kernelEventsPerSecond)} |`,
    `| … while ${number(SLEEPING_TIMERS)} timers sleep | ${number(report.kernelEventsAmongTimersPerSecond)} |`,
    `| ${number(MANY)} messages through a mapping in one timed run | ${number(report.messages.manyMs)} ms |`,
    `| … of the time of ${number(FEW)} | ${(report.messages.manyMs / report.messages.fewMs).toFixed(1)} × |`,
    `| a whole test of lab 0 | ${report.labTestSeconds.toFixed(2)} s |`,
    `| memory of the bench at its end | ${report.residentMb} MB |`,
    ...report.memory.marks.map(
      (mark) => `| heap after ${mark.percent} % of ${number(report.memory.schedules)} schedules | ${heapOf(mark)} |`,
    ),
    '',
    printedWorkers(report.workers),
    '',
    printedDeliveries(report.deliveries),
    '',
    printed(report.reduction),
  ];
  return rows.join('\n');
}

function printedSchedules(schedules: BenchReport['schedules']): readonly string[] {
  return [
    '| schedules of three workers in three steps | per second | of the bare loop | by processor time |',
    '| --- | ---: | ---: | ---: |',
    ...schedules.map(({ name, perSecond, ofBareLoop, ofBareLoopByCpu }) => {
      const byCpu = ofBareLoopByCpu === null ? '–' : ratio(ofBareLoopByCpu);
      return `| ${name} | ${number(perSecond)} | ${ratio(ofBareLoop)} | ${byCpu} |`;
    }),
  ];
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function ratio(value: number): string {
  return value >= 0.995 ? value.toFixed(2) : `1/${(1 / value).toFixed(1)}`;
}

/** How many messages or records `volume` sends. */
const VOLUME = Number(process.env.RACEPROOF_VOLUME ?? 100_000);

const isJson = process.argv.includes('--json');
if (process.argv.includes('reduction')) {
  const rows = await reductionTable(LANES, LONG);
  process.stdout.write(isJson ? `${JSON.stringify(rows, null, 2)}\n` : `${printed(rows)}\n`);
} else if (process.argv.includes('memory')) {
  await memoryOverSchedules((mark) => process.stdout.write(`${mark.percent} %: heap ${heapOf(mark)}\n`));
} else if (process.argv.includes('deliveries')) {
  process.stdout.write(`${printedDeliveries(await measureDeliveries(LONG))}\n`);
} else if (process.argv.includes('reach')) {
  process.stdout.write(`${REACH_HEAD.join('\n')}\n`);
  const word = process.argv[process.argv.indexOf('reach') + 1] ?? '';
  await measureReach({ long: LONG, word }, (measured) => process.stdout.write(`${reachRow(measured)}\n`));
} else if (process.argv.includes('workers')) {
  process.stdout.write(`${printedWorkers(await measureWorkers())}\n`);
} else if (process.argv.includes('hostile')) {
  const word = process.argv[process.argv.indexOf('hostile') + 1] ?? '';
  const all = await measureHostile(word, (measured) => process.stderr.write(`${hostileRow(measured)}\n`));
  process.stdout.write(`${printedHostile(all)}\n`);
} else if (process.argv.includes('volume')) {
  const word = process.argv[process.argv.indexOf('volume') + 1] ?? '';
  for (const volume of VOLUMES.filter(({ name }) => name.includes(word)))
    process.stdout.write(`${printedVolumes([await measureVolume(volume, VOLUME)])}\n`);
} else if (process.argv.includes('schedules')) {
  process.stdout.write(`${printedSchedules(await schedulesPerSecond()).join('\n')}\n`);
} else {
  const report = await bench();
  process.stdout.write(isJson ? `${JSON.stringify(report, null, 2)}\n` : `${table(report)}\n`);
}
process.exit(0);
