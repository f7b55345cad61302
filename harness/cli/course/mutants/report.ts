/**
 * Runs the mutants of a lab's right answers and prints the result: a line for each survivor, a score for each answer and for the lab.
 */

import type { CourseLab } from '../../../course/kit/definition.ts';
import { paint } from '../../../grader/report/page.ts';
import { count } from '../../../words/phrases.ts';
import type { Io } from '../../io.ts';
import { casesOf } from '../cases.ts';
import type { Graders } from '../graders.ts';
import { type MutantChange, toldOf } from './change.ts';
import { mutantsOf, sampleOf } from './mutants.ts';
import { answersIn, type RightAnswer } from './right-answer.ts';
import { isListed, MutantGrader, type MutantVerdict, scoreOf } from './score.ts';

/** A lab whose checks catch less than this lets too many wrong answers pass. */
export const LEAST_SCORE = 0.95;

export interface Mutating {
  /** At most this many mutants of each answer; all of them if absent. */
  readonly sample?: number;
  readonly graders: Graders;
}

/** A right answer, with what became of its mutants. */
interface Scored {
  readonly answer: RightAnswer;
  readonly mutants: readonly MutantChange[];
  readonly verdicts: readonly MutantVerdict[];
}

/**
 * Grades the mutants of labs. Resolves to what is wrong with each, in sentences; none if its score is high enough. Answers are
 * judged side by side, and told in order.
 */
export async function scoreLabs(labs: readonly CourseLab[], how: Mutating, io: Io): Promise<readonly string[]> {
  const answers: { readonly lab: CourseLab; readonly answer: RightAnswer }[] = [];
  for (const lab of labs) {
    const { cases } = await casesOf(lab);
    answers.push(...answersIn(cases).map((answer) => ({ lab, answer })));
  }
  const judged = how.graders.each(answers, ({ lab, answer }) => judge(lab, answer, how));
  const wrong: string[] = [];
  for (const lab of labs) {
    const own = judged.filter((_, at) => answers[at]?.lab === lab);
    wrong.push(...(await tell(lab, own, io)).map((what) => `${lab.slug}: ${what}`));
  }
  return wrong;
}

async function judge(lab: CourseLab, answer: RightAnswer, { sample, graders }: Mutating): Promise<Scored> {
  const mutants = await mutantsOf(answer);
  const chosen = sample === undefined ? mutants : sampleOf(mutants, sample);
  const grader = new MutantGrader(lab, (asked, files) => graders.grade(asked, files));
  const verdicts: MutantVerdict[] = [];
  for (const change of chosen) verdicts.push(await grader.verdictOf(answer, change));
  return { answer, mutants, verdicts };
}

/** Prints the scores of one lab as they come. Resolves to what is wrong with it. */
async function tell(lab: CourseLab, judged: readonly Promise<Scored>[], io: Io): Promise<readonly string[]> {
  const all: MutantVerdict[] = [];
  const wrong: string[] = [];
  for (const one of judged) {
    const { answer, mutants, verdicts } = await one;
    for (const verdict of verdicts)
      if (verdict.caughtBy === null && verdict.equivalent === null) io.out(survivor(answer, verdict, io));
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
function staleIn(lab: CourseLab, answer: RightAnswer, mutants: readonly MutantChange[]): readonly string[] {
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
    const place = `${change.path}:${told.line}`;
    return [`«${told.is}» in ${answer.name}’s ${place} is listed as equivalent, and ${caughtBy} catches it`];
  });
}
