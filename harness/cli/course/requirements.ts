/**
 * What every lab must have, as far as its definition shows: checks for every task, hints for every failure, two scales,
 * decisions.
 *
 * Pure. completeness.ts checks the files; cases.ts checks the results of grading. The kit refuses a definition that contradicts
 * itself, so none reaches this file.
 */

import type { CourseLab } from '../../course/kit/definition.ts';
import { toCome } from '../../course/to-come.ts';

const MUTANTS = 6;
const OTHER_ANSWERS = 3;

type Requirement = (lab: CourseLab) => readonly string[];

/** Sentences about what is missing in the definition, without the lab's name; empty if it is complete. */
export function missingInDefinition(lab: CourseLab): readonly string[] {
  return REQUIREMENTS.flatMap((requirement) => requirement(lab));
}

/** Requirements on new labs that not all finished labs meet yet. */
export function askedOfNewLabs({ otherAnswers = [] }: CourseLab): readonly string[] {
  if (otherAnswers.length >= OTHER_ANSWERS) return [];
  if (otherAnswers.length === 0) return ['no other right answers; a lab has three designs that differ and pass'];
  return [`only ${otherAnswers.length} other right answers; a lab has three designs that differ and pass`];
}

const mutants: Requirement = ({ mutants }) => {
  if (mutants.length >= MUTANTS) return [];
  return [`only ${mutants.length} ${mutants.length === 1 ? 'mutant' : 'mutants'}; a lab has at least six`];
};

const checksOfTasks: Requirement = ({ tasks, checks, templateChecks = [] }) => {
  const worth = [...checks, ...templateChecks].filter(({ points }) => points > 0).map(({ task }) => task);
  return tasks
    .filter(({ number }) => !worth.includes(number))
    .map(({ number }) => `no check of task ${number} has points`);
};

const danger: Requirement = ({ checks }) =>
  checks.some(({ kind }) => kind === 'reach') ? [] : ['no check of kind reach measures the danger'];

const judged: Requirement = ({ scenarios, checks }) =>
  scenarios
    .filter(({ name }) => checks.every(({ scenario }) => scenario !== name))
    .map(({ name }) => `no check is judged in the scenario «${name}»`);

const hints: Requirement = ({ failures, hints }) => {
  const known = new Set(hints.map(({ id }) => id));
  return [
    ...failures.filter((id) => !known.has(id)).map((id) => `no hints for the failure «${id}»`),
    ...hints
      .filter(({ tiers }) => tiers.some((tier) => tier.trim() === ''))
      .map(({ id }) => `a tier of the hint «${id}» is empty`),
  ];
};

const smallScale: Requirement = ({ scenarios }) =>
  scenarios.some(({ plan }) => plan.mode === 'exhaustive') ? [] : ['no scenario is explored to its end'];

/**
 * Sizes are parameters so that the lab can be deployed in two scales. This requires both scales, and no literal in place of a
 * parameter.
 */
const twoScales: Requirement = ({ scenarios, templateChecks = [], downstreams = [] }) => {
  const followed = new Set(templateChecks.flatMap(({ follows }) => follows.map(({ parameter }) => parameter)));
  const sizes = new Set(scenarios.flatMap(({ parameters = {} }) => Object.keys(parameters)));
  const names = downstreams.map(({ functionNameParameter }) => functionNameParameter);
  return [
    ...(sizes.size === 0 || scenarios.some(({ plan }) => plan.mode !== 'exhaustive')
      ? []
      : ['no scenario has the sizes of the story']),
    ...[...sizes, ...names]
      .filter((parameter) => !followed.has(parameter))
      .map((parameter) => `no template check sees that the template follows its parameter ${parameter}`),
  ];
};

const decisions: Requirement = ({ targets, puzzle }) => [
  ...(targets === undefined ? ['its definition does not say what can’t be had on LocalStack and AWS (targets)'] : []),
  ...(puzzle === undefined ? ['its definition does not say whether it has a puzzle (puzzle)'] : []),
];

const announced: Requirement = ({ slug, unfinished }) =>
  !unfinished && toCome.some((lab) => lab.slug === slug)
    ? ['harness/course/to-come.ts still says that it is to come; take its line out']
    : [];

const REQUIREMENTS: readonly Requirement[] = [
  mutants,
  checksOfTasks,
  danger,
  judged,
  hints,
  smallScale,
  twoScales,
  decisions,
  announced,
];
