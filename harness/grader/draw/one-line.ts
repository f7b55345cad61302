/**
 * Makes texts from a learner's code or from AWS fit into one line of a drawing.
 */

import { clip, harmless } from '../report/page.ts';

/** The longest text in a drawing, in characters. */
const LONGEST = 48;

/** One line without control characters, at most `longest` characters long. */
export function oneLine(text: string, longest = LONGEST): string {
  return clip(harmless(text.replace(/\s+/g, ' ')).trim(), longest);
}
