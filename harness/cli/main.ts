/**
 * The process around the CLI: streams, Ctrl-C, the exit code.
 *
 * run.ts has everything that can be tested without a process; process-end.ts has how it ends.
 */

import process from 'node:process';
import { cloneAt, cloneRoot } from './clone.ts';
import { type Io, pageOf } from './io.ts';
import { endInOrder, endSoon } from './process-end.ts';
import { runCli } from './run.ts';
import { terminalOf } from './terminal.ts';
import { presentThroughVitest } from './vitest/present.ts';

const interrupted = endInOrder();
const io: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  page: pageOf(process.stdout, process.env),
  liveProgress: process.stderr.isTTY === true,
  cwd: typedIn(process.env),
  signal: interrupted.signal,
  clone: cloneAt(cloneRoot()),
  buildServer: (process.env.CI ?? '') !== '',
  terminal: terminalOf(process.stdin, process.stdout, process.env),
  listChecks: presentThroughVitest,
};

/** `npm test -w labs/<slug>` runs in the lab's folder; a file that is named on that command line is meant from where it was typed. */
function typedIn({ npm_package_name: name = '', INIT_CWD: typed = '' }: NodeJS.ProcessEnv): string {
  return name.startsWith('@raceproof/lab-') && typed !== '' ? typed : process.cwd();
}

process.exitCode = await runCli(process.argv.slice(2), io);
endSoon();
