/**
 * Why a run went wrong, in sentences that name the numbered steps, and the learner's line to look at first.
 *
 * Pure. It knows patterns that show in any lab's trace (a stale write, the same effect twice, a crash …) and no lab by name. It
 * claims only what the trace shows, of what the violation is about, and names a counterfactual only if the caller has tried it.
 */

import type { Violation } from '../../course/lab.ts';
import type { Access, Incident } from '../../simulator/contract/shown.ts';
import type { Frame } from '../../simulator/contract/trace-entry.ts';
import { ShownTrace } from '../../simulator/services/shown.ts';
import type { Trace } from '../../simulator/trace.ts';
import type { MarkedStep } from '../result.ts';
import { crowdIn, explainCrowd, markOfCrowd } from './crowd.ts';
import { incidents } from './incidents.ts';
import { erasing } from './marked-step.ts';
import { type Numbering, numberingOf } from './numbering.ts';
import { explainRefusal, type RefusedInvocation, refusalCodeOf, refusals } from './refused-write.ts';
import { explainRepeated, marksOfRepeated, repeatedEffect } from './same-effect-twice.ts';
import type { Conflict, Saving } from './saving.ts';
import { saySaving } from './saving-words.ts';
import { explainStaleWrites, staleWrites } from './stale-write.ts';
import { namesInKey, Subject } from './subject.ts';

export interface Explanation {
  readonly because: readonly string[];
  /** What to do about the first thing that went wrong, if it has a remedy of its own. It is part of `because` too. */
  readonly advice?: string;
  readonly frame?: Frame;
  /** Pairs of steps whose order may have made the difference, the likeliest first. They have not been tried. */
  readonly conflicts: readonly Conflict[];
  /** Two steps which alone, the other way round, would have saved the run, as a run showed. */
  readonly swap?: Conflict;
  /** The steps that are wrong, if a known pattern says which. */
  readonly marked?: readonly MarkedStep[];
}

export interface ExplainOptions {
  /** The number that a reader sees for a step; by default that of the drawing. */
  readonly numbering?: Numbering;
  /** A counterfactual that the caller has run: no check was broken. It is said as it was run. */
  readonly saving?: Saving;
}

/** A reader takes in this many sentences at most. */
const MOST_SENTENCES = 6;

/** One thing that went wrong. */
interface Finding {
  readonly sentences: readonly string[];
  readonly advice?: string;
  readonly frame: Frame | undefined;
  readonly conflicts?: readonly Conflict[];
  readonly marked?: readonly MarkedStep[];
  /** Words by which a violation refers to this. */
  readonly keywords: readonly string[];
}

/** Explains a failing run. Empty sentences when the trace shows none of the known patterns. */
export function explain(trace: Trace, violation: Violation, more: ExplainOptions = {}): Explanation {
  const options = { ...more, numbering: more.numbering ?? numberingOf(trace) };
  const findings = findingsOf(trace, violation, options.numbering);
  const sorted = [
    ...findings.filter(isAbout(violation)),
    ...findings.filter((finding) => !isAbout(violation)(finding)),
  ];
  const frame = sorted.find((finding) => finding.frame !== undefined)?.frame;
  const advice = sorted[0]?.advice;
  const swap = options.saving?.kind === 'swap' ? pairOf(options.saving) : undefined;
  const marked = findings.find((finding) => finding.marked !== undefined)?.marked;
  const saved = options.saving === undefined ? [] : saySaving(options.saving, trace, options.numbering);
  const because = sorted.flatMap(({ sentences, advice }) => [...sentences, ...(advice === undefined ? [] : [advice])]);
  return {
    because: [...distinct(because).slice(0, MOST_SENTENCES - saved.length), ...saved],
    conflicts: findings.flatMap(({ conflicts = [] }) => conflicts),
    ...(advice === undefined ? {} : { advice }),
    ...(frame === undefined ? {} : { frame }),
    ...(swap === undefined ? {} : { swap }),
    ...(marked === undefined ? {} : { marked }),
  };
}

