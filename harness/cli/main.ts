/**
 * The process around the CLI: streams, Ctrl-C, the exit code.
 *
 * run.ts has everything that can be tested without a process. A reader that goes away (`| head`) ends the program quietly. A
 * signal ends it in order if that takes no longer than a moment; after that moment, or at a second Ctrl-C, it ends at once.
 */

import process from 'node:process';
import { cloneAt, cloneRoot } from './clone.ts';
import { type Io, pageOf } from './io.ts';
import { EXIT_INTERRUPTED, runCli } from './run.ts';
import { terminalOf } from './terminal.ts';
import { presentThroughVitest } from './vitest/present.ts';

/** After the last output, open handles have this long to close, in milliseconds. */
const LINGER_MS = 2_000;
/** After a signal, everything has this long to end in order, in milliseconds. */
const END_MS = 700;

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 0);
  });
}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (interrupted.signal.aborted) process.exit(EXIT_INTERRUPTED);
    setTimeout(() => process.exit(EXIT_INTERRUPTED), END_MS).unref();
    interrupted.abort();
  });
}

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
setTimeout(() => process.exit(), LINGER_MS).unref();
