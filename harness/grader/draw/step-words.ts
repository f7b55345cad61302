/**
 * What a step of a drawing says, in one line of the learner's terms: «get notify-me → bumps = 1», «answers {count: 1}».
 *
 * Takes the grader's rows and puts names of items and what an invocation said at its end beside them. Everything that leaves
 * here is one line without control characters, and not longer than a lane can bear.
 */

import type { TraceEntry } from '../../simulator/trace.ts';
import { asItem } from '../explain/items.ts';
import { clip, harmless } from '../report/page.ts';
import { duration } from '../report/words.ts';
import type { Row } from './rows.ts';
import type { Touched } from './touched-item.ts';

/** The longest text in a drawing, in characters. */
const LONGEST = 48;

/** A text that came from a learner's code or from AWS, made fit for one line. */
export function oneLine(text: string, longest = LONGEST): string {
  return clip(harmless(text.replace(/\s+/g, ' ')).trim(), longest);
}

/** «get notify-me → nothing»: the row's words with the item's name in them. */
export function labelOf({ text, kind }: Row, touched: Touched | undefined): string {
  if (touched === undefined || touched.item === '' || kind === 'start') return oneLine(text);
  const [verb = '', ...rest] = text.split(' ');
  return oneLine([verb, clip(touched.item, 20), ...rest].join(' '));
}

export interface Saying {
  readonly actor: string;
  readonly text: string;
  readonly kind: 'answers' | 'sleeps' | 'trouble';
}

/** What else happened in the row's step: how long somebody sleeps, what an invocation answered, what went wrong. */
export function sayingsOf(row: Row, entries: readonly TraceEntry[]): readonly Saying[] {
  const said = entries.flatMap(({ event, actor }): readonly Saying[] => {
    if (event.kind === 'timer-set' && event.delayMs > 0) {
      return [{ actor, text: `sleeps ${duration(event.delayMs)}`, kind: 'sleeps' }];
    }
    if (event.kind === 'invocation-ended' && event.outcome.kind === 'returned') {
      return [{ actor: event.invocation, text: `answers ${sayPayload(event.outcome.payload)}`, kind: 'answers' }];
    }
    return [];
  });
  const troubles = row.notes.map(({ actor, text }): Saying => ({ actor, text, kind: 'trouble' }));
  return [...said, ...troubles].map((saying) => ({ ...saying, text: oneLine(saying.text) }));
}

/** `{count: 1}`: JSON as a person would write it down. */
function sayPayload(payload: unknown): string {
  const object = asItem(payload);
  if (object === null) return JSON.stringify(payload) ?? 'nothing';
  const members = Object.entries(object).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `{${members.join(', ')}}`;
}
