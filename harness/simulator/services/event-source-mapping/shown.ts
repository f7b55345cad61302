/**
 * How people see event source mappings: when they are switched on and off, records of a stream that come once more, and records that were
 * given up.
 *
 * What a mapping takes and gives otherwise shows in the words of sources and functions.
 */

import { count } from '../../../words/phrases.ts';
import { templateName } from '../../../words/template-name.ts';
import type { CallSeen, EntrySeen, Incident, RowWords, Shown } from '../../contract/shown.ts';
import type { MappingEvent } from './trace-events.ts';

type Entry = EntrySeen<MappingEvent>;

export function showMappings(): Shown<MappingEvent> {
  return {
    looks: ['ListEventSourceMappings', 'GetEventSourceMapping'],
    rowOfCall: switched,
    notes: {
      'records-given-up': ({ actor, event }) => ({
        actor,
        text: `✗ gives up ${count(event.itemIds.length, 'record')}: ${event.sentTo === null ? 'dropped' : `told to ${templateName(event.sentTo)}`}`,
      }),
      'window-given-up': ({ actor, event }) => ({
        actor,
        text: `✗ gives up the end of the window until ${event.end}: its state is lost`,
      }),
    },
    brought: (entries) => {
      const end = entries.find(({ event }) => event.kind === 'window-ends')?.event;
      if (end?.kind === 'window-ends') return { words: endInWords(end), isAgain: end.isAgain };
      const again = entries.find(({ event }) => event.kind === 'records-tried-again')?.event;
      if (again?.kind !== 'records-tried-again') return null;
      return { words: count(again.itemIds.length, 'record'), isAgain: true };
    },
    incident: incidentOf,
  };
}

/** «bill: off», as columns are narrow; null for any other call. */
function switched({ actor, event: { operation, input, answer } }: CallSeen): RowWords | null {
  if (operation !== 'UpdateEventSourceMapping' || answer?.ok !== true) return null;
  const { UUID: _, Enabled, ...others } = Object(input);
  if (typeof Enabled !== 'boolean' || Object.keys(others).length > 0) return null;
  const name = String(answer.output.FunctionArn).split(':').at(-1);
  return { actor, text: `${name}: ${Enabled ? 'on' : 'off'}`, kind: 'call' };
}

function endInWords({ end, closing }: MappingEvent & { readonly kind: 'window-ends' }): string {
  return closing === 'final' ? `the end of the window until ${end}` : `an early end of the window until ${end}`;
}

function incidentOf({ event }: Entry, at: string): Incident | null {
  if (event.kind === 'window-given-up') {
    const why = event.condition === 'RecordAgeExceeded' ? 'its records are too old' : 'it tried as often as it tries';
    const sentence = `The ${event.by} gave up the end of the window until ${event.end}${at}, as ${why}: its state is lost.`;
    return { actor: null, sentence };
  }
  if (event.kind === 'report-not-read') {
    const reported = count(event.itemIds.length, 'record');
    const sentence = `The ${event.by} went on${at} behind ${reported} that the function had reported as failed: it reads such reports only if its FunctionResponseTypes has ReportBatchItemFailures.`;
    return { actor: null, sentence };
  }
  if (event.kind !== 'records-given-up') return null;
  const what = count(event.itemIds.length, 'record');
  const why =
    event.condition === 'RecordAgeExceeded' ? 'older than the mapping takes' : 'tried as often as the mapping tries';
  const where = event.sentTo === null ? 'dropped' : `told to ${templateName(event.sentTo)}`;
  return { actor: null, sentence: `The ${event.by} gave up ${what}${at}, ${why}: ${where}.` };
}
