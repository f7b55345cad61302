/**
 * Visits one schedule of each kind instead of all: source-DPOR with sleep sets.
 *
 * Two schedules are of one kind if letting neighbours that commute change places makes one of the other. After each run its
 * conflicts are looked through: where two conflicting steps could have come the other way round, whoever must go first for
 * that is noted at the point where it could have. Sleep sets keep what was tried from being tried again. (Abdulla, Aronis,
 * Jonsson, Sagonas: Source Sets, 2017; Godefroid: sleep sets, 1996.) Knows neither services nor AWS.
 */

import type { AgendaEvent } from '../agenda.ts';
import { invariant } from '../bug.ts';
import { type Choices, Divergence, type MayHurry } from '../choices.ts';
import { FootprintOfStep, type StepFootprint } from '../footprint.ts';
import { areAll, asData, isKnown, NO_WAYS, optionsLeft, undisturbed, type Ways } from './branches.ts';
import type { Candidate, Point, StepPoint, ValuePoint } from './choice-point.ts';
import { BEGINNING, EventKeys } from './event-identity.ts';
import { wantReversals } from './happens-before.ts';
import { type Guide, GuidedChoices } from './interleaving.ts';
import { type Job, WHOLE } from './job.ts';
import { inNumbers, OrderCounter, type Orders } from './linear-extensions.ts';
import { renamings } from './symmetry.ts';

const NOTHING: ReadonlySet<number> = new Set();

/** What is known of a run when it is over. */
export interface FinishedRun {
  /** For each step, by its place, the steps that come before it for a reason. */
  readonly after: readonly ReadonlySet<number>[];
  /** How many orders this run stands for, itself among them. */
  readonly orders: Orders;
}

export class Reduction implements Guide {
  readonly #path: Point[] = [];
  readonly #keys = new EventKeys();
  readonly #job: Job;
  /** Takes the parts of the job; null if it is to be explored. */
  readonly #divide: ((part: Job) => void) | null;
  #started = false;
  #position = 0;
  /** The step that is running, if it was not watched in an earlier run. */
  #running: StepPoint | null = null;
  #isInStep = false;
  /** Who ran in each step of this run: the maker of what was put on the agenda in it. */
  #ranInStep: number[] = [BEGINNING];
  /** Steps of this run that were chosen before all had come to rest once. */
  #restsAfter: number[] = [];
  #steps = 0;
  /** From here on the path is new in this run. */
  #newFrom = 0;
  /** What was possible when the run ended; empty if nothing was left. */
  #atEnd: readonly Candidate[] = [];
  #hasGivenUp = false;
  /** Runs that were given up because everything that could follow had been tried. */
  cut = 0;
  readonly #counter = new OrderCounter();
  #orders: Orders = { count: 0n, atLeast: false };
  #lastRun: FinishedRun | null = null;

  /**
   * @param job A part of an exploration; without it, all of it.
   * @param divide Takes the parts of which the job consists, each one step longer. Then nothing is explored: a run ends as
   * soon as the part that it belongs to is known.
   */
  constructor(job: Job = WHOLE, divide?: (part: Job) => void) {
    this.#job = job;
    this.#divide = divide ?? null;
  }

