/**
 * What only some targets are told beside their input: the message group of a queue, the partition key of a stream (EB-27, EB-28).
 *
 * A group is a constant, as AWS's reference has it. A partition key is a part of the event, or its id.
 */

import type { Input } from '../../contract/answer.ts';
import { unmodelled } from '../../contract/refusal.ts';
import { checkMembers, isGiven } from '../../contract/request.ts';
import type { DeliverRequest } from '../../contract/service-request.ts';
import type { BusEvent } from './event.ts';
import { type JsonPath, partAt, readJsonPath } from './json-path.ts';
import { constraintBroken, notValid } from './refusal.ts';
import { MEMBERS_OF_EVENTS } from './request.ts';
import type { RuleTarget, TargetParameters } from './state.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-events-rule-sqsparameters.html */
export const MOST_GROUP_CHARACTERS = 100;
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_KinesisParameters.html */
export const MOST_PATH_CHARACTERS = 256;

/** A text that AWS would perhaps follow into the event; nothing says that it does. */
const LOOKS_LIKE_PATH = /^\$[.[]/;

/** Reads the parameters of the target `id`. `place`: where the request has the target. */
export function readTargetParameters(
  given: Input,
  kind: RuleTarget['kind'],
  { id, place }: { readonly id: string; readonly place: string },
): TargetParameters {
  const hasGroup = isGiven(given.SqsParameters);
  const hasPath = isGiven(given.KinesisParameters);
  if (hasGroup && kind !== 'queue' && kind !== 'fifo-queue')
    throw unmodelled('SqsParameters of a target that is no queue');
  if (hasPath && kind !== 'stream') throw unmodelled('KinesisParameters of a target that is no stream');
  if (kind === 'fifo-queue' && !hasGroup)
    throw notValid(`Parameter(s) SqsParameters must be specified for target: ${id}.`);
  return {
    messageGroupId: hasGroup ? groupIn(given, `${place}.sqsParameters.messageGroupId`) : null,
    partitionKeyPath: hasPath ? pathIn(given, `${place}.kinesisParameters.partitionKeyPath`) : null,
  };
}

function groupIn(given: Input, place: string): string {
  const parameters = MEMBERS_OF_EVENTS.record(given, 'SqsParameters');
  checkMembers('the SqsParameters of a target', parameters, ['MessageGroupId']);
  const group = MEMBERS_OF_EVENTS.text(parameters, 'MessageGroupId');
  if (group.length > MOST_GROUP_CHARACTERS)
    throw constraintBroken(group, place, `have length less than or equal to ${MOST_GROUP_CHARACTERS}`);
  if (LOOKS_LIKE_PATH.test(group)) throw unmodelled(`The path ${group} as a MessageGroupId`);
  return group;
}

function pathIn(given: Input, place: string): JsonPath {
  const parameters = MEMBERS_OF_EVENTS.record(given, 'KinesisParameters');
  checkMembers('the KinesisParameters of a target', parameters, ['PartitionKeyPath']);
  const text = MEMBERS_OF_EVENTS.text(parameters, 'PartitionKeyPath');
  if (text.length > MOST_PATH_CHARACTERS)
    throw constraintBroken(text, place, `have length less than or equal to ${MOST_PATH_CHARACTERS}`);
  const path = readJsonPath(text);
  if (path === null) throw unmodelled(`The PartitionKeyPath ${text}`);
  return path;
}

/** The members of a delivery that carry what the parameters say of this event. */
export function addressFor(
  { kind, messageGroupId, partitionKeyPath }: Pick<RuleTarget, 'kind' | keyof TargetParameters>,
  event: BusEvent,
): Pick<DeliverRequest, 'messageGroupId' | 'partitionKey'> {
  if (kind === 'stream') return { partitionKey: partitionKeyOf(event, partitionKeyPath) };
  return messageGroupId === null ? {} : { messageGroupId };
}

/** EB-28. UV-71: a part that is no text is a key as JSON, and the event's id stands for a part that is not there. */
function partitionKeyOf(event: BusEvent, path: JsonPath | null): string {
  const part = path === null ? undefined : partAt(event, path);
  if (typeof part === 'string' && part !== '') return part;
  return part === undefined || part === null || part === '' ? event.id : JSON.stringify(part);
}
