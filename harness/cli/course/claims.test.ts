/**
 * What verdicts claim of the failures of starters and wrong fixes, run once more by a path of its own: «Had step 5 come after step
 * 8, it would have held» holds back step 5 until step 8 has come, and «without the crash at step 2» leaves that crash out.
 *
 * It shares names of events with the grader, and neither its orders nor its judgement of what differs.
 */

import { describe, expect, it } from 'vitest';
import { TRUSTING } from '../../course/kit/trusted-for-tests.ts';
import type { Lab } from '../../course/lab.ts';
import { everyLab } from '../../course/labs.ts';
import { rowsOf } from '../../grader/draw/rows.ts';
import { grade } from '../../grader/grade.ts';
import { readToken } from '../../grader/replay/token.ts';
import type { CheckResult, Counterexample } from '../../grader/result.ts';
import { prepare } from '../../grader/submission/submission.ts';
import { NODE } from '../../node/platform.ts';
import { InRealmHost } from '../../node/realm/host.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { runScenario } from '../../scenario/run-scenario.ts';
import type { AgendaEvent } from '../../simulator/kernel/agenda.ts';
import { type Choices, type Pick, replay } from '../../simulator/kernel/choices.ts';
import { EventNames, RecordedRun } from '../../simulator/kernel/recorded-run/recorded-run.ts';
import type { Trace } from '../../simulator/trace.ts';
import { type Case, casesOf } from './cases.ts';

/** Few schedules find most failures, and every failure that is found is looked at. */
const FEW = { mode: 'sampled', schedules: 25, seed: 42 } as const;
const LONG_MS = 240_000;

/** The scenarios that can be explored to their end, in few schedules; of a wrong fix only the one that must catch it. */
function few(lab: Lab, { caughtBy }: Case): Lab {
  const catching = lab.checks.find(({ id }) => id === caughtBy)?.scenario;
  const scenarios = lab.scenarios
    .filter(({ plan, name }) => plan.mode === 'exhaustive' && (catching === undefined || name === catching))
    .map((scenario) => ({ ...scenario, plan: FEW }));
  const names = new Set(scenarios.map(({ name }) => name));
  return { ...lab, scenarios, checks: lab.checks.filter(({ scenario }) => names.has(scenario)) };
}

/** What a counterexample claims, by the steps of its trace. */
type Claim =
  | { readonly kind: 'swap'; readonly first: number; readonly second: number }
  | { readonly kind: 'fault'; readonly step: number };

function claimOf({ because, swap, trace }: Counterexample): Claim | null {
  const last = because.at(-1) ?? '';
  const [, first, second] = /^Had step (\d+) come after step (\d+), it would have held\.$/.exec(last) ?? [];
  const rows = rowsOf(trace);
  const stepOf = (number: string | undefined) => rows.find((row) => String(row.number) === number)?.step ?? -1;
  if (first !== undefined) {
    const said = { first: stepOf(first), second: stepOf(second) };
    expect(swap).toEqual(said);
    return { kind: 'swap', ...said };
  }
  expect(swap, 'only a sentence that says so claims a swap').toBeUndefined();
  const [, fault] = /^Without the .* at step (\d+) it holds\.$/.exec(last) ?? [];
  return fault === undefined ? null : { kind: 'fault', step: stepOf(fault) };
}

/** The failing run in its order, with one step held back or without one fault. */
class OneChange implements Choices {
  readonly record: Pick[] = [];
  readonly came: string[] = [];
  readonly #claim: Claim;
  readonly #failing: readonly string[];
  readonly #run: RecordedRun;
  readonly #events = new EventNames();
  readonly #asked = new Map<number, number>();

  constructor(claim: Claim, failing: readonly string[], run: RecordedRun) {
    this.#claim = claim;
    this.#failing = failing;
    this.#run = run;
  }

