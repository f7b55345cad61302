/**
 * One run of a program for tests, and everything that is visible of it.
 *
 * Everything that a check or a learner's code could see is part of the outcome, exactly; so equal sets of outcomes mean that
 * the reduction missed nothing.
 */

import type { Choices } from '../kernel/choices.ts';
import type { RunCount } from '../kernel/run.ts';
import type { ResumedRuns, StagedWorld } from '../resumed-runs.ts';
import type { Trace, TraceEvent } from '../trace.ts';
import type { Account } from '../world/account.ts';
import { watchedInOrder } from '../world/footprints.ts';
import { World, type WorldEnd, type WorldRun } from '../world.ts';
import type { InterpretingHost } from './host-for-tests.ts';
import type { Program } from './program-for-tests.ts';
import { ProgramActor, readableAnswer, type SeenByScenario } from './scenario-for-tests.ts';

const MAX_STEPS = 120;

/** Each invocation returns the instant at which it ended. */
const INSTANTS = /\\*"nowMs\\*":\d+/g;

export interface ObservedRun {
  readonly end: WorldEnd;
  readonly count: RunCount;
  readonly outcome: string;
  /** The outcome without the instants at which invocations and the run ended. */
  readonly timeless: string;
  /** The kinds of events that happened. */
  readonly goals: readonly string[];
  readonly trace: Trace;
}

/** What all runs of one program share. */
export interface ProgramSetting {
  readonly program: Program;
  readonly account: Account;
  readonly host: InterpretingHost;
}

/** Runs a program once; with `resumed`, from where the run leaves the run before. */
export async function runProgram(
  setting: ProgramSetting,
  choices: Choices,
  resumed?: ResumedRuns<SeenByScenario>,
): Promise<ObservedRun> {
  const { program } = setting;
  const { end, count, result, faults, trace, thrown } = await runOf(setting, choices, resumed);
  if (thrown !== undefined) throw thrown;
  const timeless = {
    scenario: result,
    invocations: lives(trace),
    watched: watchedIn(program, trace),
    faults,
  };
  const all = { ...timeless, nowMs: trace.at(-1)?.atMs };
  const goals = [...new Set(trace.map(({ event }) => goalOf(event)))];
  return {
    end,
    count,
    outcome: JSON.stringify(all),
    timeless: JSON.stringify(timeless).replaceAll(INSTANTS, ''),
    goals,
    trace,
  };
}

function runOf(
  setting: ProgramSetting,
  choices: Choices,
  resumed: ResumedRuns<SeenByScenario> | undefined,
): Promise<WorldRun<SeenByScenario>> {
  if (resumed !== undefined) return resumed.start(choices, (resumable) => stage(setting, resumable)).done;
  const { world, actor } = stage(setting, choices);
  return world.run(actor);
}

function stage({ program, account, host }: ProgramSetting, choices: Choices): StagedWorld<SeenByScenario> {
  const world = new World({
    account,
    host,
    choices,
    faults: program.faults,
    maxSteps: MAX_STEPS,
    seed: 1,
    frames: false,
    afresh: true,
    locate: () => undefined,
    watched: watchedInOrder(program.watches),
  });
  return { world, actor: new ProgramActor(program) };
}

/** What each invocation learned, in order. */
function lives(trace: Trace): readonly (readonly [string, readonly string[]])[] {
  const operations = new Map<string, string>();
  const all = new Map<string, string[]>();
  for (const { actor, event } of trace) {
    if (event.kind === 'call-sent') operations.set(event.call, event.operation);
    const told = actor.includes('#') ? toldBy(event, operations) : null;
    if (told === null) continue;
    const life = all.get(actor);
    if (life === undefined) all.set(actor, [told]);
    else life.push(told);
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
}

function toldBy(event: TraceEvent, operations: ReadonlyMap<string, string>): string | null {
  switch (event.kind) {
    case 'call-answered':
      return `${operations.get(event.call)}: ${readableAnswer(event.answer)}`;
    case 'timer-fired':
      return `${event.kind} ${event.timer}`;
    case 'invocation-started': {
      const { environment, cold, requestId, payload } = event;
      return `began in ${environment}, ${cold ? 'cold' : 'warm'}, ${requestId}: ${JSON.stringify(payload)}`;
    }
    case 'invocation-ended':
      return `ended: ${JSON.stringify(event.outcome)}`;
    default:
      return null;
  }
}

/** The order of the events that a check watches, and how many of them were concurrent. */
function watchedIn({ watches }: Program, trace: Trace): readonly unknown[] {
  let most = 0;
  let now = 0;
  const order: string[] = [];
  for (const { actor, event } of trace) {
    if (!watches.includes(event.kind)) continue;
    order.push(`${event.kind} ${actor}`);
    if (event.kind === 'downstream-entered' || event.kind === 'invocation-started') now += 1;
    if (event.kind === 'downstream-left' || event.kind === 'invocation-ended') now -= 1;
    most = Math.max(most, now);
  }
  return [most, order];
}

function goalOf(event: TraceEvent): string {
  return event.kind === 'fault' ? `${event.kind} ${event.fault}` : event.kind;
}
