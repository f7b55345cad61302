/**
 * The ways in which a lab's definition can contradict itself: names that refer to nothing, and names that refer to two things.
 *
 * Each rule returns sentences that name the mistake and how to fix it. These rules do not look for missing parts, and read no
 * file.
 */

import type { LabDefinition } from './definition.ts';

type Rule = (lab: LabDefinition) => readonly string[];

/** All mistakes in a definition, in sentences; empty if there are none. */
export function mistakesIn(lab: LabDefinition): readonly string[] {
  return RULES.flatMap((rule) => rule(lab));
}

/** A lab's name. Its folder, address, package and tokens contain it. */
export const LAB_NAME = /^[a-z]+(-[a-z]+)*$/;

const slug: Rule = ({ slug }) =>
  LAB_NAME.test(slug) ? [] : [`«${slug}» is no name for a lab. Use lower-case letters and dashes: thread-pool.`];

const numbers: Rule = ({ number, version }) => [
  ...(Number.isInteger(number) && number >= 0 ? [] : [`its number is ${number}. Give it a whole number from 0.`]),
  ...(Number.isInteger(version) && version >= 1 ? [] : [`its version is ${version}. Versions count from 1.`]),
];

const editable: Rule = ({ editable }) => [
  ...twice('editable file', editable),
  ...(editable.includes('template.yaml') ? [] : ['template.yaml is not among the editable files. Add it.']),
  ...editable
    .filter((path) => path.startsWith('/') || path.split('/').includes('..'))
    .map((path) => `the editable file «${path}» lies outside the lab. Give a path from the lab’s folder.`),
];

const tasks: Rule = ({ tasks }) =>
  tasks
    .filter(({ number }, index) => number !== index + 1)
    .slice(0, 1)
    .map(({ number }) => `its tasks don’t count from 1: the task ${number} is out of order. Number them 1, 2, 3.`);

const names: Rule = ({ scenarios, checks, templateChecks = [], hints, mutants, otherAnswers = [], specimens = [] }) => [
  ...twice('scenario', scenarios.map(nameOf)),
  ...twice('check', [...checks, ...templateChecks].map(idOf)),
  ...twice('hint', hints.map(idOf)),
  ...twice('mutant', mutants.map(nameOf)),
  ...twice('other answer', otherAnswers.map(nameOf)),
  ...twice('specimen', specimens.map(nameOf)),
];

