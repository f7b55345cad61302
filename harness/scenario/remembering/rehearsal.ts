/**
 * Brings a scenario to the state of a remembered one by telling it again everything that it was told, and lets it go on from
 * there.
 *
 * Up to that state nothing reaches the world, and each act is compared with the earlier one; an act that differs is a {@link
 * ScenarioDivergence}. After it, the scenario's acts reach the world and are recorded.
 */

import { sameData } from '../../host/remembering/same-data.ts';
import type { AwsAnswer } from '../../simulator/contract/answer.ts';
import type { Ledger } from '../../simulator/contract/downstream.ts';
import { Divergence } from '../../simulator/kernel/choices.ts';
import type { Play, ScenarioDesk, ScenarioLane, ScenarioOutcome, ScenarioPort } from '../../simulator/world.ts';
import { type ScenarioAct, type ScenarioMoment, SEEN, type Told } from './moments.ts';

/** The scenario behaved differently when it was told the same. */
export class ScenarioDivergence extends Divergence {
  /** What it did the first time; undefined if it did nothing more. */
  readonly first: ScenarioAct | undefined;
  readonly second: ScenarioAct | undefined;

  constructor(first: ScenarioAct | undefined, second: ScenarioAct | undefined) {
    super(0, 'the scenario did not do the same when it was told the same');
    this.first = first;
    this.second = second;
  }
}

/** Receives a scenario's acts once they are new. */
export interface RehearsalStage<Result> {
  readonly desk: ScenarioDesk;
  /** Takes the answer to a request that is made now. */
  hear(request: number, value: unknown): void;
  /** Begins the moment after the scenario was told something new. */
  open(told: readonly Told[]): ScenarioMoment<Result>;
}

export class Rehearsal<Result> {
  readonly #play: Play<Result>;
  readonly #stage: RehearsalStage<Result>;
  /** The known moments in order, from the beginning to the state of the remembered scenario. */
  readonly #known: readonly ScenarioMoment<Result>[];
  #place = 0;
  #act = 0;
  #moment: ScenarioMoment<Result> | null;
  /** What the scenario is told after the known moments. */
  readonly #news: readonly Told[];
  #isLive = false;
  #outcome: ScenarioOutcome<Result> | null = null;
  #requests = 0;
  readonly #answers = new Map<number, (value: never) => void>();
  #difference: ScenarioDivergence | null = null;

  constructor(
    play: Play<Result>,
    stage: RehearsalStage<Result>,
    before: ScenarioMoment<Result> | null,
    news: readonly Told[],
  ) {
    this.#play = play;
    this.#stage = stage;
    this.#known = before?.path() ?? [];
    this.#moment = this.#known[0] ?? null;
    this.#news = news;
  }

  /** Tells the scenario everything that it was told before, and then the news. */
  async begin(): Promise<void> {
    for (const [place, { told }] of this.#known.entries()) {
      // A scenario learns the result of a look while it looks, so it is not told here.
      if (told[0]?.request === SEEN) continue;
      if (place > 0) this.#arriveAt(place);
      await this.#tell(told, place === 0);
    }
    if (this.#news[0]?.request === SEEN) {
      if (!this.#isLive) this.#differ(undefined);
    } else {
      if (this.#known.length > 0) this.#arriveAt(this.#known.length);
      this.#goLive();
      await this.#tell(this.#news, this.#known.length === 0);
    }
    this.#check();
  }

  /** Tells the scenario something more. */
  async goOn(told: readonly Told[]): Promise<void> {
    if (told.length > 0) this.#moment = this.#stage.open(told);
    await this.#tell(told, false);
    this.#check();
  }

  async #tell(told: readonly Told[], isBeginning: boolean): Promise<void> {
    if (isBeginning) this.#start();
    for (const { request, value } of told) {
      this.#answers.get(request)?.(value as never);
      this.#answers.delete(request);
    }
    await this.#play.hop();
    if (this.#moment === null || this.#outcome === null) return;
    if (this.#isLive) this.#moment.outcome ??= this.#outcome;
  }

  #start(): void {
    this.#play.run(this.#port()).then(
      (result) => {
        this.#outcome = { result };
      },
      (thrown: unknown) => {
        this.#outcome = { thrown };
      },
    );
  }

  /** Goes on to the next moment if the scenario has done exactly what it did before. */
  #arriveAt(place: number): void {
    const isDone = this.#place === place - 1 && this.#act === this.#moment?.acts.length;
    const hasEnded = this.#outcome !== null;
    const hadEnded = this.#known.slice(0, place).some(({ outcome }) => outcome !== null);
    if (!isDone || hasEnded !== hadEnded) this.#differ(this.#moment?.acts[this.#act]);
    this.#check();
    this.#enterMoment(place);
  }

