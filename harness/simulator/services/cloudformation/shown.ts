/**
 * How people see stacks: an actor for each, with the calls that it makes, its statuses, and a sentence where it fails and goes back.
 */

import type { EntrySeen, Incident, NoteWords, RowWords, Shown } from '../../contract/shown.ts';
import type { StackStatus } from './state.ts';
import type { StackEvent } from './trace-events.ts';

type Entry = EntrySeen<StackEvent>;

export function showStacks(): Shown<StackEvent> {
  return {
    verbs: { CreateStack: 'create stack', DeleteStack: 'delete stack', UpdateStack: 'update stack' },
    looks: [
      ...['DescribeStackEvents', 'DescribeStackResource', 'DescribeStackResources', 'DescribeStacks'],
      ...['GetTemplate', 'ListStackResources'],
    ],
    rows: {
      'stack-changed': ({ actor, event }): RowWords => ({ actor, text: event.status, kind: kindOf(event.status) }),
    },
    notes: {
      'stack-changed': ({ actor, event }): NoteWords => ({ actor, text: event.status }),
      'stack-resource-changed': ({ actor, event }): NoteWords | null =>
        event.status.endsWith('_FAILED') ? { actor, text: `${event.logicalId}: ${event.status}` } : null,
    },
    incident,
    viewerLane: (event) =>
      event.kind === 'stack-changed' || event.kind === 'stack-resource-changed'
        ? { side: 'aws', name: `stack ${event.stack}` }
        : null,
  };
}

function kindOf(status: StackStatus): RowWords['kind'] {
  return status.includes('ROLLBACK') || status.endsWith('FAILED') ? 'trouble' : 'call';
}

/** What went wrong with a resource; what follows for the stack stands in its statuses. */
function incident({ actor, event }: Entry, at: string): Incident | null {
  if (event.kind !== 'stack-resource-changed' || !event.status.endsWith('_FAILED')) return null;
  const { stack, logicalId, status, reason = '' } = event;
  return { sentence: `The resource ${logicalId} of the stack ${stack} is ${status}${at}: ${reason}`, actor };
}
