/**
 * What may be said of one check, in one phrase: exactly what was done.
 *
 * «all» and «every» are only for exhaustive exploration. A check that passed in sampled schedules has its own sign, because it
 * is not proved.
 */

import { unreachable } from '../../simulator/kernel/bug.ts';
import { count, thousands } from '../../words/phrases.ts';
import type { CheckResult, Exploration, RealTimeRuns } from '../result.ts';
import { notProved } from './not-proved.ts';
import type { Tone } from './page.ts';

export interface Judgement {
  readonly sign: '✓' | '✗' | '◐' | '○' | '!';
  readonly tone: Tone;
  /** For example «holds under every schedule: 36 cover all 90». */
  readonly phrase: string;
}

/** The sign and the phrase of a check. */
export function judgement(check: CheckResult): Judgement {
  const { phrase, ...judged } = judgementOf(check);
  const cached = check.exploration?.cached === true ? ' · unchanged' : '';
  const unearned = check.unearned === true ? ` · counts with other work of task ${check.task}` : '';
  return { ...judged, phrase: `${phrase}${cached}${unearned}` };
}

function judgementOf(check: CheckResult): Judgement {
  switch (check.status) {
    case 'pass':
      return passed(check);
    case 'fail':
      return { sign: '✗', tone: 'broken', phrase: brokenPhrase(check) };
    case 'error':
      return { sign: '!', tone: 'broken', phrase: 'could not be judged' };
    case 'skipped':
      return { sign: '○', tone: 'context', phrase: 'not judged' };
    case 'not-judged':
      return { sign: '○', tone: 'context', phrase: 'not judged here' };
    case 'not-provoked':
      return { sign: '○', tone: 'context', phrase: notProvoked(check) };
    default:
      return unreachable(check.status, 'status of a check');
  }
}

function notProvoked({ exploration, runs }: CheckResult): string {
  if (exploration !== undefined) return `not put to the test in ${count(exploration.explored, 'schedule')}`;
  return `not provoked in ${count(runs?.count ?? 0, 'run')}`;
}

function passed(check: CheckResult): Judgement {
  const { exploration, runs } = check;
  if (runs !== undefined)
    return { sign: check.kind === 'reach' ? '✓' : '◐', tone: 'held', phrase: inRealTime(check.kind, runs) };
  if (exploration === undefined) return { sign: '✓', tone: 'held', phrase: 'holds' };
  if (check.kind === 'reach') {
    return { sign: '✓', tone: 'held', phrase: `seen among ${count(exploration.explored, 'schedule')}` };
  }
  if (exploration.mode === 'timed') return { sign: '◐', tone: 'held', phrase: timedPhrase(exploration) };
  if (exploration.mode === 'sampled') return { sign: '◐', tone: 'held', phrase: notProved(exploration) };
  const within = exploration.faults === undefined ? '' : ` with ${exploration.faults}`;
  const each = exploration.situations === undefined ? '' : `, in each of ${exploration.situations} situations`;
  return {
    sign: '✓',
    tone: 'held',
    phrase: `holds under every schedule${within}${each}: ${covering(exploration)}`,
  };
}

/** «all 36» where each was run, «354 cover all 1,680» where those that were run stand for the others. */
function covering({ explored, standsFor }: Exploration): string {
  return standsFor === undefined ? `all ${thousands(explored)}` : `${thousands(explored)} cover ${covered(standsFor)}`;
}

function covered({ orders, atLeast }: NonNullable<Exploration['standsFor']>): string {
  return `${atLeast ? 'at least' : 'all'} ${thousands(orders)}`;
}

function timedPhrase({ explored, timed }: Exploration): string {
  return `met in ${count(explored, 'timed run')}, ${seedsInWords(timed?.seeds ?? [])}, ${timed?.model ?? ''}`;
}

function seedsInWords(seeds: readonly number[]): string {
  return seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds.join(', ')}`;
}

/** Runs in real time are samples whose order is not chosen. */
function inRealTime(kind: CheckResult['kind'], { count: runs, failing }: RealTimeRuns): string {
  if (kind === 'reach') return `seen in ${thousands(runs - failing)} of ${count(runs, 'run')}`;
  return `held in ${count(runs, 'run')}: not a proof`;
}

function brokenPhrase({ kind, exploration, runs }: CheckResult): string {
  if (runs !== undefined) return `broken in ${thousands(runs.failing)} of ${count(runs.count, 'run')}`;
  if (exploration === undefined) return 'does not hold';
  if (kind === 'reach') return `not seen in ${count(exploration.explored, 'schedule')}`;
  const { mode, failing, explored, seed, sampled } = exploration;
  if (mode === 'timed') return `missed in ${thousands(failing ?? 0)} of ${count(explored, 'timed run')}`;
  const allDrawn = seed !== undefined && (sampled?.schedules ?? explored) === explored;
  const what = mode === 'sampled' && allDrawn ? 'sampled schedule' : 'schedule';
  if (failing === null) return `broken after ${count(explored, what)}`;
  const { standsFor } = exploration;
  if (standsFor?.failing !== undefined)
    return `broken under ${thousands(standsFor.failing)} of ${count(standsFor.orders, 'schedule')}: ${thousands(failing)} of the ${thousands(explored)} that were run`;
  if (standsFor !== undefined)
    return `broken in ${thousands(failing)} of the ${thousands(explored)} that were run, which cover ${covered(standsFor)}`;
  return `broken in ${thousands(failing)} of ${count(explored, what)}`;
}
