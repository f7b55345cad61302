/**
 * A finished result as JSON: the model itself, nothing added, nothing left out.
 *
 * For `--json` and for programs that read results. `grader/result.ts` documents the members.
 */

import type { LabResult } from '../result.ts';

/** Indented by two spaces, with a line break at the end. */
export function reportAsJson(result: LabResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
