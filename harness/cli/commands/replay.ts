/**
 * `raceproof replay <token>`: replays one run and shows it.
 *
 * Exit code 1 if it breaks a check, 0 if it holds or became another run, 2 if there is no run to replay.
 */

import { resolve } from 'node:path';
import { reportReplay } from '../../grader/report/replay.ts';
import { replayToken } from '../replaying.ts';
import { type Command, EXIT_REFUSED } from './command.ts';

export const REPLAY_COMMAND: Command = {
  name: 'replay',
  positionals: ['token'],
  options: { from: { type: 'value', says: 'a folder to use instead of labs/<lab>' } },
  async run(given, io) {
    const token = given.positional(0);
    const from = given.value('from');
    const replayed = await replayToken(token, from === undefined ? {} : { folder: resolve(io.cwd, from), shown: from });
    if (replayed.kind === 'refused') {
      io.err(`${replayed.message}\n`);
      return EXIT_REFUSED;
    }
    io.out(reportReplay(replayed, token, io.page));
    return replayed.violations.length > 0 && replayed.diverged === undefined ? 1 : 0;
  },
};
