/**
 * Builds the pages if they are missing or older than their sources.
 *
 * Sources are compared by content and not by date, because a checkout changes dates. The pages contain parts of the harness, so
 * its files are sources too. A build writes beside the pages that are served and takes their place when it is whole, so that
 * one that fails or is ended leaves them as they were.
 */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { cloneRoot, siteFolder } from '../clone.ts';

/** A file in the built pages. Its name begins with a dot, so it is never served. */
const STAMP = '.sources';
/** Where a build writes until it is whole, and where the pages go whose place it takes. Git ignores both. */
const UNFINISHED = join('.astro', 'pages-unfinished');
const REPLACED = join('.astro', 'pages-replaced');
/** Astro begins a line with the name of the part that writes it; this part runs the grader for the pages (astro.config.mjs). */
const CAPTURING = /\[raceproof-captured-verdicts\] (.+)$/;
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

/** Runs the build, and calls `onStep` with what it does now («grading the starter …»). `signal` ends it. */
export async function buildSite(
  sources: string,
  signal: AbortSignal,
  onStep: (step: string) => void,
): Promise<SiteBuild> {
  const site = siteFolder();
  const astro = join(cloneRoot(), 'node_modules', 'astro', 'bin', 'astro.mjs');
  const { code, output } = await runNode([astro, 'build', '--outDir', UNFINISHED], site, signal, stepTeller(onStep));
  if (code !== 0) return { ok: false, output: output.trimEnd().split('\n').slice(-12).join('\n') };
  await writeFile(join(site, UNFINISHED, STAMP), sources);
  await takePlace(site);
  return { ok: true, output: '' };
}

async function takePlace(site: string): Promise<void> {
  await rm(join(site, REPLACED), { recursive: true, force: true });
  await rename(pagesFolder(), join(site, REPLACED)).catch(unlessMissing);
  await rename(join(site, UNFINISHED), pagesFolder());
  await rm(join(site, REPLACED), { recursive: true, force: true });
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Reads lines of the build: each step of the capture, and then that the pages are written. */
function stepTeller(onStep: (step: string) => void): (line: string) => void {
  let hasCaptured = false;
  return (line) => {
    const step = CAPTURING.exec(line)?.[1];
    if (step !== undefined) {
      hasCaptured = true;
      onStep(step);
    } else if (hasCaptured) {
      hasCaptured = false;
      onStep('writing the pages');
    }
  };
}

function runNode(
  args: readonly string[],
  cwd: string,
  signal: AbortSignal,
  onLine: (line: string) => void,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
    const child = spawn(process.execPath, args, { cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        output = `${output}${line}\n`.slice(-10_000);
        onLine(line);
      });
    }
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
