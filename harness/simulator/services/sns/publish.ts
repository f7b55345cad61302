/**
 * Publish and PublishBatch: what is answered about each message (SN-03, SN-04, SN-15, SN-16, SN-22, SN-23).
 */

import type { Input } from '../../contract/answer.ts';
import { type Chained, chainedBy } from '../../contract/event-chain.ts';
import { joined, NO_FOOTPRINT } from '../../contract/footprint.ts';
import type { Moment } from '../../contract/moment.ts';
import { asTold, refusal, unmodelled } from '../../contract/refusal.ts';
import { checkMembers, isGiven } from '../../contract/request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { uuidFrom } from '../../contract/uuid.ts';
import { type Taken, takeMessage } from './fan-out.ts';
import { publishesPath } from './footprints.ts';
import { type DraftMessage, MESSAGE_MEMBERS, readDraft } from './message.ts';
import type { TopicOperated } from './messages.ts';
import { parameterInvalid } from './refusal.ts';
import { MEMBERS_OF_TOPICS, textIn, topicIn } from './request.ts';
import type { SnsState, Topic } from './state.ts';
import { mostMessageBytes } from './topic-attributes.ts';

const MOST_ENTRIES = 10;
const MOST_ID_CHARACTERS = 80;

/** Who publishes, as the how many of its calls, and when. `number`: given when the call set out; null if it was given none. */
export interface Publisher extends Chained {
  readonly by: Actor;
  readonly number: number | null;
  readonly moment: Moment;
}

/** The how many of its caller it is: a message's id must not depend on what others do. */
export function numberOfPublish({ publishes }: SnsState, by: Actor): number {
  const number = (publishes.get(by) ?? 0) + 1;
  publishes.set(by, number);
  return number;
}

export function publish(state: SnsState, input: Input, publisher: Publisher): TopicOperated {
  if (isGiven(input.PhoneNumber)) throw unmodelled('PhoneNumber in Publish (text messages)');
  checkMembers('Publish', input, ['TopicArn', 'TargetArn', ...MESSAGE_MEMBERS]);
  const member = textIn(input, 'TopicArn') === undefined && isGiven(input.TargetArn) ? 'TargetArn' : 'TopicArn';
  if (member === 'TargetArn' && asTold(input.TargetArn).includes(':endpoint/'))
    throw unmodelled('A platform endpoint as TargetArn in Publish');
  const topic = topicIn(state, input, member);
  const draft = readDraft(topic, input);
  if (draft.bytes > mostMessageBytes(topic)) throw parameterInvalid('Message too long');
  const [taken] = takeAll(state, topic, [draft], publisher);
  return operated(publisher, taken === undefined ? {} : resultOf(taken), taken === undefined ? [] : [taken]);
}

/** SN-16, SN-23: a wrong entry refuses the request as a whole. Which of right ones may fail for now is in trouble.ts. */
export function publishBatch(state: SnsState, input: Input, publisher: Publisher): TopicOperated {
  checkMembers('PublishBatch', input, ['TopicArn', 'PublishBatchRequestEntries']);
  const entries = MEMBERS_OF_TOPICS.records(input, 'PublishBatchRequestEntries');
  const topic = topicIn(state, input);
  const ids = idsOf(entries);
  const drafts = entries.map((entry, place) => {
    checkMembers('PublishBatch', entry, ['Id', ...MESSAGE_MEMBERS]);
    return readDraft(topic, entry, `publishBatchRequestEntries.${place + 1}.member.`);
  });
  const bytes = drafts.reduce((sum, draft) => sum + draft.bytes, 0);
  if (bytes > mostMessageBytes(topic))
    throw refusal(
      'BatchRequestTooLongException',
      'The length of all the messages put together is more than the limit.',
    );
  const all = takeAll(state, topic, drafts, publisher);
  const Successful = all.map((taken, place) => ({ Id: ids[place], ...resultOf(taken) }));
  return operated(publisher, { Successful, Failed: [] }, all);
}

function idsOf(entries: readonly Input[]): readonly string[] {
  if (entries.length === 0)
    throw refusal('EmptyBatchRequestException', "The batch request doesn't contain any entries.");
  if (entries.length > MOST_ENTRIES)
    throw refusal('TooManyEntriesInBatchRequestException', 'The batch request contains more entries than permissible.');
  const ids = entries.map((entry) => MEMBERS_OF_TOPICS.text(entry, 'Id'));
  if (new Set(ids).size < ids.length)
    throw refusal('BatchEntryIdsNotDistinctException', 'Two or more batch entries in the request have the same Id.');
  const wrong = ids.find((id) => id.length > MOST_ID_CHARACTERS || !/^[A-Za-z0-9_-]+$/.test(id));
  if (wrong === undefined) return ids;
  const why = wrong.length > MOST_ID_CHARACTERS ? 'is too long' : 'contains an impermissible character';
  throw refusal('InvalidBatchEntryIdException', `The Id of a batch entry in the batch request ${why}: ${wrong}`);
}

function takeAll(
  state: SnsState,
  topic: Topic,
  drafts: readonly DraftMessage[],
  { by, number, moment, chain }: Publisher,
): readonly Taken[] {
  const publishing = number ?? numberOfPublish(state, by);
  return drafts.map((draft, place) =>
    takeMessage(state, {
      ...{ topic, draft, by, moment, ...chainedBy(chain) },
      messageId: uuidFrom(`${by} publishes ${publishing} ${place}`),
    }),
  );
}

function resultOf({ messageId, sequenceNumber }: Taken): Input {
  return { MessageId: messageId, ...(sequenceNumber === null ? {} : { SequenceNumber: sequenceNumber }) };
}

function operated({ by, number }: Publisher, output: Input, all: readonly Taken[]): TopicOperated {
  const counted = number === null ? { reads: [], writes: [publishesPath(by)] } : NO_FOOTPRINT;
  return {
    output,
    footprint: all.reduce((sum, { footprint }) => joined(sum, footprint), counted),
    effects: all.flatMap(({ effects }) => effects),
  };
}
