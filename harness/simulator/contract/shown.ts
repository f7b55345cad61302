/**
 * How people see what a service does: the rows of a drawing, the sentences of an explanation, the spans of a trace viewer.
 *
 * A service describes its own events and calls, and knows no lab, column or colour. If several services take part in one step,
 * the drawing joins their words. Everything is a pure function of one trace.
 */

import type { Item } from './items.ts';
import type { Actor, EntryOf, Frame, Noted, RunEvent } from './trace-entry.ts';

/** A trace entry as a service sees it: one of its own events, or one of the world's. */
export type EntrySeen<Event extends Noted> = EntryOf<RunEvent | Event>;

/** A call that took effect. */
export type CallSeen = EntryOf<RunEvent & { readonly kind: 'call-applied' }>;
/** A fault that struck. */
export type FaultSeen = EntryOf<RunEvent & { readonly kind: 'fault' }>;

/** One step of a trace, with what all services together say about it. */
export interface StepSeen<Event extends Noted> {
  readonly entries: readonly EntrySeen<Event>[];
  /** The invocation that begins in this step. */
  readonly begun: Actor | null;
  /** What the invocation begins with, or what a source hands out: «message 1», «messages 1 and 2». */
  readonly brought: Brought | null;
}

export interface Brought {
  readonly words: string;
  /** Whether it was handed out before. */
  readonly isAgain: boolean;
}

/** A row of the drawing. */
export interface RowWords {
  readonly actor: Actor;
  /** «get → nothing». */
  readonly text: string;
  readonly kind: 'start' | 'call' | 'trouble';
  /** What the step changed in another lane. */
  readonly effect?: RowEffect;
}

/** What a step did to something that AWS or a downstream stores, and the resulting state. */
export interface RowEffect {
  /** «table Debits», «gateway». */
  readonly lane: string;
  readonly in: 'table' | 'downstream';
  readonly text: string;
}

/** A line of the drawing without a number, for something else that happened in a step. */
export interface NoteWords {
  readonly actor: Actor;
  readonly text: string;
}

/** What happened to an invocation, a message or an event: one sentence of an explanation. */
export interface Incident {
  readonly sentence: string;
  readonly frame?: Frame;
  /** The actor that it happened to; null if there is none. */
  readonly actor: Actor | null;
  /** The end of the sentence, which several incidents may share: « failed at src/bump.ts:14 with TypeError: …». */
  readonly shared?: string;
  /** The incident is a fault that the schedule chose. */
  readonly fault?: true;
  /** The incident is a call that its sender did not wait for. */
  readonly leftBehind?: true;
  /** What to do about it, if the error alone says so. */
  readonly advice?: string;
}

/** The beginning of a span in a trace viewer. */
export interface SpanOpening {
  /** The key by which the span's end is found. */
  readonly key: string;
  /** The actor or the part of AWS that the span belongs to. */
  readonly lane: ViewerLane;
  readonly name: string;
}

/** Where a trace viewer shows something: at an actor of the run, or at a part of AWS. */
export interface ViewerLane {
  readonly side: 'actors' | 'aws';
  readonly name: string;
}

/** What code did, in words that follow a name: «called PutItem». `value` distinguishes two acts with the same words. */
export interface Did {
  readonly words: string;
  readonly value?: unknown;
}

/** One call's access to one item that a service stores. */
export interface Access {
  readonly entry: CallSeen;
  readonly actor: Actor;
  /** The footprint's path: the same item has the same path in the whole trace. */
  readonly path: string;
  readonly kind: 'read' | 'write' | 'refused-write';
  readonly operation: string;
  /** For a read: the item that it saw. For a write: the item before it. Null: there was none. */
  readonly seen: Item | null;
  /** For a write: the item after it. */
  readonly after: Item | null;
  readonly key: Item | null;
  /** The write's condition, if it had one. */
  readonly condition: string | null;
  /** Whether the write replaces the item without reading it, unlike arithmetic in the service. */
  readonly overwrites: boolean;
}

/**
 * Words for one kind of event. A method type, since a list of services erases their event types; each method receives only its
 * own kind.
 */
type Words<Kind, Event extends Noted, Result> = {
  say(entry: EntryOf<Event & { readonly kind: Kind }>, step: StepSeen<Event>): Result;
}['say'];

/** Words for some of the kinds of events. */
export type ByKind<Event extends Noted, Result> = {
  readonly [Kind in Event['kind']]?: Words<Kind, Event, Result>;
};

/** What a service shows of one trace. Every member is optional; the plain words are the default. */
export interface Shown<Event extends Noted> {
  /** Short words for operations: `GetItem` is «get». */
  readonly verbs?: Readonly<Record<string, string>>;
  /** Operations with which a scenario only reads the result; the drawing leaves them out. */
  readonly looks?: readonly string[];
  /** The row of a call of the service's API; null if it has no words for this call, or the call belongs to another service. */
  rowOfCall?(call: CallSeen, step: StepSeen<Event>): RowWords | null;
  /** The row of a fault that struck neither a call nor an invocation; null if another service made the fault. */
  rowOfFault?(fault: FaultSeen, step: StepSeen<Event>): RowWords | null;
  /** The row of a step in which no call took effect. */
  readonly rows?: ByKind<Event, RowWords | null>;
  /** The kinds of events that decide the row of a step regardless of the entries before them, the strongest first. */
  readonly leads?: readonly Event['kind'][];
  /** Lines for the other things that happened in a step. */
  readonly notes?: ByKind<Event, NoteWords | null>;
  /** The invocation that begins in a step. */
  begun?(entries: readonly EntrySeen<Event>[]): Actor | null;
  /** What a step hands out. */
  brought?(entries: readonly EntrySeen<Event>[]): Brought | null;
  /** The lane from which a step took its input: «queue Orders». */
  source?(entries: readonly EntrySeen<Event>[]): string | null;
  /** The lane that a scenario's call read: «table Counters». */
  lookedInto?(call: CallSeen): string | null;
  /** Whether the name is that of a lane from which others take their input. */
  isSource?(lane: string): boolean;

  /** One sentence for an event; `at` is « at step 4», or empty. */
  incident?(entry: EntrySeen<Event>, at: string): Incident | null;
  /** The sentence for a fault that this service made; null if another service made it. */
  sayFault?(fault: FaultSeen, at: string): string | null;
  /** The name by which readers know something that the service handed out, by its id; null if it handed out no such thing. */
  nameOf?(id: string): string | null;
  /** Why a run does not end; null if this service is not the reason. */
  sayEndless?(): string | null;
  /** All accesses to the items that the service stores, in order. */
  accesses?(): readonly Access[];
  /** What code did, if an event shows it. */
  did?(event: Event | RunEvent): Did | null;

  /** The span that an entry opens. */
  opens?(entry: EntrySeen<Event>): SpanOpening | null;
  /** The key of the span that an event ends. */
  closes?(event: Event | RunEvent): string | null;
  /** The lane of an event that is no span; null: its actor's lane. */
  viewerLane?(event: Event | RunEvent): ViewerLane | null;
}
