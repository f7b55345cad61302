/**
 * A finished result as a text for the terminal.
 *
 * The first line answers «did it hold?». One failure follows in full: what happened, when, why, what to do. Everything else
 * gets one line each. A pure function of the result: it decides nothing and prints nothing.
 */

import type { Frame } from '../../simulator/contract/trace-entry.ts';
import { count, duration, thousands } from '../../words/phrases.ts';
import { drawTrace } from '../draw/terminal.ts';
import type { CheckResult, Counterexample, LabResult, Notice } from '../result.ts';
import { freshCommand, hintCommand, replayCommand, testCommand, traceAddress } from './commands.ts';
import { judgement } from './judgement.ts';
import { block, clip, harmless, type Page, pad, paint, wrap } from './page.ts';
import { harnessError, notJudged, ungraded } from './trouble.ts';

/** At most this many lines of a learner's own output are shown; the rest is counted. */
const OUTPUT_LINES = 10;

/** The whole report, ending in a line break. */
export function reportForTerminal(result: LabResult, page: Page): string {
  return `${[...body(result, page), ...notices(result.notices, page), ...output(result, page)].join('\n')}\n`;
}

function body(result: LabResult, page: Page): readonly string[] {
  if (result.outcome === 'harness-error') return harnessError(result, page);
  const ran = result.checks.some(({ runs }) => runs !== undefined);
  if (result.outcome === 'ungraded' && !ran) return ungraded(result, page);
  if (result.checks.every((check) => check.status === 'skipped' || check.status === 'error')) {
    const message = result.message ?? result.checks.find((check) => check.status === 'error')?.message;
    return notJudged(message === undefined ? result : { ...result, message }, page);
  }
  return verdict(result, page);
}

function verdict(result: LabResult, page: Page): readonly string[] {
  const worst = result.checks.find((check) => check.status === 'fail') ?? result.checks.find(isBroken);
  const others = result.checks.filter((check) => check !== worst);
  const head = worst === undefined ? [] : [...inFull(result, worst, page), ''];
  const rest = [...inRealTime(result, page), ...exploredBefore(result, page), summary(result, page)];
  return [...head, ...overview(result, others, page), '', ...rest];
}

/** What was not explored this time, why that is enough, and how to have it explored anyway. */
function exploredBefore({ lab, checks }: LabResult, page: Page): readonly string[] {
  const cached = checks.filter(({ exploration }) => exploration?.cached === true).length;
  if (cached === 0) return [];
  const which = `${thousands(cached)} of ${count(checks.length, 'check')}`;
  const why = `Explored before on this machine, and unchanged in all that it depends on: ${which}.`;
  return [...block(page, `${why} Explore again: ${freshCommand(lab)}`, 0), ''];
}

/** Where the runs in real time were made, and how much they say. */
function inRealTime({ lab, outcome, targetDetail, message }: LabResult, page: Page): readonly string[] {
  if (targetDetail === undefined) return [];
  const worth =
    outcome === 'fail'
      ? 'The simulator shows such a run step by step:'
      : 'Nobody chose the order of events, so this is a second opinion and no proof. Every order:';
  return [
    ...(message === undefined ? [] : block(page, message, 0)),
    ...block(page, `In real time on ${targetDetail}. ${worth} ${testCommand(lab)}`, 0),
    '',
  ];
}

function isBroken(check: CheckResult): boolean {
  return check.status === 'fail' || check.status === 'error';
}

function name(result: LabResult, check: CheckResult): string {
  return `${result.lab} · task ${check.task} · ${check.title}`;
}

/** One check with everything that is known about it: what happened, the drawing, why, what to do. */
export function inFull(result: LabResult, check: CheckResult, page: Page): readonly string[] {
  const { sign, tone } = judgement(check);
  const title = `${paint(page, tone, sign)} ${paint(page, 'strong', name(result, check))}`;
  const { counterexample } = check;
  if (counterexample === undefined) {
    return [
      title,
      '',
      ...block(page, harmless(check.message ?? 'No reason was given.')),
      ...(check.runs === undefined ? [] : block(page, `It was ${judgement(check).phrase}.`)),
      '',
      ...whatNext(result, check, page),
    ];
  }
  return [
    title,
    '',
    ...block(page, harmless(counterexample.headline)),
    ...block(page, counterexample.shortest),
    '',
    ...drawTrace(counterexample.trace, { ...page, columns: page.columns - 2 }, counterexample).map((line) =>
      line === '' ? '' : `  ${line}`,
    ),
    '',
    ...because(counterexample, page),
    ...whatNext(result, check, page),
  ];
}

