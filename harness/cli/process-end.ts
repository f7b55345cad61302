/**
 * How a process of ours ends: quietly when nobody reads it any more, in order after a signal, and never much later than its work.
 *
 * A signal ends it in order if that takes no longer than a moment; after that moment, or at a second signal, it ends at once.
 */

import process from 'node:process';
import { EXIT_INTERRUPTED } from './interrupted.ts';

/** After the last output, open handles have this long to close, in milliseconds. */
const LINGER_MS = 2_000;
/** After a signal, everything has this long to end in order, in milliseconds. */
const END_MS = 700;

/** Prepares the end of this process. The controller is aborted by Ctrl-C and by whoever wants this process to stop. */
export function endInOrder(): AbortController {
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
      interrupted.abort();
    });
  }
  interrupted.signal.addEventListener('abort', () => setTimeout(() => process.exit(EXIT_INTERRUPTED), END_MS).unref());
  return interrupted;
}

/** The work is done: the process ends when its handles have closed, or soon. */
export function endSoon(): void {
  setTimeout(() => process.exit(), LINGER_MS).unref();
}
