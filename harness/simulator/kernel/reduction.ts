/**
 * Visits one schedule of each kind instead of all: source-DPOR with sleep sets.
 *
 * Two schedules are of one kind if letting neighbours that commute change places makes one of the other. After each run its
 * conflicts are looked through: where two conflicting steps could have come the other way round, whoever must go first for
 * that is noted at the point where it could have. Sleep sets keep what was tried from being tried again. (Abdulla, Aronis,
 * Jonsson, Sagonas: Source Sets, 2017; Godefroid: sleep sets, 1996.) Knows neither services nor AWS.
 */

import type { AgendaEvent } from './agenda.ts';
import { invariant } from './bug.ts';
import { type Choices, Divergence, type Pick } from './choices.ts';
import { conflict, FootprintOfStep, type StepFootprint } from './footprint.ts';
import { countOrders } from './orders.ts';
import { type RunSteps, wantReversals } from './races.ts';

/** A step that may come next. Its key is the same wherever the same things happened before it. */
export interface Candidate {
  readonly key: number;
  /** The key of the step that put it on the agenda. */
  readonly madeBy: number;
  /** It comes when nothing else can, so nothing can be said about its coming earlier. */
  readonly lastResort: boolean;
}

/** A point of a run at which a step is chosen. */
export interface StepNode {
  readonly kind: 'step';
  readonly enabled: readonly Candidate[];
  /** What must be tried here. */
  readonly wanted: Set<number>;
  /** What has been tried here, with all that it touched in any of its ways. */
  readonly tried: Map<number, FootprintOfStep>;
  /** What need not be tried: since it was tried elsewhere, nothing has happened that it conflicts with. */
  readonly asleep: ReadonlyMap<number, StepFootprint>;
  chosen: Candidate;
  /** What the chosen step touched in this run. */
  touched: FootprintOfStep;
  /** The steps of this run, by their place, that come before it for a reason. */
  after: ReadonlySet<number>;
}

/** A question with an answer that is no step: a fault, a value. All answers are tried. */
interface ValueNode {
  readonly kind: 'value';
  readonly of: number;
  chosen: number;
}

type Node = StepNode | ValueNode;

const NOTHING: ReadonlySet<number> = new Set();

/** The maker of everything that is there before the first step. */
const BEGINNING = 0;

/** One run's choices, made by the reduction. */
class GuidedChoices implements Choices {
  readonly record: Pick[] = [];
  readonly #reduction: Reduction;

  constructor(reduction: Reduction) {
    this.#reduction = reduction;
  }

  pick(reason: string, of: number): number {
    invariant(of >= 1, `«${reason}» has no option to choose from`);
    if (of === 1) return 0;
    const chosen = this.#reduction.value(of);
    this.record.push({ reason, of, chosen });
    return chosen;
  }

  next(possible: readonly AgendaEvent[]): number | null {
    const chosen = this.#reduction.step(possible);
    if (chosen !== null && possible.length > 1) this.record.push({ reason: 'next', of: possible.length, chosen });
    return chosen;
  }

  touch(footprint: StepFootprint): void {
    this.#reduction.touch(footprint);
  }

  rest(): void {
    this.#reduction.rest();
  }
}

