/**
 * `raceproof trace <token>`: every entry of one run, for people who want to see all of it.
 *
 * As text it has one line per entry, with the virtual time and the actor, and cuts none; as JSON it is the trace itself; for ui.perfetto.dev
 * it has the Trace Event Format. The drawing for reading is `replay`.
 */

import { resolve } from 'node:path';
import { chromeTraceOf } from '../../grader/perfetto/trace-events.ts';
import { folded, harmless, type Page, pad } from '../../grader/report/page.ts';
import type { TraceEntry } from '../../simulator/trace.ts';
import { UsageError } from '../arguments.ts';
import { replayToken } from '../replaying.ts';
import { type Command, EXIT_REFUSED } from './command.ts';

export const TRACE_COMMAND: Command = {
  name: 'trace',
  positionals: ['token'],
  options: {
    json: { type: 'flag', says: 'print the trace as JSON' },
    text: { type: 'flag', says: 'print one line per event (the default)' },
    perfetto: { type: 'flag', says: 'print it for ui.perfetto.dev: save it in a file and open that there' },
    from: { type: 'value', says: 'a folder to use instead of labs/<lab>' },
  },
  async run(given, io) {
    const token = given.positional(0);
    const forms = ['json', 'text', 'perfetto'].filter((form) => given.flag(form));
    if (forms.length > 1) throw new UsageError(`--${forms.join(' and --')} are two forms of the same; choose one.`);
    const from = given.value('from');
    const replayed = await replayToken(token, from === undefined ? {} : { folder: resolve(io.cwd, from), shown: from });
    if (replayed.kind === 'refused') {
      io.err(`${replayed.message}\n`);
      return EXIT_REFUSED;
    }
    if (given.flag('perfetto')) io.out(`${JSON.stringify(chromeTraceOf(replayed.trace, token), null, 1)}\n`);
    else if (given.flag('json')) io.out(`${JSON.stringify(replayed.trace, null, 2)}\n`);
    else io.out(replayed.trace.map((entry) => `${traceLines(entry, io.page).join('\n')}\n`).join(''));
    return 0;
  },
};

/** For example «  12   0 ms  bump#1      call-applied GetItem …»: all of it, on a terminal in as many lines as it needs. */
export function traceLines({ seq, atMs, actor, event }: TraceEntry, page: Page): readonly string[] {
  const { kind, ...members } = event;
  const head = `${String(seq).padStart(4)} ${String(atMs).padStart(7)} ms  ${pad(actor, 12)} ${kind}`;
  return folded(harmless(`${head} ${JSON.stringify(members)}`), page);
}
