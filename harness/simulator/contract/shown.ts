/**
 * How people see what a service does: the rows of a drawing, the sentences of an explanation, the spans of a trace viewer.
 *
 * A service shows its own events and calls and knows no lab, no column and no colour; where several services have a part in one step,
 * the drawing puts their words together. Everything is a pure function of the trace that it was made for.
 */

import type { Item } from './items.ts';
import type { Actor, EntryOf, Frame, Noted, RunEvent } from './trace-entry.ts';

/** An entry as a service sees it: its own events and the world's; events of other services pass by unread. */
export type EntrySeen<Event extends Noted> = EntryOf<RunEvent | Event>;

/** A call that took effect. */
export type CallSeen = EntryOf<RunEvent & { readonly kind: 'call-applied' }>;
/** A fault that struck. */
export type FaultSeen = EntryOf<RunEvent & { readonly kind: 'fault' }>;

/** One step of a trace, and what all services together say of it. */
export interface StepSeen<Event extends Noted> {
  readonly entries: readonly EntrySeen<Event>[];
  /** The invocation that begins in this step. */
  readonly begun: Actor | null;
  /** What it begins with, or what is handed out: «message 1», «messages 1 and 2». */
  readonly brought: Brought | null;
}

export interface Brought {
  readonly words: string;
  /** It was handed out before. */
  readonly isAgain: boolean;
}

/** A row of the drawing. */
export interface RowWords {
  readonly actor: Actor;
  /** «get → nothing». */
  readonly text: string;
  readonly kind: 'start' | 'call' | 'trouble';
  /** What the step did elsewhere. */
  readonly effect?: RowEffect;
}

/** What a step did to something that AWS or a downstream keeps, and how that stands afterwards. */
export interface RowEffect {
  /** «table Debits», «gateway». */
  readonly lane: string;
  readonly in: 'table' | 'downstream';
  readonly text: string;
}

/** A line of the drawing without a number, for what else happened in a step. */
export interface NoteWords {
  readonly actor: Actor;
  readonly text: string;
}

/** What happened to an invocation, a message, an event: one sentence of an explanation. */
export interface Incident {
  readonly sentence: string;
  readonly frame?: Frame;
  /** The actor that it happened to; null for none in particular. */
  readonly actor: Actor | null;
  /** The end of the sentence, where several may share it: « failed at src/bump.ts:14 with TypeError: …». */
  readonly shared?: string;
  /** The world did it, by a choice of the schedule. */
  readonly fault?: true;
  /** What to do about it, if the error alone tells. */
  readonly advice?: string;
}

/** The beginning of a span in a trace viewer. */
export interface SpanOpening {
  /** By which its end is known. */
  readonly key: string;
  /** The actor or the part of AWS that it belongs to. */
  readonly lane: ViewerLane;
  readonly name: string;
}

/** Where a trace viewer shows something: at an actor of the run, or at a part of AWS. */
export interface ViewerLane {
  readonly side: 'actors' | 'aws';
  readonly name: string;
}

/** What somebody's code did, in words that stand after a name: «called PutItem». `value` tells two such doings apart. */
export interface Did {
  readonly words: string;
  readonly value?: unknown;
}

/** One call's access to one item that a service keeps. */
export interface Access {
  readonly entry: CallSeen;
  readonly actor: Actor;
  /** The footprint's path: the same item has the same path in the whole trace. */
  readonly path: string;
  readonly kind: 'read' | 'write' | 'refused-write';
  readonly operation: string;
  /** For a read: the item as it was seen. For a write: as it was before. Null: there was none. */
  readonly seen: Item | null;
  /** For a write: the item afterwards. */
  readonly after: Item | null;
  readonly key: Item | null;
  /** The write's condition, if it had one. */
  readonly condition: string | null;
  /** The write replaces what it doesn't know: no arithmetic of the service's own. */
  readonly overwrites: boolean;
}

/** Words for one kind of event. A method, since a list of services erases what events they are: each is given its own only. */
type Words<Kind, Event extends Noted, Result> = {
  say(entry: EntryOf<Event & { readonly kind: Kind }>, step: StepSeen<Event>): Result;
}['say'];

/** Words for some of the kinds of events. */
export type ByKind<Event extends Noted, Result> = {
  readonly [Kind in Event['kind']]?: Words<Kind, Event, Result>;
};

/** What a service shows of one trace. Everything may be left out: then the plain words stand. */
export interface Shown<Event extends Noted> {
  /** Short words for operations: `GetItem` is «get». */
  readonly verbs?: Readonly<Record<string, string>>;
  /** Operations by which a scenario only looks what came of it: no step of the story. */
  readonly looks?: readonly string[];
  /** The row of a call of its API; null: it has no words for this call, or the call is another's. */
  rowOfCall?(call: CallSeen, step: StepSeen<Event>): RowWords | null;
  /** The row of a fault that struck neither a call nor an invocation; null: it is another service's. */
  rowOfFault?(fault: FaultSeen, step: StepSeen<Event>): RowWords | null;
  /** The row of a step in which no call took effect. */
  readonly rows?: ByKind<Event, RowWords | null>;
  /** Of those, the kinds that give a step its row whatever came before them, the strongest first. */
  readonly leads?: readonly Event['kind'][];
  /** What else happened in a step. */
  readonly notes?: ByKind<Event, NoteWords | null>;
  /** The invocation that begins in a step. */
  begun?(entries: readonly EntrySeen<Event>[]): Actor | null;
  /** What a step hands out. */
  brought?(entries: readonly EntrySeen<Event>[]): Brought | null;
  /** The lane from which a step took what it began with: «queue Orders». */
  source?(entries: readonly EntrySeen<Event>[]): string | null;
  /** The lane of what a call of the scenario looked at: «table Counters». */
  lookedInto?(call: CallSeen): string | null;
  /** Whether it is the name of a lane of its own from which others take what they begin with. */
  isSource?(lane: string): boolean;

  /** One sentence for an event; `at` is « at step 4», or nothing. */
  incident?(entry: EntrySeen<Event>, at: string): Incident | null;
  /** The sentence for a fault that this service has made; null: it is another's. */
  sayFault?(fault: FaultSeen, at: string): string | null;
  /** The name that readers know for something that it hands out, by its id; null if there is no such thing. */
  nameOf?(id: string): string | null;
  /** Why a run has no end; null: not because of this service. */
  sayEndless?(): string | null;
  /** All accesses to the items that it keeps, in order. */
  accesses?(): readonly Access[];
  /** What code did, if an event says so. */
  did?(event: Event | RunEvent): Did | null;

  /** The beginning of a span. */
  opens?(entry: EntrySeen<Event>): SpanOpening | null;
  /** The key of the span that ends with an event. */
  closes?(event: Event | RunEvent): string | null;
  /** The lane of an event that is no span; null: its actor's. */
  viewerLane?(event: Event | RunEvent): ViewerLane | null;
}
