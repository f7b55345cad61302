/**
 * `raceproof hint <lab>`: a hint for the way in which the learner's code fails now.
 *
 * Grades first, since the kind of failure chooses the hint. Three tiers; the next one is shown only when asked for.
 */

import type { Hint } from '../../course/lab.ts';
import { hintCommand } from '../../grader/report/commands.ts';
import { block, paint } from '../../grader/report/page.ts';
import { reportForTerminal } from '../../grader/report/terminal.ts';
import { UsageError } from '../arguments.ts';
import { labFolder } from '../clone.ts';
import { filesIn, gradeFiles, labNamed } from '../grading.ts';
import type { Io } from '../io.ts';
import { type Command, EXIT_REFUSED } from './command.ts';

const TIERS = ['a nudge', 'the concept', 'the shape of the fix'] as const;

export const hint: Command = {
  name: 'hint',
  positionals: ['lab'],
  options: { tier: { type: 'number', says: '1 a nudge, 2 the concept, 3 the shape of the fix' } },
  async run(given, io) {
    const lab = labNamed(given.positional(0));
    const tier = given.number('tier') ?? 1;
    if (tier < 1 || tier > TIERS.length) throw new UsageError(`There are three hints: --tier 1, --tier 2, --tier 3.`);
    const read = await filesIn(lab, labFolder(lab.slug), `labs/${lab.slug}`);
    const result = await gradeFiles(lab, read, io);
    const failed = result.checks.find((check) => check.status === 'fail' && check.hintId !== undefined);
    const found = lab.hints.find(({ id }) => id === failed?.hintId);
    if (found !== undefined) {
      io.out(`${failed?.title ?? lab.title}: ${failed?.message ?? ''}\n\n`);
      show(found, tier, lab.slug, io);
      return 0;
    }
    if (result.outcome === 'pass') {
      io.out(`${lab.slug} holds: there is nothing to hint at.\n`);
      return 0;
    }
    io.out(reportForTerminal(result, io.page));
    return EXIT_REFUSED;
  },
};

function show(found: Hint, tier: number, slug: string, io: Io): void {
  const label = `${tier} of ${TIERS.length}, ${TIERS[tier - 1]}`;
  io.out(`${paint(io.page, 'context', label)}\n`);
  io.out(`${block(io.page, found.tiers[tier - 1] ?? '', 0).join('\n')}\n`);
  if (tier < TIERS.length) io.out(`\n${paint(io.page, 'context', 'next')}  ${hintCommand(slug)} --tier ${tier + 1}\n`);
}
