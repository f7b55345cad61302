/**
 * A finished result as JSON: the model itself, nothing added, nothing left out.
 *
 * For `--json` and for programs that read results. What the members mean is written in grader/result.ts.
 */

import type { LabResult } from '../result.ts';

/** Two spaces of indentation, a line break at the end. */
export function reportAsJson(result: LabResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
