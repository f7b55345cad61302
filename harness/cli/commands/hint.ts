/**
 * `raceproof hint <lab>`: a hint for the way in which the learner's code fails at the moment.
 *
 * It grades first, since the kind of failure selects the hint. There are three tiers; each call for the same kind of failure
 * shows the next tier, and the tier is remembered.
 */

import { TIERS } from '../../course/kit/tiers.ts';
import type { Hint, Lab } from '../../course/lab.ts';
import { hintCommand } from '../../grader/report/commands.ts';
import { nextStep } from '../../grader/report/next-step.ts';
import { block, harmless, paint } from '../../grader/report/page.ts';
import { reportForTerminal } from '../../grader/report/terminal.ts';
import type { CheckResult, LabResult } from '../../grader/result.ts';
import { UsageError } from '../arguments.ts';
import { gradeFiles, labNamed, learnerFilesIn } from '../grading.ts';
import type { Io } from '../io.ts';
import { rememberFirstBeginning } from '../keeping/beginnings.ts';
import { hintsShown, rememberHint, rememberVerdict } from '../keeping/memory.ts';
import { sayNearName } from '../near-name.ts';
import { everyCore } from '../workers.ts';
import { type Command, EXIT_REFUSED } from './command.ts';

export const HINT_COMMAND: Command = {
  name: 'hint',
  positionals: ['lab'],
  options: {
    tier: { type: 'number', says: '1 a nudge, 2 the concept, 3 the shape of the fix; otherwise the next one' },
    check: { type: 'value', says: 'the check to hint at; otherwise the first that fails' },
  },
  async run(given, io) {
    const lab = labNamed(given.positional(0));
    const asked = given.number('tier');
    if (asked !== undefined && (asked < 1 || asked > TIERS.length))
      throw new UsageError(`There are three hints: --tier 1, --tier 2, --tier 3.`);
    const only = given.value('check');
    if (only !== undefined) mustBeCheck(lab, only);
    const read = await learnerFilesIn(lab, io.clone.lab(lab.slug), `labs/${lab.slug}`);
    const result = await gradeFiles(lab, read, io, { before: 'use', workers: everyCore() });
    await rememberFirstBeginning(io.clone, lab.slug);
    await rememberVerdict(io.clone, result);
    const failed = only === undefined ? nextStep(result) : result.checks.find(({ id }) => id === only);
    const found = hintFor(lab, failed);
    if (failed !== undefined && found !== null) {
      const tier = asked ?? Math.min(TIERS.length, 1 + (await hintsShown(io.clone, lab.slug, found.id)));
      const remembered = await rememberHint(io.clone, lab.slug, found.id, tier);
      io.out(`${sayHint(failed, found, tier, io)}${sayNext(lab, result, failed, { tier, remembered }, io)}`);
      return 0;
    }
    if (result.outcome === 'pass' || failed?.status === 'pass') {
      io.out(`${failed?.title ?? lab.slug} holds: there is nothing to hint at.\n`);
      return 0;
    }
    io.out(reportForTerminal(result, io.page));
    return EXIT_REFUSED;
  },
};

function mustBeCheck(lab: Lab, id: string): void {
  const known = [...lab.checks, ...(lab.templateChecks ?? [])].map((check) => check.id);
  if (known.includes(id)) return;
  const near = sayNearName(id, known) || ` There are: ${known.join(', ')}.`;
  throw new UsageError(`${lab.slug} has no check «${id}».${near}`);
}

/** The hints for a failed check; null if it did not fail, or if its kind of failure has no hints. */
export function hintFor(lab: Lab, check: CheckResult | undefined): Hint | null {
  if (check?.status !== 'fail') return null;
  return lab.hints.find(({ id }) => id === check.hintId) ?? null;
}

/** The checks of the same task that fail in another way and have a hint. Those of tasks that follow wait for their turn. */
export function alsoFailing(lab: Lab, checks: readonly CheckResult[], shown: CheckResult): readonly CheckResult[] {
  return checks.filter(
    (check) =>
      check.task === shown.task && check.id !== shown.id && check.hintId !== shown.hintId && hintFor(lab, check),
  );
}

function sayHint(failed: CheckResult, found: Hint, tier: number, io: Io): string {
  const what = harmless(failed.counterexample?.headline ?? failed.message ?? '');
  const label = `${tier} of ${TIERS.length}, ${TIERS[tier - 1]}`;
  return [
    ...block(io.page, what === '' ? failed.title : `${failed.title}: ${what}`, 0),
    '',
    paint(io.page, 'context', label),
    ...block(io.page, found.tiers[tier - 1] ?? '', 0),
    '',
  ].join('\n');
}

function sayNext(
  lab: Lab,
  { checks }: LabResult,
  shown: CheckResult,
  { tier, remembered }: { readonly tier: number; readonly remembered: boolean },
  io: Io,
): string {
  const label = (text: string) => paint(io.page, 'context', text);
  const first = nextStep({ checks });
  const own = first?.id === shown.id ? '' : ` --check ${shown.id}`;
  const next = remembered ? own : `${own} --tier ${tier + 1}`;
  const lines = [
    ...(tier < TIERS.length
      ? [`${label('next')}  ${hintCommand(lab.slug)}${next}`]
      : [label('This was the last one.')]),
    ...alsoFailing(lab, checks, shown).map(({ id }) => `${label('also')}  ${hintCommand(lab.slug)} --check ${id}`),
  ];
  return `\n${lines.join('\n')}\n`;
}
