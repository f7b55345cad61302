/**
 * `raceproof list`: the labs, and how to run each.
 *
 * Grades nothing.
 */

import { labs } from '../../course/labs.ts';
import { testCommand } from '../../grader/report/commands.ts';
import { pad, paint } from '../../grader/report/page.ts';
import { count } from '../../grader/report/words.ts';
import type { Command } from './command.ts';

export const list: Command = {
  name: 'list',
  positionals: [],
  options: {},
  async run(_given, io) {
    const width = Math.max(...labs.map(({ slug }) => slug.length));
    for (const [number, { slug, title, tasks, checks }] of labs.entries()) {
      const about = `${count(tasks.length, 'task')}, ${count(checks.length, 'check')}`;
      io.out(`${number}  ${pad(slug, width)}  ${title} (${about})\n`);
      io.out(`   ${' '.repeat(width)}  ${paint(io.page, 'context', testCommand(slug))}\n`);
    }
    return 0;
  },
};
