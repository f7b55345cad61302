/**
 * A trace as swim-lanes for the terminal. Not yet drawn: the layout is on its way.
 *
 * Pure.
 */

import type { Trace } from '../../simulator/trace.ts';
import type { Page } from '../report/page.ts';

export function drawTrace(_trace: Trace, _page: Page): readonly string[] {
  return [];
}