/** Dots separate the words of a token. */
const inTokens: Rule = ({ scenarios }) =>
  scenarios
    .filter(({ name }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    .map(({ name }) => `«${name}» is no name for a scenario. Use lower-case letters, digits and dashes: two-at-once.`);

const ofScenarios: Rule = ({ scenarios, checks, specimens = [] }) => {
  const known = new Set(scenarios.map(nameOf));
  return [
    ...checks
      .filter(({ scenario }) => !known.has(scenario))
      .map(({ id, scenario }) => unlisted(`the check «${id}» is judged`, scenario)),
    ...specimens
      .filter(({ scenario }) => !known.has(scenario.name))
      .map(({ name, scenario }) => unlisted(`the specimen «${name}» is looked for`, scenario.name)),
  ];
};

/** Targets in real time run the first situation as the scenario deploys it, and begin now. */
const situations: Rule = ({ scenarios }) =>
  scenarios.flatMap(({ name, situations: [first, ...others] = [undefined] }) => [
    ...([first?.startsAtMs, first?.parameters, first?.policies].every((changed) => changed === undefined)
      ? []
      : [`the first situation of the scenario «${name}» changes where it begins. Put that into the scenario itself.`]),
    ...twice(
      'situation',
      [...(first === undefined ? [] : [first]), ...others].map(({ title }) => title),
    ),
  ]);

/** A fault that can strike nowhere would be named in the verdict all the same: «holds with ≤ 1 refused request». */
const faultless: Rule = ({ scenarios, downstreams = [] }) =>
  scenarios
    .filter(({ faults }) => (faults?.refused ?? 0) > 0 && downstreams.every(({ refusal }) => refusal === undefined))
    .map(
      ({ name }) =>
        `the scenario «${name}» has a budget of refused requests, and no downstream has a refusal. Give one a refusal, or take the budget out.`,
    );

const ofTasks: Rule = ({ tasks, checks, templateChecks = [] }) => {
  const known = new Set(tasks.map(({ number }) => number));
  return [...checks, ...templateChecks]
    .filter(({ task }) => !known.has(task))
    .map(({ id, task }) => `the check «${id}» is of task ${task}, and the lab has ${known.size}. Correct its number.`);
};

const timed: Rule = ({ scenarios, checks }) => {
  const timedOnes = new Set(scenarios.filter(({ plan }) => plan.mode === 'timed').map(nameOf));
  return checks.flatMap(({ id, kind, scenario }) => {
    if ((kind === 'timed') === timedOnes.has(scenario)) return [];
    return kind === 'timed'
      ? [`the check «${id}» is timed, and its scenario «${scenario}» is not. Give the scenario the plan timed().`]
      : [`the check «${id}» is not timed, and its scenario «${scenario}» is. Judge it in a scenario that is explored.`];
  });
};

const provoked: Rule = ({ checks }) =>
  checks.flatMap(({ id, scenario, provokedBy }) => {
    if (provokedBy === undefined) return [];
    const danger = checks.find((check) => check.id === provokedBy);
    if (danger === undefined)
      return [`the check «${id}» is provoked by «${provokedBy}», which the lab does not list. Add it to checks.`];
    if (danger.kind !== 'reach')
      return [`the check «${id}» is provoked by «${provokedBy}», which is of kind ${danger.kind}. Name a reach check.`];
    if (danger.scenario === scenario) return [];
    const where = `«${provokedBy}», which is judged in «${danger.scenario}» and not in «${scenario}»`;
    return [`the check «${id}» is provoked by ${where}. Name a reach check of the same scenario.`];
  });

const failures: Rule = ({ checks, templateChecks = [], hints }) => {
  const known = new Set([...checks.flatMap(({ failures }) => failures), ...templateChecks.map(({ hintId }) => hintId)]);
  const way = 'Add it to the failures of the check that can name it, or take the hint out.';
  return [
    ...hints.filter(({ id }) => !known.has(id)).map(({ id }) => `the hint «${id}» is for no failure. ${way}`),
    ...checks
      .filter((check) => check.failures.length === 0)
      .map(({ id }) => `the check «${id}» names no failure, so it could never fail. List its failures.`),
  ];
};

const mutants: Rule = ({ checks, templateChecks = [], mutants }) => {
  const known = new Set([...checks, ...templateChecks].map(idOf));
  return mutants
    .filter(({ caughtBy }) => !known.has(caughtBy))
    .map(({ name, caughtBy }) => `the mutant «${name}» is caught by «${caughtBy}», which is no check. Name a check.`);
};

const targets: Rule = ({ scenarios, checks, targets = {} }) =>
  Object.entries(targets).flatMap(([target, { notRun = {}, notJudged = {} }]) => [
    ...Object.keys(notRun)
      .filter((name) => !scenarios.some((scenario) => scenario.name === name))
      .map((name) => `on ${target} it does not run the scenario «${name}», which it does not have. Correct the name.`),
    ...Object.keys(notJudged)
      .filter((id) => !checks.some((check) => check.id === id))
      .map((id) => `on ${target} it does not judge the check «${id}», which it does not have. Correct the name.`),
  ]);

const RULES: readonly Rule[] = [
  slug,
  numbers,
  editable,
  tasks,
  names,
  inTokens,
  ofScenarios,
  situations,
  faultless,
  ofTasks,
  timed,
  provoked,
  failures,
  mutants,
  targets,
];

function twice(what: string, names: readonly string[]): readonly string[] {
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((name) => `the ${what} «${name}» stands there twice. Rename one of them, or take it out.`);
}

function unlisted(what: string, scenario: string): string {
  return `${what} in the scenario «${scenario}», which the lab does not list. Add it to scenarios.`;
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}
