/**
 * Requests that fail, as a whole or in part: batches, errors in AWS's words, and requests that are refused by name.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import { QueuesForTests, url } from './sqs-for-tests.ts';

const SECOND = 1_000;
let account: QueuesForTests;

beforeEach(() => {
  account = new QueuesForTests('orders');
});

const batchOf = (...entries: readonly Readonly<Record<string, unknown>>[]) => ({
  QueueUrl: url('orders'),
  Entries: entries,
});

describe('batches', () => {
  it('SQ-12 each entry has its own outcome, and the others go through', () => {
    const output = account.ask(
      'SendMessageBatch',
      batchOf({ Id: 'a', MessageBody: 'one' }, { Id: 'b', MessageBody: '\u0000' }, { Id: 'c', MessageBody: 'three' }),
    );
    expect(output).toEqual({
      Successful: [
        expect.objectContaining({ Id: 'a', MD5OfMessageBody: 'f97c5d29941bfb1b2fdab0874906ab82' }),
        expect.objectContaining({ Id: 'c' }),
      ],
      Failed: [expect.objectContaining({ Id: 'b', SenderFault: true, Code: 'InvalidMessageContents' })],
    });
    expect(account.bodies('orders')).toEqual(['one', 'three']);
  });

  it('SQ-12 a batch of deletes says which handle was invalid', () => {
    account.send('orders', 'a');
    const handle = account.handle('orders');
    const output = account.ask(
      'DeleteMessageBatch',
      batchOf({ Id: 'a', ReceiptHandle: handle }, { Id: 'b', ReceiptHandle: 'nonsense' }),
    );
    expect(output).toEqual({
      Successful: [{ Id: 'a' }],
      Failed: [expect.objectContaining({ Id: 'b', SenderFault: true, Code: 'ReceiptHandleIsInvalid' })],
    });
    expect(account.counts('orders')).toEqual([0, 0, 0]);
  });

  const entries = (count: number) => Array.from({ length: count }, (_, n) => ({ Id: `${n}`, MessageBody: 'a' }));
  it.each([
    [[], 'EmptyBatchRequest', 'There should be at least one SendMessageBatchRequestEntry in the request.'],
    [entries(11), 'TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10. You have sent 11.'],
    [[...entries(1), ...entries(1)], 'BatchEntryIdsNotDistinct', 'Id 0 repeated.'],
    [
      [{ Id: 'invalid:id', MessageBody: 'a' }],
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    ],
  ])('SQ-11 a batch that is wrong as a whole fails as a whole', (given, code, message) => {
    expect(account.refusalOf('SendMessageBatch', batchOf(...given))).toEqual({ code, status: 400, message });
    expect(account.counts('orders')).toEqual([0, 0, 0]);
  });
});

describe('errors', () => {
  it('SQ-11 a missing queue does not exist', () => {
    for (const operation of ['SendMessage', 'ReceiveMessage', 'PurgeQueue', 'GetQueueAttributes']) {
      expect(account.refusalOf(operation, { QueueUrl: url('nowhere'), MessageBody: 'a' })).toEqual({
        code: 'QueueDoesNotExist',
        status: 400,
        message: 'The specified queue does not exist.',
      });
    }
    const elsewhere = 'https://sqs.us-east-1.amazonaws.com/210987654321/orders';
    expect(account.refusalOf('SendMessage', { QueueUrl: elsewhere, MessageBody: 'a' })?.code).toBe('QueueDoesNotExist');
    expect(account.refusalOf('GetQueueUrl', { QueueName: 'nowhere' })?.code).toBe('QueueDoesNotExist');
  });

  it('SQ-11 a purge empties a queue, and the next purge must wait for 60 seconds', () => {
    account.send('orders', 'a');
    account.receive('orders');
    account.send('orders', 'b', { DelaySeconds: 9 });
    account.send('orders', 'c');
    expect(account.refusalOf('PurgeQueue', { QueueUrl: url('orders') })).toBeNull();
    expect(account.counts('orders')).toEqual([0, 0, 0]);
    account.nowMs = 60 * SECOND - 1;
    expect(account.refusalOf('PurgeQueue', { QueueUrl: url('orders') })).toEqual({
      code: 'PurgeQueueInProgress',
      status: 403,
      message: 'Only one PurgeQueue operation on orders is allowed every 60 seconds.',
    });
    account.nowMs = 60 * SECOND;
    expect(account.refusalOf('PurgeQueue', { QueueUrl: url('orders') })).toBeNull();
  });

  it.each([
    [
      'SendMessage',
      { QueueUrl: url('orders') },
      'MissingParameter',
      'The request must contain the parameter MessageBody.',
    ],
    [
      'SendMessage',
      { QueueUrl: url('orders'), MessageBody: '' },
      'MissingParameter',
      'The request must contain the parameter MessageBody.',
    ],
    ['SendMessage', { MessageBody: 'a' }, 'MissingParameter', 'The request must contain the parameter QueueUrl.'],
    [
      'DeleteMessage',
      { QueueUrl: url('orders') },
      'MissingParameter',
      'The request must contain the parameter ReceiptHandle.',
    ],
    [
      'GetQueueAttributes',
      { QueueUrl: url('orders'), AttributeNames: ['Colour'] },
      'InvalidAttributeName',
      'Unknown Attribute Colour.',
    ],
    [
      'SetQueueAttributes',
      { QueueUrl: url('orders'), Attributes: { Colour: 'red' } },
      'InvalidAttributeName',
      'Unknown Attribute Colour.',
    ],
    [
      'CreateQueue',
      { QueueName: 'orders', Attributes: { DelaySeconds: '1' } },
      'QueueNameExists',
      'A queue already exists with the same name and a different value for attribute DelaySeconds',
    ],
    [
      'SendMessage',
      { QueueUrl: url('orders'), MessageBody: 'a', MessageDeduplicationId: 'd' },
      'InvalidParameterValue',
      'Value d for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.',
    ],
    [
      'ReceiveMessage',
      { QueueUrl: url('orders'), ReceiveRequestAttemptId: 'd' },
      'InvalidParameterValue',
      'Value d for parameter ReceiveRequestAttemptId is invalid. Reason: The request includes a parameter that is not valid for this queue type.',
    ],
  ])('%s %j is refused', (operation, input, code, message) => {
    expect(account.refusalOf(operation, input)).toEqual({ code, status: 400, message });
  });

  it.each([
    ['TagQueue', {}, 'SQS TagQueue is not simulated.'],
    [
      'CreateQueue',
      { QueueName: 'a', Attributes: { KmsMasterKeyId: 'k' } },
      'KmsMasterKeyId of a queue is not simulated.',
    ],
  ])('%s %j is refused by name', (operation, input, message) => {
    expect(account.refusalOf(operation, input)).toMatchObject({ code: 'RaceproofNotSimulated', message });
  });
});

describe('queues', () => {
  it('are found by name and by prefix, page by page', () => {
    for (const name of ['b', 'a-2', 'a-1']) account.create(name);
    expect(account.ask('GetQueueUrl', { QueueName: 'b' })).toEqual({ QueueUrl: url('b') });
    expect(account.ask('ListQueues', { QueueNamePrefix: 'a' })).toEqual({ QueueUrls: [url('a-1'), url('a-2')] });
    expect(account.ask('ListQueues', { QueueNamePrefix: 'x' })).toEqual({});
    const first = account.ask('ListQueues', { MaxResults: 3 });
    expect(first.QueueUrls).toEqual([url('a-1'), url('a-2'), url('b')]);
    expect(account.ask('ListQueues', { MaxResults: 3, NextToken: first.NextToken })).toEqual({
      QueueUrls: [url('orders')],
    });
  });

  it('return the attributes that a request asks for', () => {
    account.nowMs = 5 * SECOND;
    account.set('orders', { DelaySeconds: '4', Policy: '{}' });
    expect(account.attributes('orders', 'DelaySeconds', 'Policy', 'LastModifiedTimestamp', 'KmsMasterKeyId')).toEqual({
      DelaySeconds: '4',
      Policy: '{}',
      LastModifiedTimestamp: '1767225605',
    });
    expect(account.ask('GetQueueAttributes', { QueueUrl: url('orders') })).toEqual({});
  });

  it('SQ-35 are created once: a second call is compared by the attributes that it gives', () => {
    account.create('paid', { DelaySeconds: '7' });
    const again = (attributes: Readonly<Record<string, string>>) =>
      account.refusalOf('CreateQueue', { QueueName: 'paid', Attributes: attributes })?.code ?? null;
    expect([again({}), again({ VisibilityTimeout: '30' }), again({ DelaySeconds: '7' })]).toEqual([null, null, null]);
    expect([again({ DelaySeconds: '0' }), again({ VisibilityTimeout: '31' })]).toEqual(
      Array(2).fill('QueueNameExists'),
    );
    expect(account.attributes('paid', 'DelaySeconds', 'VisibilityTimeout')).toEqual({
      ...{ DelaySeconds: '7', VisibilityTimeout: '30' },
    });
    expect(account.ask('CreateQueue', { QueueName: 'paid' })).toEqual({ QueueUrl: url('paid') });
  });

  it('have names of letters, digits, - and _', () => {
    expect(account.refusalOf('CreateQueue', { QueueName: 'no blanks' })?.code).toBe('InvalidParameterValue');
  });
});

describe('values of another type than their member’s', () => {
  it('are told as JSON, whatever they claim to be', () => {
    expect(account.refusalOf('SendMessage', { QueueUrl: { toString: 1 }, MessageBody: 'a' })?.message).toBe(
      'Value {"toString":1} for parameter QueueUrl is invalid. Reason: Must be a string.',
    );
  });

  it.each([
    ['RedrivePolicy', '{"deadLetterTargetArn":{"toString":1}}'],
    ['RedrivePolicy', '{"deadLetterTargetArn":"a","maxReceiveCount":{"valueOf":1}}'],
    ['RedriveAllowPolicy', '{"redrivePermission":{"toString":1}}'],
  ])('are refused in a %s of %s', (name, text) => {
    expect(account.set('orders', { [name]: text })?.code).toMatch(/^Invalid(ParameterValue|AttributeValue)$/);
  });
});
