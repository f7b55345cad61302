/**
 * A result as nodes: what held, what broke, and the shortest order that broke it.
 *
 * It describes each check in the terminal's words. Everything that comes from outside is inserted as text.
 */

import { hintCommand, replayCommand } from '../../../harness/grader/report/commands.ts';
import { judgement } from '../../../harness/grader/report/judgement.ts';
import type { CheckResult, Counterexample, GradingOutcome, LabResult } from '../../../harness/grader/result.ts';
import type { Frame } from '../../../harness/simulator/contract/trace-entry.ts';
import { commandRow } from './commands.ts';
import { make } from './dom.ts';
import { drawing } from './drawing.ts';

/** Three tiers of hints for each kind of failure, as the lab defines them. */
export type Hints = Readonly<Record<string, readonly string[]>>;

/** One sentence that answers «did it hold?». */
export function sayOutcome(result: LabResult): string {
  const points = `${result.score.earned} of ${result.score.max} points`;
  return `${OUTCOMES[result.outcome]} ${points}.`;
}

const OUTCOMES: Readonly<Record<GradingOutcome, string>> = {
  pass: '✓ It holds.',
  fail: '✗ It does not hold yet.',
  ungraded: '! It could not be graded, and your code is not to blame.',
  'harness-error': '! An error of ours. There is nothing to change in your code.',
};

/** The whole verdict. The first check that broke is open. */
export function verdictNodes(result: LabResult, hints: Hints): readonly Node[] {
  const open = result.checks.find(({ status }) => status === 'fail' || status === 'error');
  const message = result.message === undefined ? [] : [make('p', { class: 'verdict-check', text: result.message })];
  return [
    ...message,
    ...result.checks.map((check) => checkNode(check, result.lab, check === open, hints)),
    ...result.notices.map(({ message: text }) => make('p', { class: 'verdict-check context', text: `note: ${text}` })),
  ];
}

function checkNode(check: CheckResult, lab: string, open: boolean, hints: Hints): HTMLElement {
  const { sign, tone, phrase } = judgement(check);
  const line = [
    make('span', { class: tone, text: sign }),
    ` task ${check.task} · ${check.title} `,
    make('span', { class: 'phrase', text: phrase }),
  ];
  if (check.status === 'pass') return make('div', { class: 'verdict-check' }, ...line);
  const details = make(
    'details',
    { class: 'verdict-check' },
    make('summary', {}, ...line),
    ...failureNodes(check, lab, hints),
  );
  details.open = open;
  return details;
}

function failureNodes(check: CheckResult, lab: string, hints: Hints): readonly Node[] {
  const { counterexample, message } = check;
  const nodes = counterexample === undefined ? paragraphs(message) : counterexampleNodes(counterexample);
  const frame = counterexample?.frame ?? check.frame;
  return [...nodes, ...(frame === undefined ? [] : [place(frame)]), ...hintNodes(check.hintId, lab, hints)];
}

function counterexampleNodes({
  headline,
  shortest,
  because,
  trace,
  swap,
  marked,
  token,
}: Counterexample): readonly Node[] {
  return [
    make('p', {}, make('strong', { text: headline })),
    make('p', { class: 'context', text: shortest }),
    drawing(trace, headline, { swap, marked }),
    ...paragraphs(because.join(' ')),
    commandRow(replayCommand(token), 'play this order again'),
  ];
}

function hintNodes(hintId: string | undefined, lab: string, hints: Hints): readonly Node[] {
  const nudge = hintId === undefined ? undefined : hints[hintId]?.[0];
  if (nudge === undefined) return [];
  return [
    make('p', {}, make('strong', { text: 'A nudge: ' }), nudge),
    commandRow(hintCommand(lab), 'hints for what fails now'),
  ];
}

function place({ file, line, text }: Frame & { readonly text?: string }): HTMLElement {
  const shown = `${file}:${line}${text === undefined ? '' : `  ${text.trim()}`}`;
  return make('pre', { text: shown, tabindex: '0', role: 'region', 'aria-label': 'The line to look at first' });
}

function paragraphs(text: string | undefined): readonly Node[] {
  return text === undefined || text === '' ? [] : [make('p', { text })];
}
