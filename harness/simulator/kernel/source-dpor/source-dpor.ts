/**
 * Source-DPOR with sleep sets: visits one interleaving of each equivalence class, instead of all interleavings.
 *
 * Two schedules are equivalent (one Mazurkiewicz trace) if letting neighbouring steps that commute change places turns one into
 * the other. After each run its races are found, and for each race a step joins the backtrack set of the point at which the
 * race can be reversed; sleep sets keep a class from being visited twice. (Abdulla, Aronis, Jonsson and Sagonas, Source Sets: A
 * Foundation for Optimal Dynamic Partial Order Reduction, 2017; Godefroid, 1996; Flanagan and Godefroid, Dynamic Partial-Order
 * Reduction, 2005.) `README.md` says what differs from the papers. Knows neither services nor AWS.
 */

import type { AgendaEvent } from '../agenda.ts';
import { invariant } from '../bug.ts';
import { type Choices, Divergence, type IsSpent, type NextStepFacts } from '../choices.ts';
import { FootprintOfStep, type StepFootprint } from '../footprint.ts';
import { extendBacktrackSets } from './backtrack-set.ts';
import { areAllBranches, includesEquivalent, optionsAwake } from './branches.ts';
import type { AnswerPoint, ChoicePoint, StepPoint } from './choice-point.ts';
import { type EnabledStep, StepsOfRun, type WaitingStep } from './enabled-step.ts';
import { EventIdentities } from './event-identity.ts';
import { ExplorationStack } from './exploration-stack.ts';
import type { HappensBefore } from './happens-before.ts';
import { InterleavingChoices, type InterleavingGuide } from './interleaving.ts';
import { type ExplorationJob, sleepSetAsData, sleepSetOf, WHOLE } from './job.ts';
import { inNumbers, type LinearExtensionCount, LinearExtensionCounter } from './linear-extensions.ts';
import { EMPTY_SLEEP_SET, type SleepSet, sleepSetAfter } from './sleep-set.ts';
import { ordersOfAlike } from './symmetry.ts';

const NO_PREDECESSORS: ReadonlySet<number> = new Set();
const NO_KEYS: ReadonlySet<number> = new Set();
const NONE_WAITS: readonly WaitingStep[] = [];

/** What the agenda offers at a point. */
type Offered = Pick<StepPoint, 'enabled' | 'waiting'>;

/** What one run of an exploration represents: all schedules that its happens-before relation allows. */
export interface EquivalenceClass {
  readonly happensBefore: HappensBefore;
  /** How many schedules are in the class, the run itself among them. */
  readonly linearExtensions: LinearExtensionCount;
}

export class SourceDpor implements InterleavingGuide {
  readonly #job: ExplorationJob;
  /** Takes the parts of the job; null if the job is to be explored. */
  readonly #divide: ((part: ExplorationJob) => void) | null;
  readonly #stack: ExplorationStack;
  readonly #identities = new EventIdentities();
  readonly #counter = new LinearExtensionCounter();
  #run: StepsOfRun | null = null;
  /** The step that is running, if it is new in this run: only then must its footprint and its answers be known. */
  #running: StepPoint | null = null;
  #isInStep = false;
  /** What was enabled when the run ended; empty if nothing was left to happen. */
  #enabledAtEnd: readonly EnabledStep[] = [];
  #waitingAtEnd: readonly WaitingStep[] = [];
  #isBlocked = false;
  #sum: LinearExtensionCount = { count: 0n, atLeast: false };
  #lastClass: EquivalenceClass | null = null;
  /** How many runs were sleep-set blocked. They are in no count of schedules. */
  sleepSetBlocked = 0;

  /**
   * @param job A part of an exploration; without it, all of it.
   * @param divide Takes the parts of which the job consists, each one step longer. Then nothing is explored: a run ends as
   * soon as the part that it belongs to is known.
   */
  constructor(job: ExplorationJob = WHOLE, divide?: (part: ExplorationJob) => void) {
    this.#job = job;
    this.#divide = divide ?? null;
    this.#stack = new ExplorationStack(job.prefix.length);
  }

