/**
 * Everything but the check that is shown in full, folded by task: a line for each check of the task to work on that does not hold, one for
 * those that do, and a line for each other task.
 *
 * What a fold hides is printed by `--all`. A number here is a number of checks, never of schedules.
 */

import { count, thousands } from '../../words/phrases.ts';
import type { CheckResult, LabResult, TaskTotals } from '../result.ts';
import { openTask } from './headline.ts';
import { judgement } from './judgement.ts';
import { block, harmless, type Page, paint, type Tone, wrap } from './page.ts';

/** The tasks, in their order. `shown` is the check that stands above in full. Where all tasks hold, each says what it rests on. */
export function tasksInShort(result: LabResult, shown: CheckResult | undefined, page: Page): readonly string[] {
  const open = openTask(result);
  return result.tasks.flatMap((task) => {
    const checks = result.checks.filter((check) => check.task === task.task);
    const line = taskLine(task, checks, result.tasks.length > 1, page);
    if (open === undefined)
      return [...line, ...block(page, restsOn(checks), 4).map((text) => paint(page, 'context', text))];
    return task === open ? [...line, ...ofOpenTask(checks, shown, page)] : line;
  });
}

/** What stands behind the checks of a task that holds: «12 under every schedule, 4 dangers seen, 1 in samples: not proved». */
export function restsOn(checks: readonly CheckResult[]): string {
  const dangers = checks.filter(({ kind }) => kind === 'reach').length;
  const sampled = checks.filter((check) => judgement(check).sign === '◐').length;
  const proved = checks.filter(
    ({ kind, exploration }) => kind !== 'reach' && exploration?.mode === 'exhaustive',
  ).length;
  const onTemplate = checks.filter(({ kind }) => kind === 'template').length;
  return [
    ...(proved > 0 ? [`${thousands(proved)} under every schedule`] : []),
    ...(dangers > 0 ? [`${count(dangers, 'danger')} seen`] : []),
    ...(onTemplate > 0 ? [`${thousands(onTemplate)} on the template`] : []),
    ...(sampled > 0 ? [`${thousands(sampled)} in samples: not proved`] : []),
  ].join(', ');
}

function taskLine(
  task: TaskTotals,
  checks: readonly CheckResult[],
  withPoints: boolean,
  page: Page,
): readonly string[] {
  const { earned, max } = task.score;
  const points = withPoints ? [`${thousands(earned)} of ${count(max, 'point')}`] : [];
  const [sign, tone] = signOf(task);
  return signed(page, sign, tone, [`task ${task.task}`, sayChecksOfTask(task, checks), ...points].join(' · '), 0);
}

function signOf({ holds, checks }: TaskTotals): readonly [sign: string, tone: Tone] {
  if (holds) return ['✓', 'held'];
  return checks.failed > 0 ? ['✗', 'broken'] : ['○', 'context'];
}

/** «all 17 checks hold», «4 of 16 checks fail, 2 were not put to the test». */
export function sayChecksOfTask(
  { holds, checks: { failed, other } }: TaskTotals,
  checks: readonly CheckResult[],
): string {
  const all = checks.length;
  if (holds) return all === 1 ? 'its check holds' : `all ${thousands(all)} checks hold`;
  const untested = checks.filter(({ status }) => status === 'not-provoked').length;
  const parts = [
    ...(failed > 0 ? [{ of: failed, is: failed === 1 ? 'fails' : 'fail' }] : []),
    ...(untested > 0 ? [{ of: untested, is: `${untested === 1 ? 'was' : 'were'} not put to the test` }] : []),
    ...(other > untested
      ? [{ of: other - untested, is: `${other - untested === 1 ? 'was' : 'were'} not judged` }]
      : []),
  ];
  return parts
    .map((part, index) => `${thousands(part.of)}${index === 0 ? ` of ${count(all, 'check')}` : ''} ${part.is}`)
    .join(', ');
}

function ofOpenTask(checks: readonly CheckResult[], shown: CheckResult | undefined, page: Page): readonly string[] {
  const others = checks.filter((check) => check !== shown);
  const failed = others.filter(({ status }) => status === 'fail');
  const open = others.filter(({ status }) => status !== 'fail' && status !== 'pass');
  const held = others.filter(({ status }) => status === 'pass');
  const unearned = checks.some((check) => check.unearned === true);
  return [
    ...[...failed, ...open].flatMap((check) => checkLine(check, page)),
    ...checksHeld(held, page),
    ...(unearned
      ? [`  ${paint(page, 'context', 'Checks that held from the start earn points once a failing one holds.')}`]
      : []),
  ];
}

/** More than these would take what failed off a small screen. */
const MOST_HELD_LISTED = 5;

/** The checks that hold: a line each if they are few, else one line for all of them. */
function checksHeld(held: readonly CheckResult[], page: Page): readonly string[] {
  if (held.length <= MOST_HELD_LISTED) return held.flatMap((check) => checkLine(check, page));
  const sign = held.every((check) => judgement(check).sign === '◐') ? '◐' : '✓';
  return signed(page, sign, 'held', `${thousands(held.length)} other checks hold: ${restsOn(held)}`, 2);
}

/** «✗ every bump counts: 1 bump is lost.», «✓ every visitor gets a number». */
function checkLine(check: CheckResult, page: Page): readonly string[] {
  const { sign, tone } = judgement(check);
  const reason = reasonOfCheck(check);
  return signed(page, sign, tone, reason === '' ? check.title : `${check.title}: ${reason}`, 2);
}

/** Why a check did not pass, in its shortest form; for a check that passed in samples, that it is not proved. */
function reasonOfCheck({ status, counterexample, message, ...check }: CheckResult): string {
  switch (status) {
    case 'pass':
      return judgement({ status, ...check }).sign === '◐' ? 'held in samples, not proved' : '';
    case 'fail':
      return harmless(counterexample?.headline ?? message ?? '');
    case 'not-provoked':
      return 'not put to the test';
    case 'error':
    case 'skipped':
    case 'not-judged':
      return harmless(message ?? 'not judged');
  }
}

function signed(page: Page, sign: string, tone: Tone, text: string, indent: number): readonly string[] {
  const before = ' '.repeat(indent);
  return wrap(text, page.columns - indent - 2).map((line, index) =>
    index === 0 ? `${before}${paint(page, tone, sign)} ${line}` : `${before}  ${line}`,
  );
}
