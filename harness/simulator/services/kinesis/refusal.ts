/**
 * The errors of Kinesis, in AWS's words (KI-12).
 */

import { asTold, memberBreaks, type Refusal, refusal } from '../../contract/refusal.ts';

export function streamRequestNotValid(message: string): Refusal {
  return refusal('ValidationException', message);
}

/** «1 validation error detected: Value '0' at 'shardCount' failed to satisfy constraint: Member must …» */
export function memberBroken(value: unknown, place: string, constraint: string): Refusal {
  const told = value === undefined || value === null ? 'null' : `'${asTold(value)}'`;
  return streamRequestNotValid(memberBreaks(told, place, constraint));
}

export function argumentNotValid(message: string): Refusal {
  return refusal('InvalidArgumentException', message);
}

/** A stream in an account, as AWS's messages name it. */
export interface NamedStream {
  readonly stream: string;
  readonly accountId: string;
}

export function streamNotFound({ stream, accountId }: NamedStream): Refusal {
  return refusal('ResourceNotFoundException', `Stream ${stream} under account ${accountId} not found.`);
}

export function streamExists({ stream, accountId }: NamedStream): Refusal {
  return refusal('ResourceInUseException', `Stream ${stream} under account ${accountId} already exists.`);
}

/** KI-17. */
export function streamHasConsumers({ stream, accountId }: NamedStream): Refusal {
  const message = `Stream ${stream} under account ${accountId} has registered consumers. Deregister them first, or set EnforceConsumerDeletion.`;
  return refusal('ResourceInUseException', message);
}

/** KI-17. */
export function consumerExists(consumer: string, { stream, accountId }: NamedStream): Refusal {
  const message = `Consumer ${consumer} of stream ${stream} under account ${accountId} already exists.`;
  return refusal('ResourceInUseException', message);
}

/** KI-17. */
export function consumerNotFound(consumer: string, accountId: string): Refusal {
  return refusal('ResourceNotFoundException', `Consumer ${consumer} under account ${accountId} not found.`);
}

/** Of operations that change shards. */
export function couldNotFindShard(shard: string, { stream, accountId }: NamedStream): Refusal {
  const message = `Could not find shard ${shard} in stream ${stream} under account ${accountId}.`;
  return refusal('ResourceNotFoundException', message);
}

/** Of operations that read a shard. */
export function shardDoesNotExist(shard: string, { stream, accountId }: NamedStream): Refusal {
  const message = `Shard ${shard} in stream ${stream} under account ${accountId} does not exist`;
  return refusal('ResourceNotFoundException', message);
}

/** KI-13. */
export function isOnDemand({ stream, accountId }: NamedStream): Refusal {
  return streamRequestNotValid(`Request is invalid. Stream ${stream} under account ${accountId} is in On-Demand mode.`);
}

export function limitExceeded(message: string): Refusal {
  return refusal('LimitExceededException', message);
}

/** KI-05, KI-07: of a whole request; entries of `PutRecords` say the same one by one. */
export function rateExceeded(shard: string, named: NamedStream): Refusal {
  return refusal('ProvisionedThroughputExceededException', rateExceededWords(shard, named));
}

export function rateExceededWords(shard: string, { stream, accountId }: NamedStream): string {
  return `Rate exceeded for shard ${shard} in stream ${stream} under account ${accountId}.`;
}

export function iteratorNotValid(): Refusal {
  return argumentNotValid('Invalid ShardIterator.');
}

/** KI-08. */
export function iteratorExpired(createdAt: string, now: string, toleratedMs: number): Refusal {
  return refusal(
    'ExpiredIteratorException',
    `Iterator expired. The iterator was created at time ${createdAt} while right now it is ${now} which is further in the future than the tolerated delay of ${toleratedMs} milliseconds.`,
  );
}

export function listTokenExpired(): Refusal {
  return refusal('ExpiredNextTokenException', 'The pagination token has expired.');
}
