/**
 * A finished result as a text for the terminal: one verdict, once.
 *
 * The first line answers «did it hold, and what is next?». The first failing check of the first open task follows in full, the
 * rest in a line each, and the last lines say again what failed, where, and what to type: npm prints its own lines below them, and
 * they must stand on the same screen. A pure function of the result: it decides nothing and prints nothing.
 */

import { count, thousands } from '../../words/phrases.ts';
import type { CheckResult, LabResult, Notice } from '../result.ts';
import { tasksInShort } from './by-task.ts';
import { type ClosingOptions, closingLines } from './closing.ts';
import { freshCommand, replayCommand, testCommand } from './commands.ts';
import { inFull, type PagesSeen, taskAndTitle } from './full-check.ts';
import { headlineOf, isInRealTime } from './headline.ts';
import { judgement } from './judgement.ts';
import { withoutShown } from './missing-names.ts';
import { nextStep } from './next-step.ts';
import { isNotAwaited, sayNotice } from './notice.ts';
import { block, harmless, type Page, pad, paint, wrap } from './page.ts';
import { printedText } from './printed.ts';
import { harnessError, notJudged, ungraded } from './trouble.ts';

/** `all`: every check with its sentence, its evidence and its replay, in place of a line for each task. */
export interface ReportOptions extends PagesSeen, ClosingOptions {}

/** The whole report, ending in a line break. */
export function reportForTerminal(result: LabResult, page: Page, options: ReportOptions = {}): string {
  return `${body(result, page, options).join('\n')}\n`;
}

function body(result: LabResult, page: Page, options: ReportOptions): readonly string[] {
  if (result.outcome === 'harness-error') return withoutVerdict(result, harnessError(result, page), page);
  if (result.outcome === 'ungraded' && !isInRealTime(result))
    return withoutVerdict(result, ungraded(result, page), page);
  if (result.checks.every((check) => check.status === 'skipped' || check.status === 'error')) {
    const message = result.message ?? result.checks.find((check) => check.status === 'error')?.message;
    return withoutVerdict(result, notJudged(message === undefined ? result : { ...result, message }, page), page);
  }
  return verdict(result, page, options);
}

/** Warnings and output stand above the words on a run without a verdict, so that these are the last on the screen. */
function withoutVerdict(result: LabResult, words: readonly string[], page: Page): readonly string[] {
  const before = [...notices(result.notices, page), ...printedText(result.learnerOutput, page)];
  return before.length === 0 ? words : [...before.slice(1), '', ...words];
}

function verdict(result: LabResult, page: Page, options: ReportOptions): readonly string[] {
  const shown = nextStep(result);
  const others = result.checks.filter((check) => check !== shown);
  const isListed = options.all === true || isInRealTime(result) || (shown === undefined && result.tasks.length === 1);
  const closing = closingLines(result, shown, page, options);
  return [
    ...headlineOf(result, page),
    '',
    ...notAwaited(result, page),
    ...(shown === undefined ? [] : [...inFull(result, shown, page, options), '']),
    ...(isListed ? overview(others, page) : tasksInShort(result, shown, page)),
    ...inRealTime(result, page),
    ...exploredBefore(result, page),
    ...notices(
      (shown === undefined ? result.notices : withoutShown(result, shown)).filter((one) => !isNotAwaited(one)),
      page,
    ),
    ...(options.all === true || shown === undefined ? printedText(result.learnerOutput, page) : []),
    ...(closing.length === 0 ? [] : ['', ...closing]),
  ];
}

function notAwaited(result: LabResult, page: Page): readonly string[] {
  const lines = notices(result.notices.filter(isNotAwaited), page);
  return lines.length === 0 ? [] : [...lines.slice(1), ''];
}

/** What was not explored this time, why that is enough, and how to have it explored anyway. */
function exploredBefore({ lab, checks }: LabResult, page: Page): readonly string[] {
  const cached = checks.filter(({ exploration }) => exploration?.cached === true).length;
  if (cached === 0) return [];
  const which = `${thousands(cached)} of ${count(checks.length, 'check')}`;
  const why = `Explored before on this machine, and unchanged in all that it depends on: ${which}.`;
  return ['', ...block(page, `${why} Explore again: ${freshCommand(lab)}`, 0)];
}

/** Where the runs in real time were made, and how much they say. */
function inRealTime({ lab, outcome, targetDetail, message }: LabResult, page: Page): readonly string[] {
  if (targetDetail === undefined) return [];
  const worth =
    outcome === 'fail'
      ? 'The simulator shows such a run step by step:'
      : 'Nothing chose the schedule, so this is a second opinion and no proof. Every schedule:';
  return [
    '',
    ...(message === undefined ? [] : block(page, message, 0)),
    ...block(page, `In real time on ${targetDetail}. ${worth} ${testCommand(lab)}`, 0),
  ];
}

/** Each check with its evidence: in columns, or one below the other if the page is too narrow. */
function overview(checks: readonly CheckResult[], page: Page): readonly string[] {
  const phraseWidth = longest(checks.map((check) => judgement(check).phrase));
  const width = longest(checks.map(taskAndTitle));
  const fits = width + phraseWidth + 5 <= page.columns;
  return checks.flatMap((check) => {
    const { sign, tone, phrase } = judgement(check);
    const head = `${paint(page, tone, sign)} ${pad(taskAndTitle(check), fits ? width : 0)}`;
    const tail = (text: string): string => paint(page, 'context', text);
    const below = wrap(phrase, page.columns - 4).map((line) => `    ${tail(line)}`);
    return [...(fits ? [`${head}   ${tail(phrase)}`] : [head, ...below]), ...reason(check, page)];
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

/** What a reader should know although it decides nothing. */
export function notices(all: readonly Notice[], page: Page): readonly string[] {
  return all.flatMap((notice) => ['', ...block(page, harmless(sayNotice(notice)), 0)]);
}
