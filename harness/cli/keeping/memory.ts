/**
 * What is remembered about a learner between commands: the latest verdict of each lab, and which hints were shown.
 *
 * One small file per lab and subject below `.raceproof`, written completely or not at all. A verdict is valid only for the code
 * that was judged, so the hash of that code is kept with it. If nothing can be written, nothing is remembered, and that is no
 * error.
 */

import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { CheckResult, GradingOutcome, LabResult } from '../../grader/result.ts';
import type { Clone } from '../clone.ts';

/** A verdict without its evidence. */
export interface RememberedVerdict {
  readonly labVersion: number;
  readonly submissionSha256: string;
  readonly outcome: GradingOutcome;
  /** How long it took, or took when everything was explored. The next grading may take as long. */
  readonly durationMs: number;
  readonly checks: readonly Pick<CheckResult, 'id' | 'task' | 'status'>[];
}

/** The folder for one lab in `.raceproof`. */
export function ownFolderOf(clone: Clone, slug: string): string {
  return join(clone.own, slug);
}

/** Stores the verdict of a grading. A bug of ours is no verdict, and a few runs in real time are no verdict on every order. */
export async function rememberVerdict(clone: Clone, result: LabResult): Promise<void> {
  if (result.target !== 'simulator' || (result.outcome !== 'pass' && result.outcome !== 'fail')) return;
  const cached = result.checks.some(({ exploration }) => exploration?.cached === true);
  const before = cached ? ((await rememberedVerdict(clone, result.lab))?.durationMs ?? 0) : 0;
  const verdict: RememberedVerdict = {
    labVersion: result.labVersion,
    submissionSha256: result.integrity.submissionSha256,
    outcome: result.outcome,
    durationMs: Math.max(before, Math.round(result.durationMs)),
    checks: result.checks.map(({ id, task, status }) => ({ id, task, status })),
  };
  await writeJson(verdictFile(clone, result.lab), verdict);
}

/** The latest verdict on this lab; null if there is none that can be read. */
export async function rememberedVerdict(clone: Clone, slug: string): Promise<RememberedVerdict | null> {
  const found = await readJson(verdictFile(clone, slug));
  return isVerdict(found) ? found : null;
}

/** How many of the three hints for this kind of failure were shown; 0 if none. */
export async function hintsShown(clone: Clone, slug: string, hintId: string): Promise<number> {
  const tiers = await readTiers(clone, slug);
  return tiers.get(hintId) ?? 0;
}

/** Stores that hints up to `tier` were shown. False if it could not be written. */
export async function rememberHint(clone: Clone, slug: string, hintId: string, tier: number): Promise<boolean> {
  const tiers = await readTiers(clone, slug);
  const highest = Math.max(tier, tiers.get(hintId) ?? 0);
  return writeJson(hintsFile(clone, slug), Object.fromEntries([...tiers, [hintId, highest]]));
}

/** Writes a file completely or not at all: first under another name. False if that can't be done. */
export async function writeWhole(file: string, text: string): Promise<boolean> {
  const beside = `${file}.${process.pid}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(beside, text);
    await rename(beside, file);
    return true;
  } catch {
    await rm(beside, { force: true }).catch(() => undefined);
    return false;
  }
}

function verdictFile(clone: Clone, slug: string): string {
  return join(ownFolderOf(clone, slug), 'verdict.json');
}

function hintsFile(clone: Clone, slug: string): string {
  return join(ownFolderOf(clone, slug), 'hints.json');
}

async function readTiers(clone: Clone, slug: string): Promise<ReadonlyMap<string, number>> {
  const found = await readJson(hintsFile(clone, slug));
  if (typeof found !== 'object' || found === null) return new Map();
  return new Map(
    Object.entries(found).filter((entry): entry is [string, number] => [1, 2, 3].some((tier) => tier === entry[1])),
  );
}

function isVerdict(found: unknown): found is RememberedVerdict {
  if (typeof found !== 'object' || found === null) return false;
  const { labVersion, submissionSha256, outcome, durationMs, checks } = found as Partial<
    Record<keyof RememberedVerdict, unknown>
  >;
  return (
    typeof labVersion === 'number' &&
    typeof durationMs === 'number' &&
    typeof submissionSha256 === 'string' &&
    (outcome === 'pass' || outcome === 'fail') &&
    Array.isArray(checks)
  );
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}

function writeJson(file: string, value: unknown): Promise<boolean> {
  return writeWhole(file, `${JSON.stringify(value, null, 2)}\n`);
}
