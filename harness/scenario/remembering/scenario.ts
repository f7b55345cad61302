/**
 * A remembered scenario: when it is told what the scenario was told before, it does what the scenario did, without SDK clients
 * and promises.
 *
 * It learns new behaviour from a rehearsal: the scenario is started again, told all its history, and compared with what it did
 * then. Exploration lets the scenario really run in some runs, and compares as well.
 */

import { encode } from '../../host/wire.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import type { PutBack } from '../../simulator/kernel/checkpoint.ts';
import type { Play, ScenarioActor, ScenarioDesk, ScenarioOutcome } from '../../simulator/world.ts';
import { frozen } from './frozen.ts';
import { ScenarioMoment, SEEN, type Told } from './moments.ts';
import { Rehearsal, requestAtDesk } from './rehearsal.ts';

/** Enough for the explorations of a lab. Beyond it everything is forgotten and learnt again, so that memory stays flat. */
const REMEMBERED_CHARACTERS = 64 * 1_048_576;
/** The size of a moment in the tree, without its data. */
const CHARACTERS_OF_A_MOMENT = 200;

/** What is known about one scenario on one stack. */
export class RememberedScenario<Result> {
  readonly play: Play<Result>;
  readonly #rememberedCharacters: number;
  #characters = 0;
  #beginning: ScenarioMoment<Result> | null = null;

  constructor(play: Play<Result>, rememberedCharacters = REMEMBERED_CHARACTERS) {
    this.play = play;
    this.#rememberedCharacters = rememberedCharacters;
  }

  /** An actor that plays the scenario in one run. */
  actor(): ScenarioActor<Result> {
    return new RememberingActor(this);
  }

  after(before: ScenarioMoment<Result> | null, told: readonly Told[]): ScenarioMoment<Result> | undefined {
    return before === null ? (this.#beginning ?? undefined) : before.after(told);
  }

  extend(before: ScenarioMoment<Result> | null, told: readonly Told[]): ScenarioMoment<Result> {
    if (before !== null) return before.extend(told);
    this.#beginning = new ScenarioMoment(null, told);
    return this.#beginning;
  }

  /** A question to ask later: is what is remembered now still remembered then? */
  stillRemembers(): () => boolean {
    const beginning = this.#beginning;
    return () => this.#beginning === beginning;
  }

  /** Counts the memory of a finished moment. A scenario in progress keeps its own past when the rest is forgotten. */
  weigh({ told, acts, outcome }: ScenarioMoment<Result>): void {
    this.#characters += CHARACTERS_OF_A_MOMENT + encode([told, acts]).length + charactersOf(outcome?.result);
    if (this.#characters <= this.#rememberedCharacters) return;
    this.#characters = 0;
    this.#beginning = null;
  }
}

/** About how many characters a result has. It may hold what a learner stored, and so numbers that are too long for JSON. */
function charactersOf(result: unknown): number {
  const text = JSON.stringify(result, (_key, member: unknown) => (typeof member === 'bigint' ? `${member}` : member));
  return text?.length ?? 0;
}

class RememberingActor<Result> implements ScenarioActor<Result> {
  readonly #memory: RememberedScenario<Result>;
  #desk: ScenarioDesk | null = null;
  /** The scenario's current moment; null before it has begun. */
  #at: ScenarioMoment<Result> | null = null;
  #told: Told[] = [];
  #requests = 0;
  #rehearsal: Rehearsal<Result> | null = null;
  /** Moments that have begun and are not over. */
  #opened: ScenarioMoment<Result>[] = [];
  outcome: ScenarioOutcome<Result> = {};

  constructor(memory: RememberedScenario<Result>) {
    this.#memory = memory;
  }

  enter(desk: ScenarioDesk): void {
    this.#desk = desk;
  }

  goOn(): void | Promise<void> {
    const told = this.#told;
    if (this.#at !== null && told.length === 0 && this.#rehearsal === null) return;
    this.#told = [];
    return this.#rehearsal === null ? this.#recall(told) : this.#improvise(this.#rehearsal.goOn(told));
  }

  /** Null while the scenario really runs, as its promises can't be put back, and where it has been forgotten meanwhile. */
  checkpoint(): PutBack | null {
    const at = this.#at;
    if (this.#rehearsal !== null || at === null) return null;
    const told = [...this.#told];
    const requests = this.#requests;
    const { outcome } = this;
    const isRemembered = this.#memory.stillRemembers();
    return () => {
      if (!isRemembered()) return false;
      this.#rehearsal = null;
      this.#opened = [];
      this.#at = at;
      this.#told = [...told];
      this.#requests = requests;
      this.outcome = outcome;
      return true;
    };
  }

  /** Does what the scenario did before, as far as that is known. */
  #recall(told: readonly Told[]): void | Promise<void> {
    const moment = this.#memory.after(this.#at, told);
    if (moment === undefined) return this.#rehearse(told);
    this.#at = moment;
    if (moment.outcome !== null) this.outcome = moment.outcome;
    const desk = this.#place();
    for (const act of moment.acts) {
      if (act.kind === 'look') return this.#recall([{ request: SEEN, value: desk.downstream(act.downstream) }]);
      if (act.kind === 'note') {
        desk.note(act.text);
        continue;
      }
      const request = this.#requests;
      this.#requests += 1;
      requestAtDesk(desk, act, (value) => this.#hear(request, value));
    }
  }

  #hear(request: number, value: unknown): void {
    this.#told.push({ request, value });
  }

  #place(): ScenarioDesk {
    invariant(this.#desk !== null, 'a scenario went on before it had entered');
    return this.#desk;
  }

  #rehearse(news: readonly Told[]): Promise<void> {
    const stage = {
      desk: this.#place(),
      hear: (request: number, value: unknown) => this.#hear(request, value),
      open: (told: readonly Told[]) => this.#open(told),
    };
    this.#rehearsal = new Rehearsal(this.#memory.play, stage, this.#at, news);
    return this.#improvise(this.#rehearsal.begin());
  }

  #open(told: readonly Told[]): ScenarioMoment<Result> {
    this.#at = this.#memory.extend(this.#at, told);
    this.#opened.push(this.#at);
    return this.#at;
  }

  async #improvise(done: Promise<void>): Promise<void> {
    await done;
    const outcome = frozen(this.#at?.outcome ?? null);
    if (outcome !== null) this.outcome = outcome;
    for (const moment of this.#opened) this.#memory.weigh(moment);
    this.#opened = [];
  }
}
