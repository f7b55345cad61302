/**
 * Replays a recorded run in an order that may belong to another equivalence class, as far as that order can be followed: a race
 * is reversed, or a fault is left out, and what follows from it may differ.
 *
 * Of the events that are possible, the one that stands first in the wanted order comes next; if none of them stands there, the
 * ordinary course goes on. Questions are answered as they were.
 */

import type { AgendaEvent } from '../agenda.ts';
import type { Choices, NamedOption, Pick } from '../choices.ts';
import { type EventName, EventNames, optionNamed, type RecordedAnswers, type Scheduler } from './recorded-run.ts';

export interface WantedReplay {
  /** By place in the recorded run: the name of the event. */
  readonly names: readonly EventName[];
  /** The order in which the places should come. A place that is missing comes only when no other event is possible. */
  readonly places: readonly number[];
  readonly answers: RecordedAnswers;
  /** The questions of these steps are answered with the ordinary course, and not as they were. */
  readonly without?: ReadonlySet<Scheduler>;
}

export class BestEffortReplay implements Choices {
  readonly record: Pick[] = [];
  readonly #wanted: WantedReplay;
  readonly #events = new EventNames();
  readonly #asked = new Map<Scheduler, number>();
  readonly #came: number[] = [];

  constructor(wanted: WantedReplay) {
    this.#wanted = wanted;
  }

  /** The places of all steps that came, in their order; a step that the recorded run did not have gets a place beyond it. */
  get came(): readonly number[] {
    return this.#came;
  }

  pick(reason: string, of: number, named?: readonly NamedOption[]): number {
    if (of === 1) return 0;
    const scheduler = this.#events.scheduler;
    const asked = this.#asked.get(scheduler) ?? 0;
    this.#asked.set(scheduler, asked + 1);
    const recorded =
      this.#wanted.without?.has(scheduler) === true ? undefined : this.#wanted.answers.get(scheduler)?.[asked];
    const chosen = recorded?.reason === reason ? Math.max(0, optionNamed(recorded.name, of, named)) : 0;
    this.record.push({ reason, of, chosen });
    return chosen;
  }

  next(possible: readonly AgendaEvent[]): number {
    const names = this.#events.of(possible);
    const place = this.#wanted.places.find(
      (wanted) => !this.#came.includes(wanted) && names.includes(this.#wanted.names[wanted] ?? ''),
    );
    const chosen = place === undefined ? 0 : names.indexOf(this.#wanted.names[place] ?? '');
    const known = this.#wanted.names.indexOf(names[chosen] ?? '');
    const came = known >= 0 ? known : this.#wanted.names.length + this.#came.length;
    this.#came.push(came);
    this.#events.began(came);
    if (possible.length > 1) this.record.push({ reason: 'next', of: possible.length, chosen });
    return chosen;
  }

  rest(): void {
    this.#events.rested();
  }
}