export class Reduction {
  readonly #path: Node[] = [];
  readonly #keys = new Map<string, number>();
  #started = false;
  #position = 0;
  #running: StepNode | null = null;
  /** Who ran in each step of this run: the maker of what was put on the agenda in it. */
  #ranInStep: number[] = [BEGINNING];
  /** Steps of this run that were chosen before all had come to rest once. */
  #restsAfter: number[] = [];
  #steps = 0;
  /** From here on the path is new in this run. */
  #newFrom = 0;
  /** What was possible when the run ended; empty if nothing was left. */
  #atEnd: readonly Candidate[] = [];
  /** Runs that were given up because everything that could follow had been tried. */
  cut = 0;
  #orders = 0;
  #ordersAreCounted = true;
  #valuesWereAsked = false;

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
    this.#ranInStep = [BEGINNING];
    this.#restsAfter = [];
    this.#steps = 0;
    this.#atEnd = [];
    return new GuidedChoices(this);
  }

  /**
   * How many orders the finished runs stand for, themselves among them: counted, or a lower bound where a run stood for too
   * many to count. Null where steps could go in several ways (faults): such kinds of schedules may be visited twice.
   */
  get standsFor(): { readonly orders: number; readonly atLeast: boolean } | null {
    return this.#valuesWereAsked ? null : { orders: this.#orders, atLeast: !this.#ordersAreCounted };
  }

  /** Chooses the next step, or null: whatever could come next has been tried elsewhere. */
  step(possible: readonly AgendaEvent[]): number | null {
    this.#finishStep();
    const enabled = possible.map((event) => this.#candidate(event));
    const known = this.#path[this.#position];
    const node = known === undefined ? this.#open(enabled) : asBefore(known, enabled, this.#position);
    if (node === null) {
      this.cut += 1;
      this.#atEnd = enabled;
      return null;
    }
    this.#position += 1;
    this.#running = node;
    this.#steps += 1;
    this.#ranInStep[this.#steps] = node.chosen.key;
    return enabled.findIndex(({ key }) => key === node.chosen.key);
  }

  value(of: number): number {
    this.#valuesWereAsked = true;
    const known = this.#path[this.#position];
    this.#position += 1;
    if (known === undefined) {
      this.#path.push({ kind: 'value', of, chosen: 0 });
      return 0;
    }
    if (known.kind !== 'value' || known.of !== of) throw new Divergence(this.#position, 'another question was asked');
    return known.chosen;
  }

  touch(footprint: StepFootprint): void {
    this.#running?.touched.add(footprint);
  }

  /** Nothing was left to happen, and somebody waited for that: what comes now comes after everything before. */
  rest(): void {
    this.#restsAfter.push(this.#steps);
    this.#ranInStep[this.#steps] = this.#keyOf(BEGINNING, `rest ${this.#restsAfter.length}`);
  }

  #candidate({ scheduledInStep, nth, kind }: AgendaEvent): Candidate {
    const madeBy = this.#ranInStep[scheduledInStep];
    invariant(madeBy !== undefined, `nobody ran in step ${scheduledInStep}`);
    return { key: this.#keyOf(madeBy, nth), madeBy, lastResort: kind === 'deadline' };
  }

  #keyOf(madeBy: number, nth: number | string): number {
    const name = `${madeBy}/${nth}`;
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const key = this.#keys.size + 1;
    this.#keys.set(name, key);
    return key;
  }

  /** A point that no run has been at before. */
  #open(enabled: readonly Candidate[]): StepNode | null {
    const asleep = this.#asleepHere();
    const first = enabled.find(({ key }) => !asleep.has(key));
    if (first === undefined) return null;
    const touched = new FootprintOfStep();
    const wanted = new Set([first.key]);
    const after = NOTHING;
    const node: StepNode = { kind: 'step', enabled, wanted, tried: new Map(), asleep, chosen: first, touched, after };
    this.#path.push(node);
    return node;
  }

  /** What was asleep before the last step, and what was tried in its place, sleeps on unless it conflicts with that step. */
  #asleepHere(): ReadonlyMap<number, StepFootprint> {
    const before = this.#path.findLast((node) => node.kind === 'step');
    const asleep = new Map<number, StepFootprint>();
    if (before?.kind !== 'step') return asleep;
    for (const from of [before.asleep, before.tried]) {
      for (const [key, footprint] of from) {
        if (key !== before.chosen.key && !conflict(footprint, before.touched)) asleep.set(key, footprint);
      }
    }
    return asleep;
  }

  #finishStep(): void {
    const node = this.#running;
    if (node === null) return;
    this.#running = null;
    const all = node.tried.get(node.chosen.key) ?? new FootprintOfStep();
    all.add(node.touched);
    node.tried.set(node.chosen.key, all);
  }

  #lookBack(): void {
    const steps = this.#path.filter((node) => node.kind === 'step');
    const firstNew = this.#path.slice(0, this.#newFrom).filter((node) => node.kind === 'step').length;
    const run: RunSteps = { steps, restsAfter: this.#restsAfter, atEnd: this.#atEnd };
    wantReversals(run, firstNew);
    if (this.#atEnd.length > 0) return;
    const orders = countOrders(steps.map(({ after }) => after));
    this.#orders += orders ?? 1;
    this.#ordersAreCounted &&= orders !== null;
  }

  /** Goes to the next run that is wanted. False when there is none. */
  #backtrack(): boolean {
    for (let last = this.#path.at(-1); last !== undefined; last = this.#path.at(-1)) {
      if (last.kind === 'value' && last.chosen + 1 < last.of) {
        last.chosen += 1;
        // The step that asked does something else from now on.
        this.#newFrom = this.#path.findLastIndex((node) => node.kind === 'step');
        return true;
      }
      const next = last.kind === 'step' ? untried(last) : undefined;
      if (last.kind === 'step' && next !== undefined) {
        last.chosen = next;
        this.#newFrom = this.#path.length - 1;
        return true;
      }
      this.#path.pop();
    }
    return false;
  }
}

function untried({ enabled, wanted, tried, asleep }: StepNode): Candidate | undefined {
  return enabled.find(({ key }) => wanted.has(key) && !tried.has(key) && !asleep.has(key));
}

/** The same point in another run; code that isn't deterministic offers other steps there. */
function asBefore(node: Node, enabled: readonly Candidate[], position: number): StepNode {
  const same =
    node.kind === 'step' &&
    node.enabled.length === enabled.length &&
    node.enabled.every(({ key }, index) => key === enabled[index]?.key);
  if (!same) throw new Divergence(position, 'other steps were possible than before');
  node.touched = new FootprintOfStep();
  return node;
}
