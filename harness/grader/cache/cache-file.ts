/**
 * Writes a cached exploration as the text of a file, and reads it back.
 *
 * The text holds its own hash, so a file that was cut short or edited is noticed and ignored. That guards against accidents only: a
 * person who recomputes the hash can write anything (README.md says why that is no way to pass).
 */

import type { Check } from '../../course/lab.ts';
import { sameData } from '../../host/remembering/same-data.ts';
import type { Platform } from '../../platform/platform.ts';
import { type ExplorationData, explorationFromData, explorationToData } from '../exploration/as-data.ts';
import type { ScenarioExploration } from '../exploration/exploration.ts';

/** The hash of the code of each module whose code was started. */
export type CodeHashes = Readonly<Record<string, string>>;

type Hash = Platform['sha256'];

export interface CachedExploration {
  readonly code: CodeHashes;
  readonly exploration: ScenarioExploration;
}

/**
 * The text of the file. Null in three cases: the exploration ended with a finding; it was sampled by the clock, so it would
 * come out differently each time; or the text would not be read back as the same exploration.
 */
export function writeCacheFile({ exploration, code }: CachedExploration, sha256: Hash): string | null {
  if (exploration.finding !== null || exploration.sampled?.forMs !== undefined) return null;
  const body = { code, exploration: explorationToData(exploration) };
  const text = JSON.stringify(body);
  if (!sameData(JSON.parse(text), body)) return null;
  return `${JSON.stringify({ sha256: sha256(text), ...body })}\n`;
}

/** The exploration of these checks; null if the file is damaged or does not fit them. */
export function readCacheFile(text: string, checks: readonly Check[], sha256: Hash): CachedExploration | null {
  try {
    const { sha256: own, ...body } = JSON.parse(text) as Record<string, unknown>;
    if (own !== sha256(JSON.stringify(body))) return null;
    const { code, exploration } = body;
    if (!isObject(code) || !isObject(exploration) || !Array.isArray(exploration.checks)) return null;
    if (typeof exploration.explored !== 'number' || exploration.finding !== null) return null;
    const { exploration: data } = body as { readonly exploration: ExplorationData };
    return { code: code as CodeHashes, exploration: explorationFromData(data, checks) };
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
