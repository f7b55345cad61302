/**
 * FIFO topics: groups, duplicates, sequence numbers, and the order to each queue.
 */

import { describe, expect, it } from 'vitest';
import { type Input, ok } from '../../contract/answer.ts';
import { notesIn } from '../../contract/service-for-tests.ts';
import {
  BUSY,
  eventsToldIn,
  FIFO_ARN,
  FIFO_QUEUE_ARN,
  GONE,
  handedOver,
  NEWS_ARN,
  ORDERS_ARN,
  outputOfPublish,
  subscribedQueueArn,
  TopicsForTests,
} from './sns-for-tests.ts';

const RAW = { RawMessageDelivery: 'true' };
const HASH_OF_TEST = '532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25';

function fifo(Endpoint = FIFO_QUEUE_ARN, more: Input = {}, attributes?: Input): TopicsForTests {
  const sns = new TopicsForTests().withFifoTopic(attributes);
  sns.subscribed(Endpoint, { ...RAW, ...more }, FIFO_ARN);
  return sns;
}

describe('a message for a FIFO topic', () => {
  it('SN-03 needs a group', () => {
    const message = 'Invalid parameter: The MessageGroupId parameter is required for FIFO topics';
    const sns = fifo();
    expect(sns.errorOf('Publish', { TopicArn: FIFO_ARN, Message: 'a' })).toEqual({
      ...{ code: 'InvalidParameterException', message, status: 400 },
    });
    const PublishBatchRequestEntries = [
      { Id: '1', Message: 'a', MessageGroupId: 'g' },
      { Id: '2', Message: 'b' },
    ];
    expect(sns.errorOf('PublishBatch', { TopicArn: FIFO_ARN, PublishBatchRequestEntries }).message).toBe(message);
    expect(sns.waiting).toEqual([]);
  });

  it('SN-03 gets a sequence number, larger for each message of the group', () => {
    const sns = fifo();
    const numbers = ['a', 'b', 'c'].map((text) => String(outputOfPublish(sns.inGroup('g', text)).SequenceNumber));
    expect(numbers.every((number) => /^\d{20}$/.test(number))).toBe(true);
    expect([...numbers].sort()).toEqual(numbers);
    expect(new Set(numbers).size).toBe(3);
    const PublishBatchRequestEntries = [{ Id: '1', Message: 'd', MessageGroupId: 'g' }];
    const { Successful } = outputOfPublish(
      sns.publishes('PublishBatch', { TopicArn: FIFO_ARN, PublishBatchRequestEntries }),
    );
    const [{ SequenceNumber } = {}] = Successful as readonly Input[];
    expect(BigInt(String(SequenceNumber))).toBeGreaterThan(BigInt(numbers[2] ?? 0));
  });

  it('SN-03 does not depend on messages of other groups', () => {
    const alone = outputOfPublish(fifo().inGroup('g', 'a')).SequenceNumber;
    const sns = fifo();
    const others = outputOfPublish(sns.inGroup('h', 'b')).SequenceNumber;
    expect(outputOfPublish(sns.inGroup('g', 'a')).SequenceNumber).toBe(alone);
    expect(others).not.toBe(alone);
  });

  it('SN-04 needs a deduplication id, or a topic that makes one of the text', () => {
    const sns = fifo(FIFO_QUEUE_ARN, {}, {});
    const publishing = { TopicArn: FIFO_ARN, Message: 'a', MessageGroupId: 'g' };
    expect(sns.errorOf('Publish', publishing).message).toBe(
      'Invalid parameter: The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
    expect(sns.refusalOf('Publish', { ...publishing, MessageDeduplicationId: 'd' })).toBeNull();
  });

  it('SN-04 has an id that a standard topic refuses', () => {
    const sns = new TopicsForTests().withTopic();
    const input = { TopicArn: NEWS_ARN, Message: 'a', MessageDeduplicationId: 'd' };
    expect(sns.errorOf('Publish', input).message).toBe(
      'Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
  });

  it.each([['a b'], ['x'.repeat(129)], ['é']])('SN-03 SN-04 can’t have the ids «%s»', (id) => {
    const publishing = { TopicArn: FIFO_ARN, Message: 'a' };
    expect(fifo().errorOf('Publish', { ...publishing, MessageGroupId: id }).message).toBe(
      'Invalid parameter: MessageGroupId',
    );
    const both = { ...publishing, MessageGroupId: 'g', MessageDeduplicationId: id };
    expect(fifo().errorOf('Publish', both).message).toBe('Invalid parameter: MessageDeduplicationId');
  });

  it('SN-04 that repeats one is answered with success, and nobody gets it', () => {
    const sns = fifo();
    const first = outputOfPublish(sns.inGroup('g', 'Test'));
    const again = sns.inGroup('g', 'Test');
    expect(outputOfPublish(again)).toEqual(first);
    expect(notesIn(again.effects)).toEqual([
      {
        ...{ kind: 'notification-deduplicated', topic: 'news.fifo', messageId: first.MessageId },
        messageDeduplicationId: HASH_OF_TEST,
      },
    ]);
    expect(sns.deliverAll()).toHaveLength(1);
  });

  it('SN-04 repeats one by its id, whatever it says, and not by its text where it has another id', () => {
    const sns = fifo();
    sns.inGroup('g', 'a', { MessageDeduplicationId: 'd' });
    sns.inGroup('g', 'b', { MessageDeduplicationId: 'd' });
    sns.inGroup('g', 'a', { MessageDeduplicationId: 'e' });
    sns.inGroup('g', 'Test');
    sns.inGroup('g', 'other', { MessageDeduplicationId: HASH_OF_TEST });
    expect(sns.deliverAll().map(({ body }) => body)).toEqual(['a', 'a', 'Test']);
  });

  it('SN-04 repeats nothing that was published five minutes before', () => {
    const sns = fifo();
    sns.inGroup('g', 'a');
    sns.nowMs = 299_999;
    sns.inGroup('g', 'a');
    expect(sns.waiting).toHaveLength(1);
    sns.nowMs = 300_000;
    sns.inGroup('g', 'a');
    expect(sns.waiting).toHaveLength(2);
  });

  it('SN-05 repeats one of the topic, or only one of its group', () => {
    const wide = fifo();
    wide.inGroup('g', 'a');
    wide.inGroup('h', 'a');
    expect(wide.deliverAll()).toHaveLength(1);
    const narrow = fifo(FIFO_QUEUE_ARN, {}, { ContentBasedDeduplication: 'true', FifoThroughputScope: 'MessageGroup' });
    narrow.inGroup('g', 'a');
    narrow.inGroup('h', 'a');
    narrow.inGroup('h', 'a');
    expect(narrow.deliverAll()).toHaveLength(2);
  });
});

describe('a queue behind a FIFO topic', () => {
  it('SN-07 gets both ids if it is FIFO, the hash of the text included', () => {
    const sns = fifo();
    sns.inGroup('g', 'Test');
    sns.inGroup('g', 'x', { MessageDeduplicationId: 'd' });
    expect(sns.deliverAll().map(({ request }) => request)).toMatchObject([
      { messageGroupId: 'g', messageDeduplicationId: HASH_OF_TEST },
      { messageGroupId: 'g', messageDeduplicationId: 'd' },
    ]);
  });

  it('SN-07 gets neither if it is a standard queue', () => {
    const sns = fifo(ORDERS_ARN);
    sns.inGroup('g', 'Test');
    const [{ request } = expect.fail('nothing came')] = sns.deliverAll();
    expect(request).not.toHaveProperty('messageGroupId');
    expect(request).not.toHaveProperty('messageDeduplicationId');
  });

  it('SN-14 gets an envelope with the sequence number, and without a signature', () => {
    const sns = new TopicsForTests().withFifoTopic();
    sns.subscribed(FIFO_QUEUE_ARN, {}, FIFO_ARN);
    const { MessageId, SequenceNumber } = outputOfPublish(sns.inGroup('g', 'Test'));
    expect(JSON.parse(sns.deliverAll()[0]?.body ?? '')).toEqual({
      ...{ Type: 'Notification', MessageId, SequenceNumber, TopicArn: FIFO_ARN, Message: 'Test' },
      ...{ Timestamp: expect.any(String), UnsubscribeURL: expect.any(String) },
    });
  });

  it('SN-02 gets the messages of a group in order, and those of another group at any moment', () => {
    const sns = fifo();
    sns.inGroup('g', 'a');
    sns.inGroup('g', 'b');
    sns.inGroup('h', 'c');
    const lanes = sns.waiting.map(({ of }) => of);
    expect(lanes[0]).toBe(lanes[1]);
    expect(lanes[2]).not.toBe(lanes[0]);
    expect(sns.deliverAll().map(({ body }) => body)).toEqual(['a', 'b', 'c']);
  });

  it('SN-02 gets them apart from another queue', () => {
    const sns = fifo();
    sns.subscribed(subscribedQueueArn('stock.fifo'), RAW, FIFO_ARN);
    sns.inGroup('g', 'a');
    expect(new Set(sns.waiting.map(({ of }) => of)).size).toBe(2);
  });

  it('SN-02 SN-06 gets each once and in order, whatever the budget allows', () => {
    const sns = fifo();
    sns.faults = ['duplicate', 'reorder'];
    sns.inGroup('g', 'a');
    sns.inGroup('g', 'b');
    expect(sns.deliverAll().map(({ body }) => body)).toEqual(['a', 'b']);
  });

  it.each([['duplicate'], ['reorder']] as const)('SN-02 may see a %s if it is a standard queue', (fault) => {
    const sns = fifo(ORDERS_ARN);
    sns.inGroup('g', 'a');
    sns.inGroup('g', 'b');
    sns.faults = [fault];
    expect(sns.next().effects).toMatchObject([{ kind: 'offer', fault }]);
  });

  it('SN-02 gets none of a group while one is tried again, and those of other groups', () => {
    const sns = fifo();
    sns.inGroup('g', 'a');
    sns.inGroup('g', 'b');
    sns.inGroup('h', 'c');
    const failed = sns.nextAnd(BUSY);
    expect(notesIn(failed.effects)).toMatchObject([{ kind: 'notification-retried', holds: true, atMs: 0 }]);
    expect(handedOver(sns.next())).toEqual([]);
    expect(handedOver(sns.next()).map(({ body }) => body)).toEqual(['c']);
    sns.inGroup('g', 'd');
    const again = sns.next();
    expect(handedOver(again).map(({ body }) => body)).toEqual(['a']);
    sns.answerSent(again, BUSY);
    sns.answerSent(skipTo(sns, 'a'), ok({}));
    expect(sns.deliverAll().map(({ body }) => body)).toEqual(['b', 'd']);
    expect([...sns.state.lanes.keys()].filter((lane) => lane.endsWith('group g'))).toEqual([]);
  });

  it('SN-02 gets the next one of a group when one was given up', () => {
    const sns = fifo();
    sns.inGroup('g', 'a');
    sns.inGroup('g', 'b');
    sns.nextAnd(BUSY);
    sns.next();
    expect(eventsToldIn(sns.nextAnd(GONE))).toEqual(['notification-failed']);
    expect(sns.deliverAll().map(({ body }) => body)).toEqual(['b']);
  });

  it('SN-18 is not there, and its dead-letter queue gets both ids', () => {
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: subscribedQueueArn('letters.fifo') });
    const sns = fifo(subscribedQueueArn('gone.fifo'), { RedrivePolicy });
    sns.inGroup('g', 'Test');
    expect(handedOver(sns.nextAnd(GONE))).toMatchObject([
      {
        ...{ to: subscribedQueueArn('letters.fifo'), body: 'Test' },
        request: { messageGroupId: 'g', messageDeduplicationId: HASH_OF_TEST },
      },
    ]);
  });
});

/** Turns come until this message is handed over; none before it is. */
function skipTo(sns: TopicsForTests, body: string) {
  for (;;) {
    const step = sns.next();
    const [handed] = handedOver(step);
    if (handed !== undefined) {
      expect(handed.body).toBe(body);
      return step;
    }
  }
}
