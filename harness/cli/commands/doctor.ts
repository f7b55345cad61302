/**
 * `raceproof doctor`: says whether this machine has what the course needs, and what to do about anything that is missing.
 *
 * It changes nothing. Exit code 0 if everything needed is there, 2 otherwise.
 */

import { access, constants, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { release } from 'node:os';
import process from 'node:process';
import { paint } from '../../grader/report/page.ts';
import { LAB_PACKAGES } from '../../host/sdk/service-wires.ts';
import { HARNESS_VERSION } from '../../version.ts';
import { cacheFolder, cloneRoot } from '../clone.ts';
import type { Io } from '../io.ts';
import { DEFAULT_PORT } from '../server/server.ts';
import { type Command, EXIT_REFUSED } from './command.ts';

interface Finding {
  readonly ok: boolean;
  /** False for what is only useful. */
  readonly needed: boolean;
  readonly says: string;
}

export const DOCTOR_COMMAND: Command = {
  name: 'doctor',
  positionals: [],
  options: {},
  async run(_given, io) {
    const findings = [version(), ...(await packages()), await cache(), await port()];
    io.out(`raceproof ${HARNESS_VERSION} in ${cloneRoot()}\n`);
    for (const finding of findings) io.out(`${line(finding, io)}\n`);
    return findings.some(({ ok, needed }) => needed && !ok) ? EXIT_REFUSED : 0;
  },
};

function line({ ok, needed, says }: Finding, io: Io): string {
  if (ok) return `${paint(io.page, 'held', '✓')} ${says}`;
  return needed ? `${paint(io.page, 'broken', '✗')} ${says}` : `○ ${says}`;
}

function version(): Finding {
  const ok = process.versions.node.startsWith('24.');
  const found = `Node ${process.versions.node} on ${process.platform}-${process.arch} (${release()})`;
  return {
    ok,
    needed: true,
    says: ok ? found : `${found}; the course runs on Node 24. Start it with npm, which brings its own.`,
  };
}

async function packages(): Promise<readonly Finding[]> {
  const names = ['esbuild', 'yaml', 'vitest/node', ...LAB_PACKAGES];
  const missing: string[] = [];
  for (const name of names) {
    await import(name).catch(() => missing.push(name));
  }
  if (missing.length === 0) return [{ ok: true, needed: true, says: 'the packages are installed' }];
  const says = `${missing.join(', ')} can’t be loaded. Run «npm ci --ignore-scripts» in the course's folder.`;
  return [{ ok: false, needed: true, says }];
}

async function cache(): Promise<Finding> {
  const folder = cacheFolder();
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return { ok: true, needed: false, says: 'node_modules/.cache/raceproof can be written' };
  } catch {
    return {
      ok: false,
      needed: false,
      says: 'node_modules/.cache/raceproof can’t be written; everything works, some of it slower',
    };
  }
}

async function port(): Promise<Finding> {
  const free = await new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port: DEFAULT_PORT, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
  const says = free
    ? `port ${DEFAULT_PORT} is free for the pages`
    : `port ${DEFAULT_PORT} is taken; «npm start» will use the next free one`;
  return { ok: free, needed: false, says };
}
