/**
 * Why a run went wrong, in sentences that name the numbered steps, and the learner's line to look at first.
 *
 * Pure. It knows patterns that show in any lab's trace (a stale write, a refused write, a crash …) and no lab by name. It
 * claims only what the trace shows. It names a counterfactual only if the caller has tried it.
 */

import type { Violation } from '../../course/lab.ts';
import type { Access, Incident } from '../../simulator/contract/shown.ts';
import type { Frame } from '../../simulator/contract/trace-entry.ts';
import { ShownTrace } from '../../simulator/services/shown.ts';
import type { Trace } from '../../simulator/trace.ts';
import { incidents } from './incidents.ts';
import { type Numbering, numberingOf } from './numbering.ts';
import { explainRefusal, type RefusedInvocation, refusalCodeOf, refusals } from './refused-write.ts';
import { repeatedAsks } from './repeated-asks.ts';
import type { Conflict, Saving } from './saving.ts';
import { saySaving } from './saving-words.ts';
import { explainStaleWrites, staleWrites } from './stale-write.ts';

export interface Explanation {
  readonly because: readonly string[];
  /** What to do about the first thing that went wrong, if it has a remedy of its own. It is part of `because` too. */
  readonly advice?: string;
  readonly frame?: Frame;
  readonly conflict?: Conflict;
  /** The same two steps, if the run was tried with them swapped and everything held. */
  readonly swap?: Conflict;
}

export interface ExplainOptions {
  /** The number that a reader sees for a step; by default that of the drawing. */
  readonly numbering?: Numbering;
  /** A counterfactual that the caller has run: no check was broken. */
  readonly saving?: Saving;
}

type NumberedOptions = ExplainOptions & { readonly numbering: Numbering };

/** A reader takes in this many sentences at most. */
const MOST_SENTENCES = 6;

/** One thing that went wrong. */
interface Finding {
  readonly sentences: readonly string[];
  readonly advice?: string;
  readonly frame: Frame | undefined;
  readonly conflict?: Conflict;
  /** Words by which a violation refers to this. */
  readonly keywords: readonly string[];
  /** The names of the items concerned. */
  readonly items?: readonly string[];
}

/** Explains a failing run. Empty sentences when the trace shows none of the known patterns. */
export function explain(trace: Trace, violation: Violation, more: ExplainOptions = {}): Explanation {
  const options = { ...more, numbering: more.numbering ?? numberingOf(trace) };
  const shown = new ShownTrace(trace);
  const accesses = shown.accesses();
  const happened = incidents(trace, shown, options.numbering);
  const findings = [
    ...staleFinding(trace, accesses, options),
    ...askedFinding(trace, violation, options.numbering),
    ...happened.filter(({ fault }) => fault === true).map(incidentFinding),
    ...refusalFindings(trace, accesses, violation, options.numbering),
    ...happened.filter(({ fault }) => fault !== true).map(incidentFinding),
  ];
  const sorted = [
    ...findings.filter(isAbout(violation)),
    ...findings.filter((finding) => !isAbout(violation)(finding)),
  ];
  const frame = sorted.find((finding) => finding.frame !== undefined)?.frame;
  const advice = sorted[0]?.advice;
  const found = findings.find((finding) => finding.conflict !== undefined)?.conflict;
  const swap = options.saving?.kind === 'swap' ? pairOf(options.saving) : undefined;
  const conflict = swap ?? found;
  const saved = options.saving === undefined ? [] : saySaving(options.saving, found, trace, options.numbering);
  const because = sorted.flatMap(({ sentences, advice }) => [...sentences, ...(advice === undefined ? [] : [advice])]);
  return {
    because: [...distinct(because).slice(0, MOST_SENTENCES - saved.length), ...saved],
    ...(advice === undefined ? {} : { advice }),
    ...(frame === undefined ? {} : { frame }),
    ...(conflict === undefined ? {} : { conflict }),
    ...(swap === undefined ? {} : { swap }),
  };
}

function pairOf({ first, second }: Conflict): Conflict {
  return { first, second };
}

/** Removes repeated sentences, such as the same advice. */
function distinct(sentences: readonly string[]): readonly string[] {
  return [...new Set(sentences)];
}

function isAbout(violation: Violation): (finding: Finding) => boolean {
  return ({ keywords }) => keywords.some((keyword) => violation.headline.includes(keyword));
}

/** Whether a violation names one of the finding's items. */
function isNamedBy(violation: Violation): (finding: Finding) => boolean {
  const words = new Set(violation.headline.split(/[^\p{L}\p{N}#_-]+/u));
  return ({ items = [] }) => items.some((item) => words.has(item));
}

/** The values in the key of an item: «o-17» from its path. */
function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/"([^"]{2,})"/g)].map(([, name = '']) => name);
}

function staleFinding(trace: Trace, accesses: readonly Access[], options: NumberedOptions): readonly Finding[] {
  const found = staleWrites(accesses);
  const first = found[0];
  if (first === undefined) return [];
  const conflict = { first: first.read.entry.step, second: first.between.entry.step };
  const sentences = explainStaleWrites(found, accesses, trace, options.numbering);
  const frame = frameOf(first.read) ?? frameOf(first.write);
  return [{ sentences, frame, conflict, keywords: [] }];
}

function askedFinding(trace: Trace, violation: Violation, numbering: Numbering): readonly Finding[] {
  const sentences = repeatedAsks(trace, violation, numbering);
  return sentences.length === 0 ? [] : [{ sentences, frame: undefined, keywords: [] }];
}

/** If the violation names the item of some refusals, the other refusals are left out. */
function refusalFindings(
  trace: Trace,
  accesses: readonly Access[],
  violation: Violation,
  numbering: Numbering,
): readonly Finding[] {
  const all = refusals(trace, accesses).map((refusal) => refusalFinding(refusal, accesses, numbering));
  const toThePoint = all.filter(isNamedBy(violation));
  return toThePoint.length > 0 ? toThePoint : all;
}

function refusalFinding(refusal: RefusedInvocation, accesses: readonly Access[], numbering: Numbering): Finding {
  return {
    sentences: explainRefusal(refusal, accesses, numbering),
    frame: frameOf(refusal.refused.at(-1) ?? refusal.refused[0]),
    keywords: refusal.gaveUp ? refusal.refused.flatMap(errorNamesOf) : [],
    items: refusal.refused.flatMap(({ path }) => namesIn(path)),
  };
}

function incidentFinding({ sentence, advice, frame, actor }: Incident): Finding {
  const more = advice === undefined ? {} : { advice };
  return { sentences: [sentence], ...more, frame, keywords: actor === null ? [] : [actor] };
}

/** The error of a refused access, by the names that sentences may use: «ConditionalCheckFailed». */
function errorNamesOf({ entry }: Access): readonly string[] {
  const code = refusalCodeOf(entry);
  return code === null ? [] : [code.replace(/Exception$/, '')];
}

function frameOf({ entry }: Access): Frame | undefined {
  return entry.event.frame;
}
