/**
 * Gives a finding without a place the nearest one that is known: where a handler begins.
 */

import type { Frame } from '../../simulator/contract/trace-entry.ts';
import type { Submission } from '../submission/submission.ts';
import type { Finding } from './finding.ts';

/**
 * The finding with the nearest known place: its own, else `at`, else the beginning of the handler. In the last case the message
 * says that the cause may be anywhere in the handler.
 */
export function withNearestPlace(finding: Finding, submission: Submission, at?: Frame): Finding {
  const frame = finding.frame ?? at;
  if (frame !== undefined) return { ...finding, frame };
  if (finding.elsewhere) return finding;
  const begins = handlerBegins(submission);
  if (begins === undefined) return finding;
  const somewhere = `It was somewhere in the handler that begins at ${begins.file}:${begins.line}, in what it calls, or in what is done when its file is loaded.`;
  return { ...finding, message: `${finding.message} ${somewhere}`, frame: begins };
}

/** The beginning of the handler of the template's first function. */
function handlerBegins({ stacks, files }: Pick<Submission, 'stacks' | 'files'>): Frame | undefined {
  const [first] = [...stacks.values()].flat().flatMap(({ deployment }) => deployment.functions);
  if (first === undefined) return undefined;
  const dot = first.handler.lastIndexOf('.');
  const base = `${first.codeFolder.replace(/\/$/, '')}/${first.handler.slice(0, dot)}.`;
  const found = [...files].find(([path]) => path.startsWith(base));
  if (found === undefined) return undefined;
  const [file, text] = found;
  const name = first.handler.slice(dot + 1);
  const at = text.split('\n').findIndex((line) => line.includes('export') && line.includes(name));
  return { file, line: Math.max(0, at) + 1, column: 1 };
}
