/**
 * The branches of a step. A step that asks for values (does a fault strike?) branches: each sequence of answers makes it
 * another transition, with a footprint of its own.
 *
 * The papers know only steps without questions; here a step together with its answers takes the place of their transition, so
 * each branch of a step is explored, and put to sleep, by itself (ADR 28). Compares branches and chooses none.
 */

import type { IsSpent } from '../choices.ts';
import type { StepFootprint } from '../footprint.ts';

/** A question that a step asked, and the option that it was given. */
export interface BranchAnswer {
  readonly of: number;
  readonly chosen: number;
  /** What the option stands for, also where fewer or other options are offered. */
  readonly name: string;
  /** What the options stood for that were offered. The first one is the ordinary course. */
  readonly offered: readonly string[];
}

export interface Branch {
  /** All questions and answers, in order. A step that gets these answers asks these questions and no more. */
  readonly answers: readonly BranchAnswer[];
  readonly footprint: StepFootprint;
}

const NEVER_SPENT: IsSpent = () => false;

/**
 * Whether these are all the branches of a step that has been given the answers which they share. A branch without a further
 * question is the only one; it stays the only one, since a budget that is used up does not come back. For the same reason a branch is
 * not missing whose answer can't be given any more.
 *
 * @param branches Branches that begin with the same answers.
 * @param asked How many answers they share.
 */
export function areAllBranches(
  branches: readonly Branch[] | undefined,
  asked = 0,
  isSpent: IsSpent = NEVER_SPENT,
): boolean {
  if (branches === undefined || branches.length === 0) return false;
  const options = new Set<string>();
  for (const { answers } of branches) {
    const answer = answers[asked];
    if (answer === undefined) return true;
    for (const [option, name] of answer.offered.entries()) if (option === 0 || !isSpent(name)) options.add(name);
  }
  return [...options].every((option) => areAllBranches(thatAnswer(branches, asked, option), asked + 1, isSpent));
}

/**
 * The options of a question that lead to a branch which does not sleep; all of them if no branch sleeps.
 *
 * @param sleeping The sleeping branches of the step that asks.
 * @param before What the step has been answered so far.
 */
export function optionsAwake(
  sleeping: readonly Branch[] | undefined,
  before: readonly BranchAnswer[],
  of: number,
  nameOf: (option: number) => string,
): number[] {
  const options = Array.from({ length: of }, (_, option) => option);
  if (sleeping === undefined) return options;
  const asked = before.length;
  const sameSoFar = sleeping.filter(({ answers }) => before.every(({ name }, at) => answers[at]?.name === name));
  return options.filter((option) => !areAllBranches(thatAnswer(sameSoFar, asked, nameOf(option)), asked + 1));
}

/** Whether the branch with exactly these answers is among them. */
export function includesBranch(branches: readonly Branch[] | undefined, answers: readonly BranchAnswer[]): boolean {
  return branches?.some((branch) => areEqual(branch.answers.map(nameOf), answers.map(nameOf))) === true;
}

/**
 * Whether one of them does what a step with these answers does. A question that is answered with the ordinary course and one
 * that is not asked, since no other option is left, make the same branch.
 */
export function includesEquivalent(branches: readonly Branch[] | undefined, answers: readonly BranchAnswer[]): boolean {
  return branches?.some((branch) => areEqual(deviationsOf(branch.answers), deviationsOf(answers))) === true;
}

function nameOf({ name }: BranchAnswer): string {
  return name;
}

function areEqual(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name, at) => name === others[at]);
}

function deviationsOf(answers: readonly BranchAnswer[]): readonly string[] {
  return answers.flatMap(({ chosen, name }) => (chosen === 0 ? [] : [name]));
}

function thatAnswer(branches: readonly Branch[], asked: number, option: string): readonly Branch[] {
  return branches.filter(({ answers }) => answers[asked]?.name === option);
}

/** A copy that can be sent to another process. */
export function branchAsData({ answers, footprint: { reads, writes, adds } }: Branch): Branch {
  const footprint = { reads: [...reads], writes: [...writes], ...(adds === undefined ? {} : { adds: [...adds] }) };
  return { answers: answers.map((answer) => ({ ...answer })), footprint };
}