  pick(_reason: string, of: number): number {
    if (of === 1) return 0;
    const scheduler = this.#events.scheduler;
    const nth = this.#asked.get(scheduler) ?? 0;
    this.#asked.set(scheduler, nth + 1);
    const isLeftOut = this.#claim.kind === 'fault' && scheduler === this.#claim.step - 1;
    const chosen = isLeftOut ? 0 : (this.#run.answers.get(scheduler)?.[nth]?.chosen ?? 0);
    this.record.push({ reason: _reason, of, chosen: Math.min(chosen, of - 1) });
    return Math.min(chosen, of - 1);
  }

  next(possible: readonly AgendaEvent[]): number {
    const names = this.#events.of(possible);
    const order = this.#failing.filter((name) => names.includes(name) && !this.#isHeldBack(name));
    const name = order[0] ?? names[0] ?? '';
    const place = this.#failing.indexOf(name);
    this.#events.began(place >= 0 ? place : this.#failing.length + this.came.length);
    this.came.push(name);
    return names.indexOf(name);
  }

  rest(): void {
    this.#events.rested();
  }

  #isHeldBack(name: string): boolean {
    if (this.#claim.kind !== 'swap') return false;
    const { first, second } = this.#claim;
    return name === this.#failing[first - 1] && !this.came.includes(this.#failing[second - 1] ?? '');
  }
}

/** The names of a run's events, in order. */
function namesOf(run: RecordedRun): readonly string[] {
  const events = new EventNames();
  return run.steps.map(({ possible, chosen }, place) => {
    for (const after of run.restsAfter) if (after === place) events.rested();
    const name = events.of(possible)[chosen] ?? '';
    events.began(place);
    return name;
  });
}

const faultsOf = (trace: Trace) => trace.flatMap(({ event }) => (event.kind === 'fault' ? [event.fault] : [])).sort();

/** Runs what a failed check claims. Resolves to whether it claims anything. */
async function verify(lab: Lab, files: ReadonlyMap<string, string>, { counterexample }: CheckResult): Promise<boolean> {
  const claim = counterexample === undefined ? null : claimOf(counterexample);
  const read = readToken(counterexample?.token ?? '');
  if (claim === null || !read.ok) return false;
  const scenario = lab.scenarios.find(({ name }) => name === read.token.scenario);
  const prepared = await prepare(NODE, lab, files);
  if (scenario === undefined || !prepared.ok) throw new Error('what was graded can be run');
  const host = new InRealmHost(prepared.submission.sources);
  const runner = { platform: NODE, submission: prepared.submission, scenario, host, sdk: new ScenarioSdk() };
  try {
    const failing = new RecordedRun(replay(read.token.chosen));
    const failed = await runScenario(runner, failing, 'explore').done;
    const names = namesOf(failing);
    const choices = new OneChange(claim, names, failing);
    const tried = await runScenario(runner, choices, 'explore').done;
    const judged = { observation: tried.result ?? {}, trace: tried.trace };
    const broken = lab.checks.filter(
      (check) => check.scenario === scenario.name && check.kind !== 'reach' && check.judge(judged) !== null,
    );
    expect(broken.map(({ id }) => id)).toEqual([]);
    const [before, after] = [faultsOf(failed.trace), faultsOf(tried.trace)];
    expect(after.length).toBe(before.length - (claim.kind === 'fault' ? 1 : 0));
    const from = claim.kind === 'swap' ? claim.first : claim.step;
    expect(choices.came.slice(0, from - 1)).toEqual(names.slice(0, from - 1));
    if (claim.kind === 'swap') {
      const [first, second] = [names[claim.first - 1] ?? '', names[claim.second - 1] ?? ''];
      expect(choices.came.indexOf(second)).toBeLessThan(choices.came.indexOf(first));
    }
  } finally {
    host.close();
  }
  return true;
}

describe.each(everyLab)('the claims about $slug', async (lab) => {
  const { cases } = await casesOf(lab);
  // Of each scenario, the first wrong fix that it must catch: the others make claims of the same kinds.
  const scenarioOf = ({ caughtBy }: Case) => lab.checks.find(({ id }) => id === caughtBy)?.scenario;
  const mutants = cases.filter(({ kind }) => kind === 'mutant');
  const isFirst = (item: Case): boolean => mutants.find((other) => scenarioOf(other) === scenarioOf(item)) === item;
  const wrong = cases.filter((item) => item.kind === 'starter' || (item.kind === 'mutant' && isFirst(item)));
  let claims = 0;

  it.each(wrong)('are true of $name', { timeout: LONG_MS }, async (item) => {
    const small = few(lab, item);
    const { checks } = await grade({ platform: TRUSTING, lab: small, files: item.files, host: 'in-realm' });
    for (const check of checks) if (check.status === 'fail' && (await verify(lab, item.files, check))) claims += 1;
  });

  it('are more than none', () => {
    expect(claims).toBeGreaterThan(0);
  });
});