function because(counterexample: Counterexample, page: Page): readonly string[] {
  if (counterexample.because.length === 0) return [];
  return [...block(page, harmless(counterexample.because.join(' '))), ''];
}

function whatNext(result: LabResult, check: CheckResult, page: Page): readonly string[] {
  const label = (text: string) => paint(page, 'context', pad(text, 8));
  const { counterexample } = check;
  const at = counterexample?.frame ?? check.frame;
  return [
    ...(at === undefined ? [] : [`  ${place(at, page.columns - 2)}`]),
    ...(counterexample === undefined
      ? []
      : [
          `  ${label('replay')} ${replayCommand(counterexample.token)}`,
          `  ${label('see it')} ${traceAddress(result.lab, counterexample.token)}`,
        ]),
    ...(check.hintId === undefined ? [] : [`  ${label('hint')} ${hintCommand(result.lab)}`]),
  ];
}

/** «src/bump.ts:31  const { Item } = await documents.send(…», cut to the width. */
export function place(frame: Frame & { readonly text?: string }, width: number): string {
  const at = `${frame.file}:${frame.line}`;
  return frame.text === undefined ? at : clip(`${at}  ${harmless(frame.text.trim())}`, width);
}

/** One line per check, in columns. If the page is too narrow, the lab's name is dropped first, then the columns. */
function overview(result: LabResult, checks: readonly CheckResult[], page: Page): readonly string[] {
  const phraseWidth = longest(checks.map((check) => judgement(check).phrase));
  const full = checks.map((check) => name(result, check));
  const short = checks.map((check) => `task ${check.task} · ${check.title}`);
  const fits = (names: readonly string[]) => longest(names) + phraseWidth + 5 <= page.columns;
  const names = fits(full) ? full : short;
  const width = longest(names);
  return checks.flatMap((check, index) => {
    const { sign, tone, phrase } = judgement(check);
    const head = `${paint(page, tone, sign)} ${pad(names[index] ?? '', fits(names) ? width : 0)}`;
    const tail = (text: string): string => paint(page, 'context', text);
    const below = wrap(phrase, page.columns - 4).map((line) => `    ${tail(line)}`);
    return [...(fits(names) ? [`${head}   ${tail(phrase)}`] : [head, ...below]), ...reason(check, page)];
  });
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => [...text].length));
}

function reason(check: CheckResult, page: Page): readonly string[] {
  const { counterexample, message, status } = check;
  if (status === 'pass') return [];
  if (counterexample === undefined) return message === undefined ? [] : block(page, harmless(message), 4);
  return [
    ...block(page, harmless(counterexample.headline), 4),
    `    ${paint(page, 'context', 'replay')} ${replayCommand(counterexample.token)}`,
  ];
}

function summary(result: LabResult, page: Page): string {
  const { earned, max } = result.score;
  const points = `${result.lab} · ${thousands(earned)} of ${count(max, 'point')}`;
  return paint(page, 'context', `${points} · ${duration(result.durationMs)}`);
}

/** What a reader should know although it decides nothing. */
export function notices(all: readonly Notice[], page: Page): readonly string[] {
  return all.flatMap(({ kind, message, frame }) => {
    const word = kind === 'type-error' ? 'warning' : 'note';
    const where = frame === undefined ? '' : `${frame.file}:${frame.line} — `;
    return ['', ...block(page, harmless(`${word}: ${where}${message}`), 0)];
  });
}

function output({ learnerOutput }: LabResult, page: Page): readonly string[] {
  if (learnerOutput === undefined || learnerOutput.trim() === '') return [];
  const lines = harmless(learnerOutput.trimEnd()).split('\n');
  const shown = lines.slice(0, OUTPUT_LINES).map((line) => `  ${paint(page, 'context', clip(line, page.columns - 2))}`);
  const more = lines.length - shown.length;
  return ['', 'Your code printed:', ...shown, ...(more > 0 ? [`  … and ${count(more, 'more line')}`] : [])];
}
