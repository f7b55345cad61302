/**
 * Coarse identity of steps, for counting: the same step of two runs has one key, even if a few other steps differ between them.
 *
 * A step is identified by the step that scheduled it and by its label without numbers, since these are often given in the order
 * of what happens; of several steps that are alike, by its place among them. This is looser than `event-identity.ts`, whose keys
 * also tell what else was scheduled: nothing is proved by these keys.
 */

import type { AgendaEvent, AgendaKind } from '../agenda.ts';
import { BEGINNING, EventIdentities } from '../source-dpor/event-identity.ts';

/** The most steps of one scheduler that can be alike and told apart. */
const ALIKE = 512;

/** The keys of all runs of an exploration. */
export class CoarseIdentities {
  readonly #identities = new EventIdentities();
  readonly #labels = new Map<string, number>();
  /** By kind: an event that waits for its instant may have the label of one that does not. */
  readonly #numberOfLabel: Readonly<Record<AgendaKind, Map<string, number>>> = {
    step: new Map(),
    sleep: new Map(),
    deadline: new Map(),
  };

  get size(): number {
    return this.#identities.size;
  }

  /** The key of an event: the `place`th with this label number among all that one step scheduled. */
  keyOf(scheduledBy: number, label: number, place: number): number {
    return this.#identities.keyOf(scheduledBy, label * ALIKE + Math.min(place, ALIKE - 1));
  }

  /** The key under which the nth rest schedules events. */
  ofRest(nth: number): number {
    return this.#identities.keyOf(BEGINNING, -nth);
  }

  /** A number for what an event is: its kind, and its label without numbers. */
  labelOf({ kind, label }: AgendaEvent): number {
    const known = this.#numberOfLabel[kind].get(label);
    if (known !== undefined) return known;
    const name = `${kind} ${label.replaceAll(/\d+/g, '')}`;
    const number = this.#labels.get(name) ?? this.#labels.size + 1;
    this.#labels.set(name, number);
    this.#numberOfLabel[kind].set(label, number);
    return number;
  }
}

/** The keys of the events of one run, while it goes on. */
export class CoarseIdentitiesOfRun {
  readonly #identities: CoarseIdentities;
  /** By the number of each step, from 1: the key under which the events that it schedules are identified. */
  readonly #keys: number[] = [BEGINNING];
  readonly #keyOfEvent = new Map<AgendaEvent, number>();
  readonly #seen = new Map<number, number>();
  #rests = 0;

  constructor(identities: CoarseIdentities) {
    this.#identities = identities;
  }

  /** Gives every event that is new here its key. */
  see(possible: readonly AgendaEvent[]): void {
    const fresh = possible.filter((event) => !this.#keyOfEvent.has(event));
    if (fresh.length > 1) fresh.sort((a, b) => a.seq - b.seq);
    for (const event of fresh) this.#keyOfEvent.set(event, this.#identify(event));
  }

  /** The key of the step that runs now. */
  ran(event: AgendaEvent): number {
    const key = this.#keyOfEvent.get(event) ?? this.#identify(event);
    this.#keys.push(key);
    return key;
  }

  rest(): void {
    this.#rests += 1;
    this.#keys[this.#keys.length - 1] = this.#identities.ofRest(this.#rests);
  }

  #identify(event: AgendaEvent): number {
    const scheduledBy = this.#keys[event.scheduledInStep] ?? BEGINNING;
    const label = this.#identities.labelOf(event);
    const first = this.#identities.keyOf(scheduledBy, label, 0);
    // The schedulers may be alike, too, and share a key; then the events that they scheduled are told apart by their order.
    const place = this.#seen.get(first) ?? 0;
    this.#seen.set(first, place + 1);
    return place === 0 ? first : this.#identities.keyOf(scheduledBy, label, place);
  }
}
