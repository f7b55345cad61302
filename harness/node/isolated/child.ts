/**
 * The child process that runs learners' code: reads commands, runs realms, writes reports.
 *
 * It holds no expectations, no results and no secrets. It was started with Node's permission model on, code from strings off
 * and an empty environment; the realms inside have no access to files, sockets or processes in the first place. This is the
 * first rung of a ladder, not a sandbox: code that exploits the engine itself would get out.
 */

import { writeSync } from 'node:fs';
import { HostStopped } from '../../host/stopped.ts';
import { decode } from '../../host/wire.ts';
import type { HostCommand } from '../../simulator/host.ts';
import { RealmHost } from '../realm/host.ts';
import { Awake } from './awake.ts';
import type { FromChild, ToChild } from './protocol.ts';

let realms: RealmHost | null = null;
const awake = new Awake();
let unfinished = '';
let working: Promise<void> = Promise.resolve();

// Ctrl-C reaches every process of a terminal. The grader decides when this one ends, or its end would look like the code's doing.
process.on('SIGINT', () => undefined);

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text: string) => {
  awake.touch();
  const lines = (unfinished + text).split('\n');
  unfinished = lines.pop() ?? '';
  for (const line of lines) {
    const message = decode(line) as ToChild;
    working = working.then(() => carryOut(message));
  }
});
process.stdin.on('end', () => process.exit(0));

async function carryOut(message: ToChild): Promise<void> {
  switch (message.kind) {
    case 'sources':
      realms = new RealmHost(message.sources, message.watch);
      say({ kind: 'ready' });
      return;
    case 'begin':
      realms?.begin(message.run);
      return;
    case 'deliver':
      if (realms !== null) await deliver(realms, message.commands);
      return;
  }
}

async function deliver(host: RealmHost, commands: readonly HostCommand[]): Promise<void> {
  try {
    const reports = await host.deliver(commands);
    write(`${host.computedMs} ${reports}`);
    awake.touch();
  } catch (error) {
    if (!(error instanceof HostStopped)) throw error;
    say({ kind: 'hangs', at: error.at ?? null, computedMs: error.computedMs ?? null });
  }
}

function say(message: FromChild): void {
  write(JSON.stringify(message));
}

/** Writes a whole line, even if the pipe is full. */
function write(line: string): void {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      // The pipe is full: try again until the parent has read more.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}
