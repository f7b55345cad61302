/**
 * Names of steps for counting: the same step of two runs has one name, also where a little else went otherwise in between.
 *
 * A step is named by who put it on the agenda and by what it is, its numbers taken away, since those are often given in the
 * order of what happens; of several that are alike, by its place among them. Looser than `event-keys.ts`, whose names also
 * tell what else was put on the agenda: nothing is proved by these.
 */

import type { AgendaEvent } from '../agenda.ts';
import { BEGINNING, EventKeys } from '../source-dpor/event-identity.ts';

/** So many steps of one maker can be alike. */
const ALIKE = 512;

/** Names for all runs of an exploration. */
export class StepNames {
  readonly #keys = new EventKeys();
  readonly #kinds = new Map<string, number>();
  readonly #kindOfLabel = new Map<string, number>();

  get size(): number {
    return this.#keys.size;
  }

  /** The key of what is the `place`th of its kind that somebody put on the agenda. */
  keyOf(madeBy: number, kind: number, place: number): number {
    return this.#keys.keyOf(madeBy, kind * ALIKE + Math.min(place, ALIKE - 1));
  }

  afterRest(nth: number): number {
    return this.#keys.keyOf(BEGINNING, -nth);
  }

  kindOf({ kind, label }: AgendaEvent): number {
    const known = this.#kindOfLabel.get(label);
    if (known !== undefined) return known;
    const name = `${kind} ${label.replaceAll(/\d+/g, '')}`;
    const number = this.#kinds.get(name) ?? this.#kinds.size + 1;
    this.#kinds.set(name, number);
    this.#kindOfLabel.set(label, number);
    return number;
  }
}

/** Names while one run goes on. */
export class NamesOfRun {
  readonly #names: StepNames;
  /** The keys of those whose doing is put on the agenda, by step. */
  readonly #makers: number[] = [BEGINNING];
  readonly #keyOfEvent = new Map<AgendaEvent, number>();
  readonly #seen = new Map<number, number>();
  #rests = 0;

  constructor(names: StepNames) {
    this.#names = names;
  }

  /** Gives every event that is new here its name. */
  see(possible: readonly AgendaEvent[]): void {
    const fresh = possible.filter((event) => !this.#keyOfEvent.has(event));
    if (fresh.length > 1) fresh.sort((a, b) => a.seq - b.seq);
    for (const event of fresh) this.#keyOfEvent.set(event, this.#nameOf(event));
  }

  /** The key of the step that runs now. */
  ran(event: AgendaEvent): number {
    const key = this.#keyOfEvent.get(event) ?? this.#nameOf(event);
    this.#makers.push(key);
    return key;
  }

  rest(): void {
    this.#rests += 1;
    this.#makers[this.#makers.length - 1] = this.#names.afterRest(this.#rests);
  }

  #nameOf(event: AgendaEvent): number {
    const madeBy = this.#makers[event.scheduledInStep] ?? BEGINNING;
    const kind = this.#names.kindOf(event);
    const first = this.#names.keyOf(madeBy, kind, 0);
    // The makers of a run may be alike, too; then what they put on the agenda is told apart by who came first.
    const place = this.#seen.get(first) ?? 0;
    this.#seen.set(first, place + 1);
    return place === 0 ? first : this.#names.keyOf(madeBy, kind, place);
  }
}
