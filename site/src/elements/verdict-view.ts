/**
 * One task of a result as nodes: the first check that broke in full, the others a line each, those that hold folded away.
 *
 * It describes each check in the terminal's words. Everything that comes from outside is inserted as text.
 */

import { restsOn } from '../../../harness/grader/report/by-task.ts';
import { hintCommand, replayCommand } from '../../../harness/grader/report/commands.ts';
import { judgement } from '../../../harness/grader/report/judgement.ts';
import { isNotAwaited, sayNotice } from '../../../harness/grader/report/notice.ts';
import type { CheckResult, Counterexample, LabResult, Notice } from '../../../harness/grader/result.ts';
import type { Frame } from '../../../harness/simulator/contract/trace-entry.ts';
import { capital, count } from '../../../harness/words/phrases.ts';
import { commandRow } from './commands.ts';
import { make } from './dom.ts';
import { player } from './drawing.ts';
import { hintSteps } from './hint-steps.ts';
import { checksOf, holdsInAll, totalsOf } from './verdict-words.ts';
import { whereNext } from './where-next.ts';

/** The verdict on one task. */
export function verdictNodes(result: LabResult, task: number): readonly Node[] {
  const checks = checksOf(result, task);
  const holds = totalsOf(result, task)?.holds === true;
  const told = holds ? [celebration(result, task)] : opened(result, checks);
  const first = result.notices.filter(isNotAwaited);
  const others = result.notices.filter((one) => !isNotAwaited(one) && one.kind !== 'not-enforced');
  return [...notices(first), ...told, ...notices(others)];
}

/** What was proved, and where to go from here. */
function celebration(result: LabResult, task: number): HTMLElement {
  const checks = checksOf(result, task);
  return make(
    'div',
    { class: 'task-held' },
    make(
      'p',
      {},
      make('strong', { text: `What the ${count(checks.length, 'check')} rest on: ` }),
      `${restsOn(checks)}.`,
    ),
    folded(`${capital(count(checks.length, 'check'))}, and how far each one goes`, checks.map(checkLine)),
    ...whereNext(task, holdsInAll(result)),
  );
}

function opened(result: LabResult, checks: readonly CheckResult[]): readonly Node[] {
  const failed = checks.filter(({ status }) => status === 'fail');
  const others = checks.filter(({ status }) => status !== 'fail' && status !== 'pass');
  const held = checks.filter(({ status }) => status === 'pass');
  // Where nothing was judged, one sentence says why for all checks.
  const isJudged = failed.length + held.length > 0 || result.message === undefined;
  const message = result.message === undefined ? [] : [make('p', { class: 'verdict-check', text: result.message })];
  const lines = isJudged ? others.map(checkLine) : [];
  return [
    ...message,
    ...failed.map((check, index) => failedCheck(check, result.lab, index === 0)),
    ...lines,
    ...(held.length === 0
      ? []
      : [
          folded(
            `${capital(count(held.length, 'check'))} of this task ${held.length === 1 ? 'holds' : 'hold'}`,
            held.map(checkLine),
          ),
        ]),
  ];
}

function folded(summary: string, lines: readonly Node[]): HTMLElement {
  return make('details', { class: 'verdict-fold' }, make('summary', { text: summary }), ...lines);
}

/** A check in one line, without its evidence. */
function checkLine(check: CheckResult): HTMLElement {
  return make('div', { class: 'verdict-check' }, ...lineOf(check));
}

function lineOf(check: CheckResult): readonly Node[] {
  const { sign, tone, phrase } = judgement(check);
  return [
    make('span', { class: tone, text: sign }),
    make('span', { text: ` ${check.title} ` }),
    make('span', { class: 'phrase', text: phrase }),
  ];
}

function failedCheck(check: CheckResult, lab: string, open: boolean): HTMLElement {
  const details = make(
    'details',
    { class: 'verdict-check failed' },
    make('summary', {}, ...lineOf(check)),
    ...failureNodes(check, lab),
  );
  details.open = open;
  return details;
}

function failureNodes(check: CheckResult, lab: string): readonly Node[] {
  const { counterexample, message } = check;
  const nodes = counterexample === undefined ? paragraphs(message) : counterexampleNodes(check.id, counterexample, lab);
  const frame = counterexample?.frame ?? check.frame;
  const hints = check.hintId === undefined ? null : hintSteps(check.hintId);
  return [
    ...nodes,
    ...(frame === undefined ? [] : [place(frame)]),
    ...(hints === null ? [] : [hints]),
    make(
      'details',
      { class: 'verdict-fold' },
      make('summary', { text: 'The same in the terminal' }),
      ...(counterexample === undefined
        ? []
        : [commandRow(replayCommand(counterexample.token), 'play this schedule again')]),
      ...(hints === null ? [] : [commandRow(hintCommand(lab), 'hints for what fails now')]),
    ),
  ];
}

function counterexampleNodes(
  name: string,
  { headline, shortest, because, trace, swap, marked }: Counterexample,
  lab: string,
): readonly Node[] {
  return [
    make('p', {}, make('strong', { text: headline })),
    make('p', { class: 'context', text: shortest }),
    player({ name, lab }, trace, headline, { swap, marked, because }),
    ...paragraphs(because.join(' ')),
  ];
}

function place({ file, line, text }: Frame & { readonly text?: string }): HTMLElement {
  const shown = `${file}:${line}${text === undefined ? '' : `  ${text.trim()}`}`;
  return make('pre', {
    text: shown,
    tabindex: '0',
    role: 'group',
    'aria-label': `Look first at ${file}, line ${line}`,
  });
}

function notices(said: readonly Notice[]): readonly Node[] {
  return said.map((notice) => make('p', { class: 'verdict-check context', text: sayNotice(notice) }));
}

function paragraphs(text: string | undefined): readonly Node[] {
  return text === undefined || text === '' ? [] : [make('p', { text })];
}