  /** The choices for one more run; null when every kind of schedule has been visited. */
  next(): Choices | null {
    if (this.#started) {
      this.#finishStep();
      this.#lookBack();
      if (!this.#backtrack()) return null;
    }
    this.#started = true;
    this.#position = 0;
    this.#running = null;
    this.#isInStep = false;
    this.#ranInStep = [BEGINNING];
    this.#restsAfter = [];
    this.#steps = 0;
    this.#atEnd = [];
    this.#hasGivenUp = false;
    return new GuidedChoices(this);
  }

  /**
   * How many orders the finished runs stand for, themselves among them: counted, or a lower bound where a run stood for too
   * many to count. Together, and with faults too, they are all that trying everything would have visited.
   */
  get standsFor(): { readonly orders: number; readonly atLeast: boolean } {
    return inNumbers(this.#orders);
  }

  /** The run before the last {@link next}; null if that was given up on its way. */
  get lastRun(): FinishedRun | null {
    return this.#lastRun;
  }

  /** Whether a step went a way that had been tried elsewhere: it was not asked what it was asked there. */
  get hasGivenUp(): boolean {
    this.#finishStep();
    return this.#hasGivenUp;
  }

  /** Chooses the next step, or null: whatever could come next has been tried elsewhere. */
  step(possible: readonly AgendaEvent[], mayHurry?: MayHurry): number | null {
    this.#finishStep();
    const enabled = possible.map((event) => this.#candidate(event, mayHurry));
    if (this.#hasGivenUp) {
      this.#atEnd = enabled;
      return null;
    }
    const known = this.#path[this.#position];
    const point = known === undefined ? this.#open(enabled) : asBefore(known, enabled, this.#position);
    if (point === null) {
      this.#atEnd = enabled;
      return null;
    }
    if (this.#position >= this.#newFrom) {
      point.touched = new FootprintOfStep();
      point.answers = [];
      this.#running = point;
    }
    this.#isInStep = true;
    this.#position += 1;
    this.#steps += 1;
    this.#ranInStep[this.#steps] = point.chosen.key;
    return enabled.findIndex(({ key }) => key === point.chosen.key);
  }

  /** Answers a question. */
  value(of: number, nameOf: (option: number) => string): number {
    const known = this.#path[this.#position];
    const point = known ?? this.#openQuestion(of, nameOf);
    if (point.kind !== 'value' || point.of !== of) throw new Divergence(this.#position, 'another question was asked');
    this.#position += 1;
    this.#running?.answers.push({ of, chosen: point.chosen, name: nameOf(point.chosen) });
    return point.chosen;
  }

  touch(footprint: StepFootprint): void {
    this.#running?.touched.add(footprint);
  }

  /** Nothing was left to happen, and somebody waited for that: what comes now comes after everything before. */
  rest(): void {
    this.#finishStep();
    this.#restsAfter.push(this.#steps);
    this.#ranInStep[this.#steps] = this.#keys.keyOf(BEGINNING, -this.#restsAfter.length);
  }

  #candidate(event: AgendaEvent, mayHurry: MayHurry | undefined): Candidate {
    const { scheduledInStep, nth, kind, lane, alike } = event;
    const madeBy = this.#ranInStep[scheduledInStep];
    invariant(madeBy !== undefined, `nobody ran in step ${scheduledInStep}`);
    const lastResort = kind === 'deadline' && mayHurry?.(event) === false;
    return { key: this.#keys.keyOf(madeBy, nth), madeBy, lane, alike: alike === true, lastResort };
  }

  /** A point that no run has been at before. Null if the run ends here: all that could come has its place elsewhere. */
  #open(enabled: readonly Candidate[]): StepPoint | null {
    const given = this.#job.begins[this.#path.length];
    if (given !== undefined) return this.#openWith(enabled, enabled[given], NO_WAYS, true);
    const asleep = this.#asleepHere();
    // One of which no way sleeps shows by its races what else must be tried. One that goes some of its ways only does not.
    const whole = enabled.find(({ key }) => !asleep.has(key));
    const first = whole ?? enabled.find(({ key }) => !areAll(asleep.get(key)));
    if (first === undefined) return null;
    if (
      this.#divide !== null &&
      this.#path.some((point, at) => at >= this.#job.begins.length && point.kind === 'step')
    ) {
      this.#divide(this.#part(asleep, false));
      return null;
    }
    return this.#openWith(enabled, first, asleep, this.#divide !== null || whole === undefined);
  }

  #openWith(enabled: readonly Candidate[], chosen: Candidate | undefined, asleep: Ways, wantsAll: boolean): StepPoint {
    if (chosen === undefined) throw new Divergence(this.#position, 'fewer steps were possible than before');
    const wanted = new Set(wantsAll ? enabled.map(({ key }) => key) : [chosen.key]);
    const touched = new FootprintOfStep();
    const point: StepPoint = {
      ...{ kind: 'step', enabled, wanted, tried: new Map(), asleep, chosen },
      ...{ touched, answers: [], after: NOTHING },
    };
    this.#path.push(point);
    return point;
  }

  /** The part of the job that begins with the path. */
  #part(asleep: Ways, ends: boolean): Job {
    const begins = this.#path.map((point) =>
      point.kind === 'value' ? point.chosen : point.enabled.findIndex(({ key }) => key === point.chosen.key),
    );
    const sleeping = [...asleep].map(([key, ways]) => ({ step: this.#keys.nameOf(key), ways: ways.map(asData) }));
    return { begins, asleep: sleeping, ends };
  }

  /** A question that no run was asked before. One whose answers have all been tried is answered all the same. */
  #openQuestion(of: number, nameOf: (option: number) => string): ValuePoint {
    const step = this.#running;
    const given = this.#job.begins[this.#path.length];
    const [chosen = 0, ...left] =
      given === undefined ? optionsLeft(step?.asleep.get(step.chosen.key), step?.answers ?? [], of, nameOf) : [given];
    const point: ValuePoint = { kind: 'value', of, inStep: this.#isInStep, chosen, left };
    this.#path.push(point);
    return point;
  }

  /** What was asleep before the last step, and what was tried in its place, sleeps on unless it conflicts with that step. */
  #asleepHere(): Ways {
    if (this.#path.length === this.#job.begins.length) {
      return new Map(this.#job.asleep.map(({ step, ways }) => [this.#keys.keyNamed(step), ways]));
    }
    const before = this.#path.findLast((point) => point.kind === 'step');
    if (before?.kind !== 'step') return NO_WAYS;
    return undisturbed([before.asleep, before.tried], before.chosen.key, before.touched);
  }

  #finishStep(): void {
    this.#isInStep = false;
    const point = this.#running;
    if (point === null) return;
    this.#running = null;
    const { chosen, answers, touched, tried, asleep } = point;
    const ways = tried.get(chosen.key);
    if (ways === undefined) tried.set(chosen.key, [{ answers, touched }]);
    else ways.push({ answers, touched });
    if (isKnown(asleep.get(chosen.key), answers)) this.#hasGivenUp = true;
  }

  #lookBack(): void {
    const steps = this.#path.filter((point) => point.kind === 'step');
    const firstNew = this.#path.slice(0, this.#newFrom).filter((point) => point.kind === 'step').length;
    const isCut = this.#hasGivenUp || this.#atEnd.length > 0;
    this.#lastRun = null;
    if (this.#divide !== null) {
      if (!isCut) this.#divide(this.#part(NO_WAYS, true));
      return;
    }
    wantReversals({ steps, restsAfter: this.#restsAfter, atEnd: this.#atEnd }, firstNew);
    if (isCut) {
      this.cut += 1;
      return;
    }
    const after = steps.map((step) => step.after);
    const { count, atLeast } = this.#counter.count(after);
    const orders = { count: count * renamings(steps), atLeast };
    this.#lastRun = { after, orders };
    this.#orders = { count: this.#orders.count + orders.count, atLeast: this.#orders.atLeast || atLeast };
  }

  /** Goes to the next run that is wanted. False when there is none. */
  #backtrack(): boolean {
    for (let last = this.#path.at(-1); last !== undefined; last = this.#path.at(-1)) {
      if (this.#path.length <= this.#job.begins.length) return false;
      if (this.#goesOnAt(last)) return true;
      this.#path.pop();
    }
    return false;
  }

  #goesOnAt(last: Point): boolean {
    this.#newFrom = this.#path.length - 1;
    if (last.kind === 'step') {
      const next = untried(last);
      if (next !== undefined) last.chosen = next;
      return next !== undefined;
    }
    const option = last.left.shift();
    if (option === undefined) return false;
    last.chosen = option;
    // The step that asked does something else from now on.
    if (last.inStep) this.#newFrom = this.#path.findLastIndex(({ kind }) => kind === 'step');
    return true;
  }
}

function untried({ enabled, wanted, tried, asleep }: StepPoint): Candidate | undefined {
  return enabled.find(({ key }) => wanted.has(key) && !tried.has(key) && !areAll(asleep.get(key)));
}

/** The same point in another run; code that isn't deterministic offers other steps there. */
function asBefore(point: Point, enabled: readonly Candidate[], position: number): StepPoint {
  const same =
    point.kind === 'step' &&
    point.enabled.length === enabled.length &&
    point.enabled.every(({ key }, index) => key === enabled[index]?.key);
  if (!same) throw new Divergence(position, 'other steps were possible than before');
  return point;
}
