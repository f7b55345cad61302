/**
 * One failing check with everything that is known about it: what happened, the drawing, why, what the code printed, where, and
 * what to type next.
 *
 * A pure function of the result. The report decides which check it shows like this.
 */

import type { Frame } from '../../simulator/contract/trace-entry.ts';
import { count } from '../../words/phrases.ts';
import { drawTrace } from '../draw/terminal.ts';
import type { CheckResult, Counterexample, LabResult, Notice } from '../result.ts';
import { hintCommand, replayCommand, traceAddress } from './commands.ts';
import { judgement } from './judgement.ts';
import { missingNames } from './missing-names.ts';
import { block, clip, harmless, type Page, pad, paint } from './page.ts';
import { printedIn } from './printed.ts';

/** Where the pages are served at this moment, so that an address can be opened as it stands. */
export interface PagesSeen {
  /** For example `http://127.0.0.1:4321`; absent if they are not served. */
  readonly pagesAt?: string | undefined;
}

export interface FullCheckOptions extends PagesSeen {
  /** In a window of so many rows the drawing is folded first, then what the code printed: what happened, why and where stay. */
  readonly rows?: number;
}

/** The check in full. */
export function inFull(
  result: LabResult,
  check: CheckResult,
  page: Page,
  { pagesAt, rows = Number.POSITIVE_INFINITY }: FullCheckOptions = {},
): readonly string[] {
  const { sign, tone } = judgement(check);
  const title = block({ ...page, columns: page.columns - 2 }, taskAndTitle(check), 0).map((line, index) =>
    index === 0 ? `${paint(page, tone, sign)} ${paint(page, 'strong', line)}` : `  ${paint(page, 'strong', line)}`,
  );
  const next = whatNext(result, check, page, pagesAt);
  return [...title, '', ...evidence(check, page, rows - title.length - 1 - next.length), ...next];
}

/** «task 1 · every bump counts». */
export function taskAndTitle({ task, title }: CheckResult): string {
  return `task ${task} · ${title}`;
}

/** As many of the drawing's rows as this are worth their place. */
const FEWEST_ROWS_DRAWN = 4;

function evidence(check: CheckResult, page: Page, rows: number): readonly string[] {
  const { counterexample } = check;
  if (counterexample === undefined) {
    return [
      ...block(page, harmless(check.message ?? 'No reason was given.')),
      ...(check.runs === undefined ? [] : block(page, `It was ${judgement(check).phrase}.`)),
      '',
    ];
  }
  const drawing = drawTrace(counterexample.trace, { ...page, columns: page.columns - 2 }, counterexample).map((line) =>
    line === '' ? '' : `  ${line}`,
  );
  const happened = block(page, harmless(counterexample.headline));
  const how = block(page, counterexample.shortest);
  const why = because(counterexample, page);
  const printed = printedIn(counterexample.trace, page);
  const least = Math.min(drawing.length, FEWEST_ROWS_DRAWN);
  let room = rows - happened.length - why.length - 2 - least;
  const ifItFits = (lines: readonly string[]): readonly string[] => {
    if (lines.length > room) return [];
    room -= lines.length;
    return lines;
  };
  const [shownHow, shownPrinted] = [ifItFits(how), ifItFits(printed)];
  return [
    ...happened,
    ...shownHow,
    '',
    ...middleLeftOut(drawing, least + Math.max(0, room), page),
    '',
    ...why,
    ...shownPrinted,
  ];
}

/** At most so many of these rows, from the beginning and from the end. */
function middleLeftOut(rows: readonly string[], most: number, page: Page): readonly string[] {
  if (rows.length <= most) return rows;
  const first = Math.ceil((most - 1) / 2);
  const last = most - 1 - first;
  const cut = paint(page, 'context', `  ⋮ ${count(rows.length - first - last, 'more row')}`);
  return [...rows.slice(0, first), cut, ...rows.slice(rows.length - last)];
}

function because({ because: sentences }: Counterexample, page: Page): readonly string[] {
  return sentences.length === 0 ? [] : [...block(page, harmless(sentences.join(' '))), ''];
}

function whatNext(result: LabResult, check: CheckResult, page: Page, pagesAt: string | undefined): readonly string[] {
  const { counterexample } = check;
  const at = placeOfCheck(check);
  return [
    ...(at === undefined ? [] : [`  ${place(at, page.columns - 2)}`]),
    ...missingNames(result, check).flatMap((notice) => labelled('warning', sayMissing(notice), page)),
    ...(counterexample === undefined
      ? []
      : [
          ...labelled('replay', replayCommand(counterexample.token), page),
          ...labelled(
            'see it',
            `${pagesAt === undefined ? 'after npm start: ' : ''}${traceAddress(result.lab, counterexample.token, pagesAt)}`,
            page,
          ),
        ]),
    ...(check.hintId === undefined ? [] : labelled('hint', hintCommand(result.lab), page)),
  ];
}

/** The learner's line to look at first, if one is known. */
export function placeOfCheck({ counterexample, frame }: CheckResult): CheckResult['frame'] {
  return counterexample?.frame ?? frame;
}

/** A line of its own for something to type or to open: it is copied whole, so it is never broken. */
export function labelled(label: string, text: string, page: Page): readonly string[] {
  return [`  ${paint(page, 'context', pad(label, 8))} ${text}`];
}

function sayMissing({ message, frame }: Notice): string {
  return harmless(frame === undefined ? message : `${frame.file}:${frame.line} — ${message}`);
}

/** «src/bump.ts:31  const { Item } = await documents.send(…», cut to the width. */
export function place(frame: Frame & { readonly text?: string }, width: number): string {
  const at = `${frame.file}:${frame.line}`;
  return frame.text === undefined ? at : clip(`${at}  ${harmless(frame.text.trim())}`, width);
}