/** What went wrong with the violation's subject, and every incident of the run. */
function findingsOf(trace: Trace, violation: Violation, numbering: Numbering): readonly Finding[] {
  const shown = new ShownTrace(trace);
  const accesses = shown.accesses();
  const subject = new Subject(violation, trace, accesses);
  const happened = incidents(trace, shown, numbering);
  const repeated = repeatedFinding(trace, accesses, subject, numbering);
  const otherwise = happened.filter(({ fault, leftBehind }) => fault !== true && leftBehind !== true);
  return [
    // A call that its sender did not wait for explains most of what follows, and its line is the one to edit.
    ...happened.filter(({ leftBehind }) => leftBehind === true).map(incidentFinding),
    ...crowdFinding(trace, violation, numbering),
    ...(subject.tooOften ? repeated : []),
    ...staleFinding(trace, accesses, subject, numbering),
    ...(subject.tooOften ? [] : repeated.map(withoutBlame)),
    ...happened.filter(({ fault }) => fault === true).map(incidentFinding),
    ...refusalFindings(trace, accesses, subject, violation, numbering),
    ...otherwise.map(incidentFinding),
  ];
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

function crowdFinding(trace: Trace, { about, headline }: Violation, numbering: Numbering): readonly Finding[] {
  const crowd = about?.crowd;
  const found = crowd === undefined ? null : crowdIn(trace, crowd);
  if (crowd === undefined || found === null) return [];
  const { last, conflicts } = found;
  const asked = trace.find(
    ({ step, actor, event }) => step === last.step && actor === last.actor && event.kind === 'call-applied',
  );
  const frame = asked?.event.kind === 'call-applied' ? asked.event.frame : undefined;
  const sentences = [explainCrowd(found, crowd, numbering)];
  // The violation says itself that it is about this.
  const keywords = [headline];
  return [{ sentences, frame, conflicts, marked: [markOfCrowd(found, crowd)], keywords }];
}

function staleFinding(
  trace: Trace,
  accesses: readonly Access[],
  subject: Subject,
  numbering: Numbering,
): readonly Finding[] {
  const found = staleWrites(accesses).filter(({ write }) => subject.concerns(namesInKey(write.path)));
  const first = found[0];
  if (first === undefined) return [];
  const conflicts = [{ first: first.read.entry.step, second: first.between.entry.step }];
  const sentences = explainStaleWrites(found, accesses, trace, numbering);
  const frame = frameOf(first.read) ?? frameOf(first.write);
  const marked = found.map(({ write, between, read }) => erasing(write.entry.step, between.actor, read.entry.step));
  return [{ sentences, frame, conflicts, marked, keywords: [] }];
}

function repeatedFinding(
  trace: Trace,
  accesses: readonly Access[],
  subject: Subject,
  numbering: Numbering,
): readonly Finding[] {
  const repeated = repeatedEffect(trace, accesses, subject);
  if (repeated === null) return [];
  const { effects, reads, conflicts } = repeated;
  const read = reads.get(effects[1]);
  const sentences = explainRepeated(repeated, subject, accesses, numbering);
  const frame = read === undefined ? undefined : frameOf(read);
  return [{ sentences, frame, conflicts, marked: marksOfRepeated(repeated), keywords: [] }];
}

/** The bare fact, where the violation does not say that it happened too often. */
function withoutBlame({ sentences }: Finding): Finding {
  return { sentences: sentences.slice(0, 1), frame: undefined, keywords: [] };
}

/** Refused writes to what the violation is about, or with the error that it names. */
function refusalFindings(
  trace: Trace,
  accesses: readonly Access[],
  subject: Subject,
  violation: Violation,
  numbering: Numbering,
): readonly Finding[] {
  return refusals(trace, accesses).flatMap((refusal) => {
    const finding = refusalFinding(refusal, accesses, numbering);
    const names = refusal.refused.flatMap(({ path }) => namesInKey(path));
    return subject.concerns(names) || isAbout(violation)(finding) ? [finding] : [];
  });
}

function refusalFinding(refusal: RefusedInvocation, accesses: readonly Access[], numbering: Numbering): Finding {
  return {
    sentences: explainRefusal(refusal, accesses, numbering),
    frame: frameOf(refusal.refused.at(-1) ?? refusal.refused[0]),
    keywords: refusal.gaveUp ? refusal.refused.flatMap(errorNamesOf) : [],
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