  #enterMoment(place: number): void {
    this.#place = place;
    this.#act = 0;
    this.#moment = this.#known[place] ?? null;
  }

  #goLive(): void {
    this.#isLive = true;
    this.#moment = this.#stage.open(this.#news);
  }

  /** Records the difference instead of throwing it, because the scenario could catch an error. */
  #differ(first: ScenarioAct | undefined, second?: ScenarioAct): void {
    this.#difference ??= new ScenarioDivergence(first, second);
  }

  #check(): void {
    if (this.#difference !== null) throw this.#difference;
  }

  #port(lane: ScenarioLane = null): ScenarioPort {
    return {
      lane: (number) => this.#port(number),
      call: (service, operation, input) => this.#request<AwsAnswer>({ kind: 'call', lane, service, operation, input }),
      sleep: (delayMs) => this.#request<void>({ kind: 'sleep', lane, delayMs }),
      atRest: () => this.#request<void>({ kind: 'rest' }),
      downstream: async (name) => this.#look(name),
      note: (text) => {
        if (this.#does({ kind: 'note', text })) this.#stage.desk.note(text);
      },
    };
  }

  #request<Value>(act: ScenarioAct & { readonly kind: 'call' | 'sleep' | 'rest' }): Promise<Value> {
    const request = this.#requests;
    this.#requests += 1;
    return new Promise<Value>((answered) => {
      this.#answers.set(request, answered);
      if (this.#does(act)) requestAtDesk(this.#stage.desk, act, (value) => this.#stage.hear(request, value));
    });
  }

  #look(downstream: string): Ledger {
    const isNew = this.#does({ kind: 'look', downstream });
    if (isNew) {
      const value = this.#stage.desk.downstream(downstream);
      this.#moment = this.#stage.open([{ request: SEEN, value }]);
      return value;
    }
    if (this.#difference !== null) return {};
    this.#enterMoment(this.#place + 1);
    const [seen] = this.#moment?.told ?? this.#news;
    if (this.#moment === null) this.#goLive();
    return seen?.value as Ledger;
  }

  /** Compares an act with the earlier one, or records a new one. True if it is new, so that it should reach the world. */
  #does(act: ScenarioAct): boolean {
    if (this.#difference !== null) return false;
    if (this.#isLive) {
      this.#moment?.acts.push(act);
      return true;
    }
    const expected = this.#moment?.acts[this.#act];
    this.#act += 1;
    if (!sameData(act, expected)) this.#differ(expected, act);
    return false;
  }
}

/** Makes a request at the desk. */
export function requestAtDesk(
  desk: ScenarioDesk,
  act: ScenarioAct & { readonly kind: 'call' | 'sleep' | 'rest' },
  answered: (value: unknown) => void,
): void {
  if (act.kind === 'call') desk.call(act.service, act.operation, act.input, answered, act.lane);
  else if (act.kind === 'sleep') desk.sleep(act.delayMs, () => answered(undefined), act.lane);
  else desk.atRest(() => answered(undefined));
}
