/**
 * Replays a token on the learner's own copy.
 *
 * The commands `replay` and `trace` and the page's API use it. It finds the lab that the token names; the grader does the rest.
 */

import { findLab, labs } from '../course/labs.ts';
import { type ReplayResult, replayRun } from '../grader/replay/replay.ts';
import { readToken } from '../grader/replay/token.ts';
import { NODE } from '../node/platform.ts';
import type { HostKind } from '../platform/platform.ts';
import { labFolder } from './clone.ts';
import { readLearnerFiles } from './learner-files.ts';
import { sayNearName } from './near-name.ts';

/** Replays a token against `folder`, or against labs/<lab>. Refusals are sentences. */
export async function replayToken(
  token: string,
  {
    folder,
    shown,
    host = 'isolated',
  }: { readonly folder?: string; readonly shown?: string; readonly host?: HostKind } = {},
): Promise<ReplayResult> {
  const read = readToken(token);
  if (!read.ok) return { kind: 'refused', message: read.message };
  const { lab: slug } = read.token;
  const lab = findLab(slug);
  if (lab === undefined) {
    const names = labs.map((known) => known.slug);
    return {
      kind: 'refused',
      message: `This token is of a lab «${slug}», which is not here.${sayNearName(slug, names)}`,
    };
  }
  const name = shown ?? `labs/${slug}`;
  const files = await readLearnerFiles(lab, folder ?? labFolder(slug), name);
  if (files === null) return { kind: 'refused', message: `There is no folder ${name}, so there is no code to replay.` };
  if (files.kind === 'finding') return { kind: 'refused', message: files.message };
  return replayRun({ platform: NODE, lab, files: files.files, token: token.trim(), host });
}
