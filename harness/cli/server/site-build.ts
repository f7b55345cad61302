/**
 * Builds the pages if they are missing or older than their sources.
 *
 * Sources are compared by content and not by date, because a checkout changes dates. The pages contain parts of the harness, so
 * its files are sources too. The build writes only into site/dist.
 */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import process from 'node:process';
import { cloneRoot, siteFolder } from '../clone.ts';

/** A file in the built pages. Its name begins with a dot, so it is never served. */
const STAMP = '.sources';
const NOT_SOURCES = new Set(['node_modules', 'dist', '.astro', '.git']);

export type SiteState = 'fresh' | 'missing' | 'stale';

export interface SiteBuild {
  readonly ok: boolean;
  /** The last lines of the build's output, if it failed. */
  readonly output: string;
}

/** The folder of the built pages. */
export function pagesFolder(): string {
  return join(siteFolder(), 'dist');
}

/** Whether the pages were built from these sources. */
export async function siteState(sources: string): Promise<SiteState> {
  const stamp = await readFile(join(pagesFolder(), STAMP), 'utf8').catch(() => null);
  if (stamp !== null) return stamp === sources ? 'fresh' : 'stale';
  const index = await readFile(join(pagesFolder(), 'index.html')).catch(() => null);
  return index === null ? 'missing' : 'stale';
}

/** The hash of all sources of the pages. */
export async function hashSources(): Promise<string> {
  const root = cloneRoot();
  const hash = createHash('sha256');
  for (const folder of ['site', 'harness', 'solutions', 'docs']) {
    for (const path of await filesBelow(join(root, folder))) {
      if (/\.test\.ts$/.test(path)) continue;
      hash
        .update(`${relative(root, path).split(sep).join('/')}\0`)
        .update(await readFile(path))
        .update('\0');
    }
  }
  hash.update(await readFile(join(root, 'package-lock.json')).catch(() => ''));
  return hash.digest('hex');
}

/** Runs the build. `signal` ends it. */
export async function buildSite(sources: string, signal: AbortSignal): Promise<SiteBuild> {
  const astro = join(cloneRoot(), 'node_modules', 'astro', 'bin', 'astro.mjs');
  const { code, output } = await runNode([astro, 'build'], siteFolder(), signal);
  if (code !== 0) return { ok: false, output: output.trimEnd().split('\n').slice(-12).join('\n') };
  await writeFile(join(pagesFolder(), STAMP), sources);
  return { ok: true, output: '' };
}

function runNode(
  args: readonly string[],
  cwd: string,
  signal: AbortSignal,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
    const child = spawn(process.execPath, args, { cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = `${output}${chunk.toString()}`.slice(-10_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve({ code: null, output: `${output}\n${error.message}` }));
    child.once('close', (code) => resolve({ code, output }));
  });
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sorted = entries.filter(({ name }) => !NOT_SOURCES.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const nested = sorted.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
  return (await Promise.all(nested)).flat();
}
