/**
 * The errors of SQS, in AWS's words (SQ-11).
 */

import { asTold, type Refusal, refusal } from '../../contract/refusal.ts';

/**
 * These errors have a longer name in the body's type than in the query protocol, from which the SDK takes the name that code
 * sees (SQ-11).
 */
export const SQS_ERROR_TYPES: Readonly<Record<string, string>> = {
  InvalidParameterValue: 'InvalidParameterValueException',
  MissingParameter: 'MissingRequiredParameterException',
};

export function invalidParameter(message: string): Refusal {
  return refusal('InvalidParameterValue', message);
}

/** «Value 21 for parameter WaitTimeSeconds is invalid. Reason: …» */
export function invalidValue(value: unknown, parameter: string, reason: string): Refusal {
  return invalidParameter(`Value ${asTold(value)} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

export function missingParameter(name: string): Refusal {
  return refusal('MissingParameter', `The request must contain the parameter ${name}.`);
}

const INVALID_CHARACTERS =
  'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF';

/** Of a body. */
export function invalidContents(): Refusal {
  return refusal('InvalidMessageContents', INVALID_CHARACTERS);
}

/** Of an attribute's value, for which SQS has another name (SQ-37). */
export function invalidCharacters(): Refusal {
  return invalidParameter(INVALID_CHARACTERS);
}

/** SQ-07, in the words for a message by itself and for an entry of a batch. */
export function messageTooLong(limitBytes: number, isEntry: boolean): Refusal {
  const words = isEntry ? 'cannot be validated' : 'are invalid';
  return invalidParameter(`One or more parameters ${words}. Reason: Message must be shorter than ${limitBytes} bytes.`);
}

export function queueDoesNotExist(): Refusal {
  return refusal('QueueDoesNotExist', 'The specified queue does not exist.');
}

export function noSuchResource(message: string): Refusal {
  return refusal('ResourceNotFoundException', message, 404);
}

export function queueDeletedRecently(): Refusal {
  const message = 'You must wait 60 seconds after deleting a queue before you can create another with the same name.';
  return refusal('QueueDeletedRecently', message);
}

/** SQ-04, of a FIFO queue. */
export function receiptHandleHasExpired(handle: string): Refusal {
  return invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.');
}

export function receiptHandleIsInvalid(handle: string): Refusal {
  return refusal('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`, 404);
}

export function overLimit(): Refusal {
  return refusal('OverLimit', 'The maximum number of in flight messages is reached.', 403);
}

export function purgeInProgress(queue: string): Refusal {
  const message = `Only one PurgeQueue operation on ${queue} is allowed every 60 seconds.`;
  return refusal('PurgeQueueInProgress', message, 403);
}

export function unknownAttribute(name: string): Refusal {
  return refusal('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

export function invalidAttribute(name: string, reason?: string): Refusal {
  const message = `Invalid value for the parameter ${name}.`;
  return refusal('InvalidAttributeValue', reason === undefined ? message : `${message} Reason: ${reason}`);
}

/** SQ-17, of a standard queue. */
export function forFifoQueuesOnly(attribute: string): Refusal {
  return refusal('InvalidAttributeName', `You can specify the ${attribute} only when FifoQueue is set to true.`);
}

/** SQ-25. */
export function requestThrottled(): Refusal {
  return refusal('RequestThrottled', 'Request is throttled.', 403);
}

export function queueNameExists(attribute: string): Refusal {
  const message = `A queue already exists with the same name and a different value for attribute ${attribute}`;
  return refusal('QueueNameExists', message);
}

export function emptyBatch(entryShape: string): Refusal {
  return refusal('EmptyBatchRequest', `There should be at least one ${entryShape} in the request.`);
}

export function tooManyEntries(sent: number): Refusal {
  const message = `Maximum number of entries per request are 10. You have sent ${sent}.`;
  return refusal('TooManyEntriesInBatchRequest', message);
}

export function idsNotDistinct(id: string): Refusal {
  return refusal('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
}

export function invalidEntryId(): Refusal {
  return refusal(
    'InvalidBatchEntryId',
    'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
  );
}

export function batchTooLong(limitBytes: number, sentBytes: number): Refusal {
  const message = `Batch requests cannot be longer than ${limitBytes} bytes. You have sent ${sentBytes} bytes.`;
  return refusal('BatchRequestTooLong', message);
}
