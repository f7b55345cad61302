/**
 * `raceproof list`: the labs, which of them hold according to their latest verdict, and how to run each.
 *
 * It grades nothing.
 */

import { labs } from '../../course/labs.ts';
import { testCommand } from '../../grader/report/commands.ts';
import { pad, paint } from '../../grader/report/page.ts';
import { count } from '../../words/phrases.ts';
import { isDone, startingState } from '../learn/course-state.ts';
import type { Command } from './command.ts';

export const LIST_COMMAND: Command = {
  name: 'list',
  positionals: [],
  options: {},
  async run(_given, io) {
    const width = Math.max(...labs.map(({ slug }) => slug.length));
    const { labs: states } = await startingState(io.clone, labs);
    for (const state of states) {
      const { number, slug, title, tasks, checks, templateChecks = [] } = state.lab;
      const about = `${count(tasks.length, 'task')}, ${count(checks.length + templateChecks.length, 'check')}`;
      const sign = isDone(state) ? paint(io.page, 'held', '✓') : ' ';
      io.out(`${sign} ${number}  ${pad(slug, width)}  ${title} (${about})\n`);
      io.out(`     ${' '.repeat(width)}  ${paint(io.page, 'context', testCommand(slug))}\n`);
    }
    return 0;
  },
};
