/**
 * Lets the events of a noted run come in another order, as far as they come at all: what happens otherwise may lead elsewhere.
 *
 * Of what is possible, the event that stands first in the list comes next; if none of the list is possible, the ordinary
 * course goes on. Questions are answered as they were.
 */

import type { AgendaEvent } from '../agenda.ts';
import type { Choices, Pick } from '../choices.ts';
import { type Answers, type EventName, EventNames, type Maker, optionNamed } from './recorded-run.ts';

export interface PreferredSteps {
  /** The name of the event of each place. */
  readonly names: readonly EventName[];
  /** The order in which the places should come. Those that are missing come when nothing else can. */
  readonly places: readonly number[];
  readonly answers: Answers;
  /** Nothing of what was asked of these is answered as it was: the ordinary course is taken. */
  readonly without?: ReadonlySet<Maker>;
}

export class PreferredOrder implements Choices {
  readonly record: Pick[] = [];
  readonly #steps: PreferredSteps;
  readonly #events = new EventNames();
  readonly #asked = new Map<Maker, number>();
  readonly #came: number[] = [];

  constructor(steps: PreferredSteps) {
    this.#steps = steps;
  }

  /** The places of all steps that came, in their order; what was not in the noted run has places beyond it. */
  get came(): readonly number[] {
    return this.#came;
  }

  pick(reason: string, of: number, names?: readonly string[]): number {
    if (of === 1) return 0;
    const maker = this.#events.maker;
    const asked = this.#asked.get(maker) ?? 0;
    this.#asked.set(maker, asked + 1);
    const noted = this.#steps.without?.has(maker) === true ? undefined : this.#steps.answers.get(maker)?.[asked];
    const chosen = noted?.reason === reason ? Math.max(0, optionNamed(noted.name, of, names)) : 0;
    this.record.push({ reason, of, chosen });
    return chosen;
  }

  next(possible: readonly AgendaEvent[]): number {
    const names = this.#events.of(possible);
    const place = this.#steps.places.find(
      (wanted) => !this.#came.includes(wanted) && names.includes(this.#steps.names[wanted] ?? ''),
    );
    const chosen = place === undefined ? 0 : names.indexOf(this.#steps.names[place] ?? '');
    const known = this.#steps.names.indexOf(names[chosen] ?? '');
    const came = known >= 0 ? known : this.#steps.names.length + this.#came.length;
    this.#came.push(came);
    this.#events.began(came);
    if (possible.length > 1) this.record.push({ reason: 'next', of: possible.length, chosen });
    return chosen;
  }

  rest(): void {
    this.#events.rested();
  }
}
