/**
 * Runs the mutants of a lab's right answers and prints the result: a line for each survivor, a score for each answer and for the lab.
 */

import type { CourseLab } from '../../../course/kit/definition.ts';
import { paint } from '../../../grader/report/page.ts';
import { count } from '../../../words/phrases.ts';
import type { Io } from '../../io.ts';
import { casesOf } from '../cases.ts';
import { toldOf } from './change.ts';
import { mutantsOf, sampleOf } from './mutants.ts';
import { answersIn, type RightAnswer } from './right-answer.ts';
import { type Grade, isListed, MutantGrader, type MutantVerdict, scoreOf } from './score.ts';

/** A lab whose checks catch less than this lets too many wrong answers pass. */
export const LEAST_SCORE = 0.95;

export interface Mutating {
  /** At most this many mutants of each answer; all of them if absent. */
  readonly sample?: number;
  readonly grade: Grade;
}

/** Grades the mutants of one lab. Resolves to what is wrong with it, in sentences; none if its score is high enough. */
export async function scoreLab(lab: CourseLab, { sample, grade }: Mutating, io: Io): Promise<readonly string[]> {
  const { cases } = await casesOf(lab);
  const grader = new MutantGrader(lab, grade);
  const all: MutantVerdict[] = [];
  const wrong: string[] = [];
  for (const answer of answersIn(cases)) {
    const mutants = await mutantsOf(answer);
    const chosen = sample === undefined ? mutants : sampleOf(mutants, sample);
    const verdicts: MutantVerdict[] = [];
    for (const change of chosen) {
      if (io.signal.aborted) return wrong;
      const verdict = await grader.verdictOf(answer, change);
      verdicts.push(verdict);
      if (verdict.caughtBy === null && verdict.equivalent === null) io.out(survivor(answer, verdict, io));
    }
    all.push(...verdicts);
    io.out(`  ${lab.slug}, ${answer.name}: ${scored(verdicts)}\n`);
    wrong.push(...staleIn(lab, answer, mutants), ...caughtThough(lab, answer, verdicts));
  }
  io.out(`${paint(io.page, 'strong', lab.slug)}: ${scored(all)}\n`);
  const score = scoreOf(all);
  if (score < LEAST_SCORE)
    wrong.push(`its checks catch ${percent(score)} of the mutants, and ${percent(LEAST_SCORE)} is asked`);
  return wrong;
}

function survivor({ name }: RightAnswer, { change, told }: MutantVerdict, io: Io): string {
  const place = `${name === 'solution' ? '' : `${name}: `}${change.path}:${told.line}  ${change.operator}`;
  return `  ${paint(io.page, 'broken', '✗')} ${place}\n      - ${told.was}\n      + ${told.is}\n`;
}

function scored(verdicts: readonly MutantVerdict[]): string {
  const equivalent = verdicts.filter((verdict) => verdict.equivalent !== null).length;
  const caught = verdicts.filter(({ caughtBy }) => caughtBy !== null).length;
  const without = equivalent === 0 ? '' : `, ${equivalent} more are equivalent`;
  return `${caught} of ${count(verdicts.length - equivalent, 'mutant')} caught (${percent(scoreOf(verdicts))})${without}`;
}

/** Rounded down: 94.9 % is not 95 %. */
function percent(share: number): string {
  return `${Math.floor(share * 1_000) / 10} %`;
}

/** Entries of the lab's list that fit no mutant of this answer. */
function staleIn(
  lab: CourseLab,
  answer: RightAnswer,
  mutants: Awaited<ReturnType<typeof mutantsOf>>,
): readonly string[] {
  return (lab.equivalentMutants ?? [])
    .filter((one) => one.answer === answer.name)
    .filter((one) => !mutants.some((change) => isListed(one, answer, change, toldOf(answer.files, change))))
    .map(({ path, is }) => `no mutant of ${answer.name} puts «${is}» into ${path}: take it out of the equivalent ones`);
}

/** Entries of the lab's list that a check catches. */
function caughtThough(lab: CourseLab, answer: RightAnswer, verdicts: readonly MutantVerdict[]): readonly string[] {
  return verdicts.flatMap(({ change, told, caughtBy }) => {
    const listed = (lab.equivalentMutants ?? []).some((one) => isListed(one, answer, change, told));
    if (!listed || caughtBy === null) return [];
    return [`«${told.is}» in ${answer.name}’s ${change.path} is listed as equivalent, and ${caughtBy} catches it`];
  });
}
