/**
 * The last lines of a report: what failed, where, and what to type next. After a pass: where to go from here.
 *
 * They repeat the one thing that matters, since the rest has scrolled away where the terminal is small. Nothing else is in here.
 */

import type { CheckResult, LabResult } from '../result.ts';
import { hintCommand, replayCommand, testCommand } from './commands.ts';
import { labelled, placeOfCheck } from './full-check.ts';
import { block, harmless, type Page, paint, wrap } from './page.ts';

/** Something to type or to read: a label of at most eight letters, and a command. */
export type NextStep = readonly [label: string, command: string];

export interface ClosingOptions {
  /** Nothing was folded, so there is no more to ask for. */
  readonly all?: boolean | undefined;
  /** The command that folds nothing, if it is not the lab's own `npm test`. */
  readonly allCommand?: string | undefined;
  /** The folder of the files that were graded, as the reader may type it. */
  readonly folder?: string | undefined;
  /** What to do after a pass. */
  readonly afterPass?: readonly NextStep[] | undefined;
}

/** The closing lines. `shown` is the check to work on; undefined if all hold. */
export function closingLines(
  result: LabResult,
  shown: CheckResult | undefined,
  page: Page,
  { all, allCommand, folder, afterPass = [] }: ClosingOptions,
): readonly string[] {
  if (shown === undefined) return afterPass.flatMap(([label, text]) => labelled(label, text, page));
  const at = placeOfCheck(shown);
  const place = at === undefined ? '' : ` · ${folder === undefined ? '' : `${folder}/`}${at.file}:${at.line}`;
  const [first = '', ...more] = wrap(`${shown.title}${place}`, page.columns - 2);
  const isFolded = all !== true && result.target === 'simulator';
  const whereAllIs: readonly NextStep[] = isFolded
    ? [['all', allCommand ?? `${testCommand(result.lab)} -- --all`]]
    : [];
  const what = shown.counterexample?.headline ?? shown.message ?? '';
  return [
    `${paint(page, 'broken', '✗')} ${paint(page, 'strong', first)}`,
    ...more.map((line) => `  ${paint(page, 'strong', line)}`),
    ...(what === '' ? [] : block(page, harmless(what))),
    ...[...nextSteps(result, shown), ...whereAllIs].flatMap(([label, text]) => labelled(label, text, page)),
  ];
}

/** A hint if there is one, else the replay, else another try. */
function nextSteps({ lab, target }: LabResult, { hintId, counterexample }: CheckResult): readonly NextStep[] {
  if (hintId !== undefined) return [['hint', hintCommand(lab)]];
  if (counterexample !== undefined) return [['replay', replayCommand(counterexample.token)]];
  return [['again', testCommand(lab, target)]];
}
