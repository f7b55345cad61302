/**
 * What all services together show of one trace: each service is asked, and the one that has words is used.
 *
 * A pure function of the trace. It names no service; a new service takes part by its line in the registry.
 */

import type {
  Access,
  Brought,
  ByKind,
  CallSeen,
  Did,
  EntrySeen,
  FaultSeen,
  Incident,
  NoteWords,
  RowWords,
  Shown,
  SpanOpening,
  StepSeen,
  ViewerLane,
} from '../contract/shown.ts';
import { type Actor, type Noted, type RunEvent, SCENARIO } from '../contract/trace-entry.ts';
import { SERVICES } from './all.ts';

type Entry = EntrySeen<Noted>;
type Step = StepSeen<Noted>;

interface ShownService extends Shown<Noted> {
  readonly api: string;
}

/** The words for one trace. Created once for a trace and asked for each of its entries. */
export class ShownTrace {
  readonly #services: readonly ShownService[];
  readonly #verbs: Readonly<Record<string, string>>;
  readonly #rows: ByKind<Noted, RowWords | null>;
  readonly #notes: ByKind<Noted, NoteWords | null>;
  /** The kinds of events that decide a step's row before others do, the strongest first. */
  readonly leads: readonly string[];

  constructor(trace: readonly Entry[]) {
    // If two modules share one API, the one with `claims` is asked first, as for the calls themselves.
    const inOrder = [...SERVICES].sort((a, b) => Number(a.claims === undefined) - Number(b.claims === undefined));
    this.#services = inOrder.flatMap(({ service, shown }) =>
      shown === undefined ? [] : [{ ...shown(trace), api: service }],
    );
    this.#verbs = Object.assign({}, ...this.#services.map(({ verbs }) => verbs));
    this.#rows = Object.assign({}, ...this.#services.map(({ rows }) => rows));
    this.#notes = Object.assign({}, ...this.#services.map(({ notes }) => notes));
    this.leads = this.#services.flatMap(({ leads = [] }) => leads);
  }

  /** Collects what the services need to know about a step before they describe it. */
  step(entries: readonly Entry[]): Step {
    const begun = this.#first((it): Actor | null => it.begun?.(entries) ?? null);
    const brought = this.#first((it): Brought | null => it.brought?.(entries) ?? null);
    return { entries, begun, brought };
  }

  /** Whether the scenario only reads the result with this call. */
  isOnlyALook({ actor, event }: CallSeen): boolean {
    if (actor !== SCENARIO) return false;
    return this.#services.some(({ api, looks = [] }) => api === event.service && looks.includes(event.operation));
  }

  rowOfCall(call: CallSeen, step: Step): RowWords {
    return this.#first((it) => it.rowOfCall?.(call, step) ?? null) ?? this.#plainRow(call);
  }

  #plainRow({ actor, event: { operation, answer } }: CallSeen): RowWords {
    const verb = this.#verbs[operation] ?? operation;
    if (answer?.ok === false) return { actor, text: `${verb} ✗ ${answer.error.code}`, kind: 'trouble' };
    return { actor, text: verb, kind: 'call' };
  }

  rowOfFault(fault: FaultSeen, step: Step): RowWords | null {
    return this.#first((it) => it.rowOfFault?.(fault, step) ?? null);
  }

  rowOf(entry: Entry, step: Step): RowWords | null {
    return this.#rows[entry.event.kind]?.(entry, step) ?? null;
  }

  noteOf(entry: Entry, step: Step): NoteWords | null {
    return this.#notes[entry.event.kind]?.(entry, step) ?? null;
  }

  sourceOf(entries: readonly Entry[]): string | null {
    return this.#first((it) => it.source?.(entries) ?? null);
  }

  lookedInto(call: CallSeen): string | null {
    return this.#first((it) => it.lookedInto?.(call) ?? null);
  }

  isSource(lane: string): boolean {
    return this.#services.some((it) => it.isSource?.(lane) === true);
  }

  incidentOf(entry: Entry, at: string): Incident | null {
    return this.#first((it) => it.incident?.(entry, at) ?? null);
  }

  sayFault(fault: FaultSeen, at: string): string | null {
    return this.#first((it) => it.sayFault?.(fault, at) ?? null);
  }

  /** The name by which readers know something that a service hands out: «message 1». */
  nameOf(id: string): string | null {
    return this.#first((it) => it.nameOf?.(id) ?? null);
  }

  sayEndless(): string | null {
    return this.#first((it) => it.sayEndless?.() ?? null);
  }

  /** All accesses to items, in the order in which they took effect. */
  accesses(): readonly Access[] {
    const all = this.#services.flatMap((it) => it.accesses?.() ?? []);
    return all.sort((a, b) => a.entry.seq - b.entry.seq);
  }

  did(event: Noted | RunEvent): Did | null {
    return this.#first((it) => it.did?.(event) ?? null);
  }

  opens(entry: Entry): SpanOpening | null {
    return this.#first((it) => it.opens?.(entry) ?? null);
  }

  closes(event: Noted | RunEvent): string | null {
    return this.#first((it) => it.closes?.(event) ?? null);
  }

  viewerLane(event: Noted | RunEvent): ViewerLane | null {
    return this.#first((it) => it.viewerLane?.(event) ?? null);
  }

  #first<Words>(asked: (service: ShownService) => Words | null): Words | null {
    for (const service of this.#services) {
      const words = asked(service);
      if (words !== null) return words;
    }
    return null;
  }
}
