/**
 * Texts that came from a learner's code or from AWS, made fit for one line of a drawing.
 */

import { clip, harmless } from '../report/page.ts';

/** The longest text in a drawing, in characters. */
const LONGEST = 48;

/** One line without control characters, and not longer than a lane can bear. */
export function oneLine(text: string, longest = LONGEST): string {
  return clip(harmless(text.replace(/\s+/g, ' ')).trim(), longest);
}
