/**
 * The first line of a report: what holds, what is next, how many points.
 *
 * It adds up what the checks say and judges nothing. The evidence stands below it, check by check.
 */

import { count, duration, list, thousands } from '../../words/phrases.ts';
import type { LabResult, TaskTotals } from '../result.ts';
import { judgement } from './judgement.ts';
import { type Page, paint, type Tone, wrap } from './page.ts';

interface Headline {
  readonly sign: '✓' | '✗' | '◐' | '○';
  readonly tone: Tone;
  /** For example «task 1 holds, task 2 is next». */
  readonly says: string;
}

/** A space at which no line ends: a number and its unit stay together. */
const NO_BREAK = '\u00a0';

/** For example «✗ dedupe: task 1 holds, task 2 is next · 15 of 47 points · 21.9 s», in as many lines as it needs. */
export function headlineOf(result: LabResult, page: Page): readonly string[] {
  const { sign, tone, says } = isInRealTime(result) ? headlineInRealTime(result) : headline(result);
  const { earned, max } = result.score;
  const points = max === 0 ? '' : ` · ${thousands(earned)} of ${count(max, 'point')}`;
  const took = duration(result.durationMs).replaceAll(' ', NO_BREAK);
  const text = `${result.lab}: ${says}${points} · ${took}`;
  const [first = '', ...more] = wrap(text, page.columns - 2).map((line) => line.replaceAll(NO_BREAK, ' '));
  return [
    `${paint(page, tone, sign)} ${paint(page, 'strong', first)}`,
    ...more.map((line) => `  ${paint(page, 'strong', line)}`),
  ];
}

/** Whether these checks were judged in runs whose order was not chosen. */
export function isInRealTime({ checks }: Pick<LabResult, 'checks'>): boolean {
  return checks.some(({ runs }) => runs !== undefined);
}

/** The first task that does not hold yet; undefined if all do. */
export function openTask({ tasks }: Pick<LabResult, 'tasks'>): TaskTotals | undefined {
  return tasks.find(({ holds }) => !holds);
}

function headline(result: LabResult): Headline {
  const { tasks } = result;
  const open = openTask(result);
  if (open === undefined) return { sign: isSomethingProved(result) ? '✓' : '◐', tone: 'held', says: allHold(tasks) };
  const holding = tasks.filter(({ holds }) => holds);
  const broken = { sign: '✗', tone: 'broken' } as const;
  if (holding.length === 0) return { ...broken, says: `task ${open.task} does not hold yet` };
  const those = namesOf(holding);
  const [hold, doThey] = holding.length === 1 ? ['holds', 'does'] : ['hold', 'do'];
  // A later task may hold before an earlier one does.
  return holding.every(({ task }) => task < open.task)
    ? { ...broken, says: `${those} ${hold}, task ${open.task} is next` }
    : { ...broken, says: `task ${open.task} does not hold yet, ${those} ${doThey}` };
}

function headlineInRealTime({ outcome, tasks }: LabResult): Headline {
  if (outcome === 'pass') return { sign: '◐', tone: 'held', says: 'held in real time, which proves nothing' };
  const failed = tasks.filter(({ checks }) => checks.failed > 0);
  if (failed.length === 0)
    return { sign: '○', tone: 'context', says: 'nothing broke, but not all was put to the test' };
  const hold = failed.length === 1 ? 'does not hold' : 'do not hold';
  return { sign: '✗', tone: 'broken', says: `${namesOf(failed)} ${hold} in real time` };
}

/** Whether a check holds by more than samples. That a danger was seen proves nothing of the code. */
function isSomethingProved({ checks }: LabResult): boolean {
  return checks.some((check) => check.kind !== 'reach' && judgement(check).sign === '✓');
}

function allHold(tasks: readonly TaskTotals[]): string {
  return tasks.length === 1 ? `task ${tasks[0]?.task} holds` : `all ${tasks.length} tasks hold`;
}

/** «task 1», «tasks 1 and 2». */
function namesOf(tasks: readonly TaskTotals[]): string {
  const numbers = tasks.map(({ task }) => String(task));
  return `${numbers.length === 1 ? 'task' : 'tasks'} ${list(numbers)}`;
}
