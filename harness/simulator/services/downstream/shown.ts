/**
 * How people see downstreams: their requests, their answers, and the answers that came too late for their sender.
 */

import type { CallSeen, Did, EntrySeen, RowWords, Shown, StepSeen } from '../../contract/shown.ts';
import type { RunEvent } from '../../contract/trace-entry.ts';
import type { DownstreamEvent } from './trace-events.ts';

type Entry = EntrySeen<DownstreamEvent>;

/** The drawing cuts an answer at this number of characters. */
const LONGEST_ANSWER = 30;

export function showDownstreams(_trace: readonly Entry[]): Shown<DownstreamEvent> {
  return {
    rowOfCall,
    rows: {
      'downstream-left': ({ actor, event: { downstream, abandoned, answer } }) =>
        abandoned
          ? { actor: downstream, text: `✗ ${shortAnswer(answer)}, unheard`, kind: 'trouble' }
          : { actor: downstream, text: `tells ${actor}: ${shortAnswer(answer)}`, kind: 'call' },
    },
    incident({ actor, event }, at) {
      if (event.kind !== 'downstream-left' || !event.abandoned) return null;
      const did = `${event.downstream} did what ${actor} had asked for${at}`;
      return { actor: null, sentence: `${did}, but its caller was gone by then, and the answer is lost.` };
    },
    did,
    opens: ({ event }) =>
      event.kind === 'downstream-entered'
        ? { key: `downstream ${event.call}`, lane: { side: 'aws', name: event.downstream }, name: 'works' }
        : null,
    closes: (event) => (event.kind === 'downstream-left' ? `downstream ${event.call}` : null),
    viewerLane: (event) => ('downstream' in event ? { side: 'aws', name: event.downstream } : null),
  };
}

/** The row of a call to a downstream, with its answer if that came at once. */
function rowOfCall({ actor }: CallSeen, { entries }: StepSeen<DownstreamEvent>): RowWords | null {
  const entered = entries.find(({ event }) => event.kind === 'downstream-entered')?.event;
  if (entered?.kind !== 'downstream-entered') return null;
  const left = entries.find(({ event }) => event.kind === 'downstream-left')?.event;
  const text = left?.kind === 'downstream-left' ? shortAnswer(left.answer) : 'at work';
  return { actor, text: 'asks', kind: 'call', effect: { lane: entered.downstream, in: 'downstream', text } };
}

function did(event: DownstreamEvent | RunEvent): Did | null {
  return event.kind === 'downstream-left' ? { words: 'answered', value: event.answer } : null;
}

/** An answer in a few characters: for an object its values, `200 debit-1`. */
function shortAnswer(answer: unknown): string {
  const parts = typeof answer === 'object' && answer !== null ? Object.values(answer) : [answer];
  const text = parts.map((part) => (typeof part === 'string' ? part : (JSON.stringify(part) ?? 'nothing'))).join(' ');
  return text.length > LONGEST_ANSWER ? `${text.slice(0, LONGEST_ANSWER - 1)}…` : text;
}
