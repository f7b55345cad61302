/**
 * Mutations in words: a table for each service, and one sentence for each complaint.
 *
 * Without times and colours, so that the same sources print the same text on every machine.
 */

import { relative, sep } from 'node:path';
import { unreachable } from '../simulator/kernel/bug.ts';
import { isCaught, type MutationReport, type ServiceReport, titleOf, type Verdict } from './judge.ts';

/** A table of one service's mutations, in the order of its list. */
export function mutationTable({ service, tests, mutations }: ServiceReport): string {
  const rows = mutations.map(({ mutation, line, verdict }) => [
    mutation.fact,
    mutation.name,
    line === null ? mutation.file : `${mutation.file}:${line}`,
    resultOf(verdict),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`);
  return [`${service.name}: ${counted(mutations.length, 'mutation')}, ${counted(tests.length, 'test')}`, ...lines].join(
    '\n',
  );
}

function resultOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'caught':
      return `caught by ${verdict.by} of ${counted(verdict.of, 'test')}`;
    case 'caught-by-time':
      return 'caught: never ends';
    default:
      return 'NOT CAUGHT';
  }
}

/** One sentence for each complaint: what, where, what to do. Empty if all is well. */
export function complaintsOf(report: ServiceReport, root: string): readonly string[] {
  const { service, tests, problem, mutations, neverFailed, untested } = report;
  const from = (path: string): string => relative(root, path).split(sep).join('/');
  const folder = from(service.folder);
  if (problem !== null) {
    return [`The tests of ${folder} do not run without any mutation: ${problem}. «npm test -- ${folder}» says more.`];
  }
  const failing = tests.filter(({ end }) => end !== 'passed');
  return [
    ...failing.map(
      ({ testFile, name, message }) =>
        `${from(testFile)} «${name}» fails without any mutation: ${message}. Mend it first: «npm test -- ${folder}».`,
    ),
    ...mutations.filter(({ verdict }) => !isCaught(verdict)).map((mutation) => complaintOf(mutation, folder)),
    ...neverFailed
      .filter((test) => !failing.includes(test))
      .map(
        (test) =>
          `${from(test.testFile)} «${titleOf(test)}» fails under no mutation. Add one to ${folder}/mutations.ts that it notices; if there is none, it does not test its fact.`,
      ),
    ...(tests.length > 0 && service.modelled.length === 0
      ? [`${folder}/README.md names no fact under «What is modelled». List there what its tests are named after.`]
      : []),
    ...untested.map(
      (fact) =>
        `${folder}/README.md says that ${fact} is modelled, and no test of this service is named after it. Write «${fact} …» and a mutation, or take it out of «What is modelled».`,
    ),
  ];
}

function complaintOf({ mutation, line, verdict }: MutationReport, folder: string): string {
  const { fact, name, file } = mutation;
  const at = `${fact} «${name}» (${folder}/${file}${line === null ? '' : `:${line}`})`;
  const list = `${folder}/mutations.ts`;
  switch (verdict.kind) {
    case 'survived':
      return `${at} survives: ${verdict.tests === 1 ? `the test of ${fact} passes` : `all ${verdict.tests} tests of ${fact} pass`}. Assert what the mutation changes, or write one that breaks the fact.`;
    case 'no-test':
      return `${at} has no test: none of this service is named after ${fact}. Write «${fact} …», or correct the id in ${list}.`;
    case 'threw':
      return `${at} stops its tests, but no assertion fails: ${verdict.message}. Assert it with expect(…), or write a mutation that leaves the code whole.`;
    case 'never-ended':
      return `${at} never ends, or fills memory. Write one that ends, or mark it «endless: true» in ${list} if that is what it is to show.`;
    case 'not-endless':
      return `${at} is marked as endless, and it ends. Take the mark away in ${list}.`;
    case 'not-loaded':
      return `${at} does not load: ${verdict.problem}. Replace it in ${list} by text that is valid TypeScript.`;
    case 'does-not-apply':
      return `${at} does not apply: its text was found ${verdict.found === 0 ? 'nowhere' : `${verdict.found} times`}, and must be found once. Copy it anew from the file into ${list}.`;
    case 'no-file':
      return `${at} does not apply: there is no such file. Correct the path in ${list}.`;
    case 'caught':
    case 'caught-by-time':
      return '';
    default:
      return unreachable(verdict, 'verdict on a mutation');
  }
}

export function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
