/**
 * A kept exploration as the text of a file, and back.
 *
 * A file that was cut short, edited or written by somebody else is told apart by its own hash and its shape, and is then as good as
 * none. That is against accidents: whoever computes the hash anew can write what they like (README.md says why that is no pass).
 */

import { isDeepStrictEqual } from 'node:util';
import type { Check } from '../../course/lab.ts';
import { asData, type ExplorationData, fromData } from '../exploration/as-data.ts';
import type { ScenarioExploration } from '../exploration/exploration.ts';
import { hashOf } from './cache-key.ts';

/** Of each function whose code was started: the hash of that code. */
export type CodeHashes = Readonly<Record<string, string>>;

export interface KeptExploration {
  readonly code: CodeHashes;
  readonly exploration: ScenarioExploration;
}

/**
 * The text of the file; null for what would not come back as it is, for what ended with a finding, and for samples that went on
 * for so much time: those are other ones each time.
 */
export function write(kept: KeptExploration): string | null {
  const { exploration, code } = kept;
  if (exploration.finding !== null || exploration.sampled?.forMs !== undefined) return null;
  const body = { code, exploration: asData(exploration) };
  const text = JSON.stringify(body);
  if (!isDeepStrictEqual(JSON.parse(text), body)) return null;
  return `${JSON.stringify({ sha256: hashOf(text), ...body })}\n`;
}

/** What the file says of these checks; null if it can't be trusted to say anything. */
export function read(text: string, checks: readonly Check[]): KeptExploration | null {
  try {
    const { sha256, ...body } = JSON.parse(text) as Record<string, unknown>;
    if (sha256 !== hashOf(JSON.stringify(body))) return null;
    const { code, exploration } = body;
    if (!isObject(code) || !isObject(exploration) || !Array.isArray(exploration.checks)) return null;
    if (typeof exploration.explored !== 'number' || exploration.finding !== null) return null;
    const { exploration: data } = body as { readonly exploration: ExplorationData };
    return { code: code as CodeHashes, exploration: fromData(data, checks) };
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
