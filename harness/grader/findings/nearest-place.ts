/**
 * The nearest place in a learner's code for a finding that names none: where a handler begins.
 */

import type { Frame } from '../../simulator/contract/trace-entry.ts';
import type { Submission } from '../submission/submission.ts';
import type { Finding } from './finding.ts';

/**
 * The finding with the nearest place that is known: its own, else `at`, else where the handler begins. In the last case the
 * message says that it may be anywhere in it.
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

/** Where the handler of the template's first function begins. */
function handlerBegins({ stacks, files }: Pick<Submission, 'stacks' | 'files'>): Frame | undefined {
  const [first] = [...stacks.values()].flatMap(({ deployment }) => deployment.functions);
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
