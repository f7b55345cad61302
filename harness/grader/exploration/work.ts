/**
 * Work: what an exploration costs, counted in steps and not by a clock, so that it has the same limits on every machine.
 *
 * Running a step costs about the same each time. Looking for races compares each step of a run with all steps before it, so a long
 * run costs more than its length, and so does one that carries large items. It measures; the ways of exploring decide what to do about it.
 */

import type { ExhaustivePlan } from '../../course/lab.ts';
import type { Trace } from '../../simulator/trace.ts';

/** In a run of this many steps, comparing a step with those before it costs as much as running it. */
const STEPS_THAT_DOUBLE = 50;

/** To carry this many characters from the code to a service and into the trace costs as much as a step. */
const CHARACTERS_PER_STEP = 3_000;
/** An input that is nested more deeply is none that a service takes. */
const DEEPEST_INPUT = 64;

/** What a run of this many steps costs, in steps of a short run. */
export function workOf(steps: number): number {
  return steps + Math.ceil((steps * steps) / STEPS_THAT_DOUBLE);
}

/** The work of one part of an exploration so far: every run counts, also those that are cut, repeated or tried in vain. */
export class WorkMeter {
  #done = 0;
  #steps = 0;

  get done(): number {
    return this.#done;
  }

  /** The steps of all runs: the work where nothing looks for races step by step. */
  get steps(): number {
    return this.#steps;
  }

  /** Adds a run. */
  add({ count: { steps }, trace }: { readonly count: { readonly steps: number }; readonly trace: Trace }): void {
    const carried = stepsToCarry(trace);
    this.#done += workOf(steps) + carried;
    this.#steps += steps + carried;
  }
}

/** How many steps it costs as much as to carry the calls of this run. None where the calls are of an ordinary size. */
function stepsToCarry(trace: Trace): number {
  let sum = 0;
  for (const { event } of trace) if (event.kind === 'call-sent') sum += stepsOf(event.input);
  return sum;
}

/** Inputs never change, and a call that code makes again has the input that it had. */
const STEPS_OF_INPUTS = new WeakMap<object, number>();

function stepsOf(input: unknown): number {
  if (typeof input !== 'object' || input === null) return 0;
  const known = STEPS_OF_INPUTS.get(input);
  if (known !== undefined) return known;
  const steps = Math.floor(charactersIn(input, DEEPEST_INPUT) / CHARACTERS_PER_STEP);
  STEPS_OF_INPUTS.set(input, steps);
  return steps;
}

function charactersIn(value: unknown, deepest: number): number {
  if (typeof value === 'string') return value.length;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null || deepest === 0) return 1;
  let sum = 0;
  for (const part of Object.values(value)) sum += charactersIn(part, deepest - 1);
  return sum;
}

/** How much work each stage of an exploration may be, given the most of its plan. */
export interface WorkLimits {
  /** All parts of a proof together. */
  readonly proof: number;
  /** One part of a proof: a part that needs more shows that the rest would be too much. */
  readonly job: number;
  /** All parts together, once something has failed: the rest would only count further failures. */
  readonly afterAFailure: number;
  /** The steps of the simplest schedules, where there are too many kinds. */
  readonly simplest: number;
  /** The steps of the samples behind them. */
  readonly samples: number;
}

/** A plan that says nothing of work allows this much for each of its schedules, and as many steps for each of its samples. */
const WORK_PER_SCHEDULE = 100;

/** The limits of a plan. */
export function workLimitsOf({ maxSchedules, maxWork, sampleInstead }: ExhaustivePlan): WorkLimits {
  const most = maxWork ?? maxSchedules * WORK_PER_SCHEDULE;
  const samples = maxWork === undefined ? sampleInstead.schedules * WORK_PER_SCHEDULE : most / 10;
  return { proof: most, afterAFailure: most / 2, job: most / 3, simplest: most / 10, samples };
}
