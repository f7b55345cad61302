/**
 * How people see event source mappings: records of a stream that come once more, and records that were given up.
 *
 * What a mapping takes and gives otherwise shows in the words of sources and functions.
 */

import { count } from '../../../words/phrases.ts';
import type { EntrySeen, Incident, Shown } from '../../contract/shown.ts';
import type { MappingEvent } from './trace-events.ts';

type Entry = EntrySeen<MappingEvent>;

export function showMappings(): Shown<MappingEvent> {
  return {
    notes: {
      'records-given-up': ({ actor, event }) => ({
        actor,
        text: `✗ gives up ${count(event.itemIds.length, 'record')}: ${event.sentTo === null ? 'dropped' : `told to ${event.sentTo}`}`,
      }),
    },
    brought: (entries) => {
      const again = entries.find(({ event }) => event.kind === 'records-tried-again')?.event;
      if (again?.kind !== 'records-tried-again') return null;
      return { words: count(again.itemIds.length, 'record'), isAgain: true };
    },
    incident: incidentOf,
  };
}

function incidentOf({ event }: Entry, at: string): Incident | null {
  if (event.kind !== 'records-given-up') return null;
  const what = count(event.itemIds.length, 'record');
  const why =
    event.condition === 'RecordAgeExceeded' ? 'older than the mapping takes' : 'tried as often as the mapping tries';
  const where = event.sentTo === null ? 'dropped' : `told to ${event.sentTo}`;
  return { actor: null, sentence: `The ${event.by} gave up ${what}${at}, ${why}: ${where}.` };
}
