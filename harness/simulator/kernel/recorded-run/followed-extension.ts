/**
 * Runs one linear extension of a recorded run: the same steps in another order, with the same answers.
 *
 * Follows the names of the events. If the run does not offer the next of them, or does not ask a question whose answer was not the ordinary one, the
 * run is cut: then the two orders were not in one equivalence class after all. Questions with the ordinary answer may come and go with the budget of faults.
 */

import type { AgendaEvent } from '../agenda.ts';
import type { Choices, NamedOption, Pick } from '../choices.ts';
import {
  type EventName,
  EventNames,
  optionNamed,
  type RecordedAnswer,
  type RecordedAnswers,
  type Scheduler,
} from './recorded-run.ts';

/** The steps of a recorded run, in an order that its happens-before relation allows. */
export interface LinearExtension {
  /** The steps in their order, by their places in the recorded run. */
  readonly places: readonly number[];
  /** By place: the name of the event. */
  readonly names: readonly EventName[];
  readonly answers: RecordedAnswers;
}

export class FollowedExtension implements Choices {
  readonly record: Pick[] = [];
  readonly #extension: LinearExtension;
  readonly #events = new EventNames();
  readonly #asked = new Map<Scheduler, number>();
  #done = 0;
  #strayed = false;

  constructor(extension: LinearExtension) {
    this.#extension = extension;
  }

  /** Whether everything has come as it was recorded, up to now. */
  get isFaithful(): boolean {
    return !this.#strayed;
  }

  pick(reason: string, of: number, named?: readonly NamedOption[]): number {
    if (of === 1) return 0;
    const recorded = this.#recordedFor(reason);
    // A step that was not asked when it was recorded may be asked now: then the budget of faults had been used up already.
    const chosen = recorded === undefined ? 0 : optionNamed(recorded.name, of, named);
    if (chosen < 0) this.#strayed = true;
    this.record.push({ reason, of, chosen: Math.max(0, chosen) });
    return Math.max(0, chosen);
  }

  /**
   * The next recorded answer to such a question. Recorded questions before it that are not asked now were answered with the ordinary course: the
   * budget of their faults is used up in this order.
   */
  #recordedFor(reason: string): RecordedAnswer | undefined {
    const { scheduler } = this.#events;
    const answers = this.#extension.answers.get(scheduler) ?? [];
    const from = this.#asked.get(scheduler) ?? 0;
    const at = answers.findIndex((answer, place) => place >= from && (answer.reason === reason || answer.chosen > 0));
    const answer = answers[at];
    if (answer?.reason !== reason) return undefined;
    this.#asked.set(scheduler, at + 1);
    return answer;
  }

  /** Whether a question was recorded that was not asked, and answered with more than the ordinary course. */
  #lacksAnswer(): boolean {
    const { scheduler } = this.#events;
    const answers = this.#extension.answers.get(scheduler) ?? [];
    return answers.slice(this.#asked.get(scheduler) ?? 0).some(({ chosen }) => chosen > 0);
  }

  next(possible: readonly AgendaEvent[]): number | null {
    if (this.#lacksAnswer()) this.#strayed = true;
    const place = this.#extension.places[this.#done];
    const chosen = place === undefined ? -1 : this.#events.of(possible).indexOf(this.#extension.names[place] ?? '');
    if (place === undefined || chosen < 0) {
      this.#strayed = true;
      return null;
    }
    this.#done += 1;
    this.#events.began(place);
    if (possible.length > 1) this.record.push({ reason: 'next', of: possible.length, chosen });
    return chosen;
  }

  rest(): void {
    if (this.#lacksAnswer()) this.#strayed = true;
    this.#events.rested();
  }
}