  /** The choices of one more interleaving; null when every equivalence class has been visited. The run before must be over. */
  next(): Choices | null {
    if (this.#run !== null) {
      this.#finishStep();
      this.#finishRun(this.#run);
      if (!this.#stack.backtrack()) return null;
    }
    this.#stack.restart();
    this.#run = new StepsOfRun(this.#identities);
    this.#running = null;
    this.#isInStep = false;
    this.#enabledAtEnd = [];
    this.#waitingAtEnd = [];
    this.#isBlocked = false;
    return new InterleavingChoices(this);
  }

  /**
   * How many schedules are in the classes that have been visited: counted, or a lower bound if a class was too large to count.
   * In the end, and with faults too, they are all that trying everything would have visited.
   */
  get standsFor(): { readonly orders: number; readonly atLeast: boolean } {
    return inNumbers(this.#sum);
  }

  /** The class of the run before the last {@link next}; null if that run was sleep-set blocked. */
  get lastClass(): EquivalenceClass | null {
    return this.#lastClass;
  }

  /**
   * Whether a step has taken a branch that sleeps. It can do so although sleeping options are skipped, if it was not asked what
   * it was asked when that branch was explored.
   */
  get isSleepSetBlocked(): boolean {
    this.#finishStep();
    return this.#isBlocked;
  }

  get sharedPoints(): number {
    return this.#stack.sharedPoints;
  }

  /** Chooses the next step, or null if the run is sleep-set blocked. */
  chooseStep(possible: readonly AgendaEvent[], facts?: NextStepFacts): number | null {
    this.#finishStep();
    const run = this.#runningRun();
    const enabled = possible.map((event) => run.enabledStep(event, facts?.mayComeEarly));
    const waiting = facts === undefined ? NONE_WAITS : facts.waiting.map((event) => run.waitingStep(event));
    const point = this.#isBlocked ? null : this.#stepPointHere({ enabled, waiting }, facts?.isSpent);
    if (point === null) {
      this.#enabledAtEnd = enabled;
      this.#waitingAtEnd = waiting;
      return null;
    }
    if (this.#stack.isNewHere) {
      point.footprint = new FootprintOfStep();
      point.answers = [];
      this.#running = point;
    }
    this.#isInStep = true;
    this.#stack.advance();
    run.began(point.chosen.key);
    return enabled.findIndex(({ key }) => key === point.chosen.key);
  }

  chooseAnswer(of: number, nameOf: (option: number) => string): number {
    const point = this.#stack.here ?? this.#openAnswerPoint(of, nameOf);
    if (point.kind !== 'answer' || point.of !== of)
      throw new Divergence(this.#stack.position, 'another question was asked');
    this.#stack.advance();
    if (this.#running !== null) {
      const offered = Array.from({ length: of }, (_, option) => nameOf(option));
      this.#running.answers.push({ of, chosen: point.chosen, name: nameOf(point.chosen), offered });
    }
    return point.chosen;
  }

  touch(footprint: StepFootprint): void {
    this.#running?.footprint.add(footprint);
  }

  /** Nothing was left to happen, and the scenario goes on: all that comes now happens after everything before. */
  rest(): void {
    this.#finishStep();
    this.#runningRun().rested();
  }

  #runningRun(): StepsOfRun {
    invariant(this.#run !== null, 'no interleaving has been asked for');
    return this.#run;
  }

  #stepPointHere(offered: Offered, isSpent: IsSpent | undefined): StepPoint | null {
    const known = this.#stack.here;
    if (known === undefined) return this.#openStepPoint(offered, isSpent);
    return asBefore(known, offered.enabled, this.#stack.position);
  }

  /** A point to which no run has come before. Null if every branch of every enabled step sleeps, or if a part ends here. */
  #openStepPoint(offered: Offered, isSpent: IsSpent | undefined): StepPoint | null {
    const { enabled } = offered;
    const given = this.#job.prefix[this.#stack.size];
    if (given !== undefined)
      return this.#push(offered, enabled[given], { sleepSet: EMPTY_SLEEP_SET, asleep: NO_KEYS }, true);
    const sleepSet = this.#sleepSetHere();
    // A step of which no branch sleeps shows by its races what else must be explored from here. A step that can take only
    // some of its branches does not: where there is no other, everything that is enabled goes into the backtrack set.
    const whole = enabled.find(({ key }) => !sleepSet.has(key));
    const asleep = new Set(
      enabled.map(({ key }) => key).filter((key) => areAllBranches(sleepSet.get(key), 0, isSpent)),
    );
    const first = whole ?? enabled.find(({ key }) => !asleep.has(key));
    if (first === undefined) return null;
    if (this.#divide !== null && this.#stack.hasStepBehindPrefix) {
      this.#divide(this.#partHere(sleepSet, false));
      return null;
    }
    return this.#push(offered, first, { sleepSet, asleep }, this.#divide !== null || whole === undefined);
  }

  #push(
    { enabled, waiting }: Offered,
    chosen: EnabledStep | undefined,
    { sleepSet, asleep }: Pick<StepPoint, 'sleepSet' | 'asleep'>,
    exploresAll: boolean,
  ): StepPoint {
    if (chosen === undefined) throw new Divergence(this.#stack.position, 'fewer steps were possible than before');
    const backtrackSet = new Set(exploresAll ? enabled.map(({ key }) => key) : [chosen.key]);
    const footprint = new FootprintOfStep();
    const point: StepPoint = {
      ...{ kind: 'step', enabled, waiting, backtrackSet, explored: new Map(), sleepSet, asleep, chosen },
      ...{ footprint, answers: [], predecessors: NO_PREDECESSORS },
    };
    this.#stack.push(point);
    return point;
  }

  /** A question that no run was asked before. If every option leads to a branch that sleeps, option 0 is taken all the same. */
  #openAnswerPoint(of: number, nameOf: (option: number) => string): AnswerPoint {
    const step = this.#running;
    const given = this.#job.prefix[this.#stack.size];
    const [chosen = 0, ...untried] =
      given === undefined
        ? optionsAwake(step?.sleepSet.get(step.chosen.key), step?.answers ?? [], of, nameOf)
        : [given];
    const point: AnswerPoint = { kind: 'answer', of, inStep: this.#isInStep, chosen, untried };
    this.#stack.push(point);
    return point;
  }

  #sleepSetHere(): SleepSet {
    if (this.#stack.size === this.#job.prefix.length) return sleepSetOf(this.#job, this.#identities);
    const before = this.#stack.lastStep;
    if (before === undefined) return EMPTY_SLEEP_SET;
    return sleepSetAfter([before.sleepSet, before.explored], before.chosen.key, before.footprint);
  }

  /** The part of the job whose prefix are the choices up to here. */
  #partHere(sleepSet: SleepSet, isOneRun: boolean): ExplorationJob {
    return { prefix: this.#stack.choices, sleepSet: sleepSetAsData(sleepSet, this.#identities), isOneRun };
  }

  /** The branch that the step took has been explored. */
  #finishStep(): void {
    this.#isInStep = false;
    const point = this.#running;
    if (point === null) return;
    this.#running = null;
    const { chosen, answers, footprint, explored, sleepSet } = point;
    const branches = explored.get(chosen.key);
    if (branches === undefined) explored.set(chosen.key, [{ answers, footprint }]);
    else branches.push({ answers, footprint });
    if (includesEquivalent(sleepSet.get(chosen.key), answers)) this.#isBlocked = true;
  }

  #finishRun({ restsAfter }: StepsOfRun): void {
    const isBlocked = this.#isBlocked || this.#enabledAtEnd.length > 0;
    this.#lastClass = null;
    if (this.#divide !== null) {
      if (!isBlocked) this.#divide(this.#partHere(EMPTY_SLEEP_SET, true));
      return;
    }
    const { steps, firstNewStep } = this.#stack;
    const atEnd = { enabledAtEnd: this.#enabledAtEnd, waitingAtEnd: this.#waitingAtEnd };
    extendBacktrackSets({ steps, restsAfter, ...atEnd }, firstNewStep);
    if (isBlocked) {
      this.sleepSetBlocked += 1;
      return;
    }
    const happensBefore = steps.map(({ predecessors }) => predecessors);
    const { count, atLeast } = this.#counter.count(happensBefore);
    const linearExtensions = { count: count * ordersOfAlike(steps), atLeast };
    this.#lastClass = { happensBefore, linearExtensions };
    this.#sum = { count: this.#sum.count + linearExtensions.count, atLeast: this.#sum.atLeast || atLeast };
  }
}

/** The same point in another run; code that is not deterministic offers other steps there. */
function asBefore(point: ChoicePoint, enabled: readonly EnabledStep[], position: number): StepPoint {
  const isSame =
    point.kind === 'step' &&
    point.enabled.length === enabled.length &&
    point.enabled.every(({ key }, index) => key === enabled[index]?.key);
  if (!isSame) throw new Divergence(position, 'other steps were possible than before');
  return point;
}
