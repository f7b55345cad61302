/**
 * The errors that `explore` throws: a schedule that failed, with its story; or the reason why nothing could be explored.
 *
 * The grader supplies the words: headline, drawing, reasons. Nothing is decided here.
 */

import { drawTrace } from '../grader/draw/terminal.ts';
import { block, harmless, type Page, wrap } from '../grader/report/page.ts';
import type { MarkedStep } from '../grader/result.ts';
import type { Frame } from '../simulator/contract/trace-entry.ts';
import type { Trace } from '../simulator/trace.ts';

const PAGE: Page = { columns: 100, color: false };

/** One failing run. */
export interface FailedRun {
  /** What went wrong, in one sentence: the message of the assertion that threw. */
  readonly headline: string;
  /** For example «It takes no fault. This is the shortest of the 4 failing schedules, of 6 in all.» */
  readonly shortest: string;
  /** Why, in sentences that name the numbered steps. */
  readonly because: readonly string[];
  readonly trace: Trace;
  /**
   * Had the first of these two steps come after the second, and all else as it was, the run would have held: it was tried. By
   * `TraceEntry.step`.
   */
  readonly swap?: { readonly first: number; readonly second: number };
  /** The steps that are wrong, which the drawing shows as broken. */
  readonly marked?: readonly MarkedStep[];
  /** Replays this run: `explore({ …, replay: token }, …)`. */
  readonly token: string;
  /** The line of a handler to look at first. */
  readonly frame?: Frame & { readonly text?: string };
}

/**
 * A schedule in which an assertion threw or an invariant broke. `message` holds the whole report; `cause` is what was thrown.
 */
export class ScheduleFailed extends Error {
  override readonly name = 'ScheduleFailed';
  readonly run: FailedRun;

  /** Writes the report of a run as the error's message. */
  constructor(run: FailedRun, cause: unknown) {
    super(tell(run), cause === undefined ? {} : { cause });
    this.run = run;
  }
}

/** Template, code, options or scenario do not allow any schedule to be judged. */
export class NotExplored extends Error {
  override readonly name = 'NotExplored';
}

function tell({ headline, shortest, because, trace, swap, marked, token, frame }: FailedRun): string {
  return [
    harmless(headline),
    ...wrap(shortest, PAGE.columns),
    '',
    ...drawTrace(trace, { ...PAGE, columns: PAGE.columns - 2 }, { swap, marked, because }).map((line) =>
      line === '' ? '' : `  ${line}`,
    ),
    '',
    ...(because.length === 0 ? [] : [...block(PAGE, harmless(because.join(' '))), '']),
    ...(frame === undefined
      ? []
      : [`  ${frame.file}:${frame.line}${frame.text === undefined ? '' : `  ${harmless(frame.text)}`}`]),
    `  replay   explore({ …, replay: '${token}' }, …)`,
  ].join('\n');
}
