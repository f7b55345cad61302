/**
 * Publish and PublishBatch: which messages a topic takes, who will get them, and what they are given.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { notesIn, sentIn } from '../../contract/service-for-tests.ts';
import {
  eventsToldIn,
  NEWS_ARN,
  ORDERS_ARN,
  outputOfPublish,
  subscribedQueueArn,
  TOLD_ARN,
  TopicsForTests,
} from './sns-for-tests.ts';

const text = (StringValue: string): Input => ({ DataType: 'String', StringValue });
const number = (StringValue: string): Input => ({ DataType: 'Number', StringValue });
const array = (...values: readonly unknown[]): Input => ({
  DataType: 'String.Array',
  StringValue: JSON.stringify(values),
});
const bytes: Input = { DataType: 'Binary', BinaryValue: new Uint8Array([2, 3, 4]) };
const publishing = (more: Input): Input => ({ TopicArn: NEWS_ARN, Message: 'hello', ...more });

describe('a message', () => {
  it('is taken, with an id, also if nobody has subscribed', () => {
    const sns = new TopicsForTests().withTopic();
    const served = sns.publish('hello');
    expect(outputOfPublish(served)).toEqual({
      MessageId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    });
    expect(notesIn(served.effects)).toMatchObject([{ kind: 'notification-published', to: [], filtered: [] }]);
    expect(sns.waiting).toEqual([]);
  });

  it('gets another id each time', () => {
    const sns = new TopicsForTests().withTopic();
    const ids = [sns.publish('a'), sns.publish('a'), sns.publish('a', {}, 'shop#2')].map(
      (one) => outputOfPublish(one).MessageId,
    );
    expect(new Set(ids).size).toBe(3);
  });

  it('is named when its call sets out, so that it does not matter which call arrives first', () => {
    const idsOf = (order: readonly number[]) => {
      const sns = new TopicsForTests().withTopic();
      const numbers = [0, 1].map(() => sns.setOut('Publish', publishing({}), 'shop#1')?.number ?? null);
      const ids = order.map((place) => {
        const served = sns.call('Publish', publishing({}), { by: 'shop#1', number: numbers[place] ?? null });
        expect(served.footprint.writes).toEqual([]);
        return [place, outputOfPublish(served).MessageId] as const;
      });
      return new Map([...ids].sort());
    };
    expect(idsOf([1, 0])).toEqual(idsOf([0, 1]));
  });

  it('may name its topic as a target', () => {
    const sns = new TopicsForTests().withTopic();
    expect(sns.refusalOf('Publish', { TargetArn: NEWS_ARN, Message: 'hello' })).toBeNull();
  });

  it.each([
    ['PhoneNumber', { Message: 'a', PhoneNumber: '+123' }],
    ['TargetArn', { Message: 'a', TargetArn: 'arn:aws:sns:us-east-1:123456789012:endpoint/GCM/app/1' }],
  ])('is refused by name with a %s', (member, input) =>
    expect(new TopicsForTests().errorOf('Publish', input)).toMatchObject({
      ...{ status: 501, message: expect.stringContaining(member) },
    }),
  );

  it.each<readonly [string, Input, string]>([
    ['without a text', { Message: '' }, 'Empty message'],
    ['with an empty subject', { Subject: '' }, 'Subject'],
    ['with a subject of 100 characters', { Subject: 'x'.repeat(100) }, 'Subject'],
    ['with a subject of two lines', { Subject: 'a\nb' }, 'Subject'],
    ['of an unknown structure', { MessageStructure: 'xml' }, 'MessageStructure'],
    [
      'that is no JSON',
      { MessageStructure: 'json', Message: '{' },
      'Message Structure - JSON message body failed to parse',
    ],
    [
      'without a default',
      { MessageStructure: 'json', Message: '{"sqs":"a"}' },
      'Message Structure - No default entry in JSON message body',
    ],
    [
      'with a default that is no text',
      { MessageStructure: 'json', Message: '{"default":{}}' },
      'Message Structure - No default entry in JSON message body',
    ],
  ])('SN-22 %s is refused', (_what, more, message) =>
    expect(new TopicsForTests().withTopic().errorOf('Publish', publishing(more))).toEqual({
      ...{ code: 'InvalidParameterException', message: `Invalid parameter: ${message}`, status: 400 },
    }),
  );

  it('SN-22 may have a text for each protocol', () => {
    const sns = new TopicsForTests().withTopic();
    sns.subscribed(ORDERS_ARN, { RawMessageDelivery: 'true' });
    sns.subscribed(TOLD_ARN);
    const Message = JSON.stringify({ default: 'all', sqs: 'queue', http: 'web', lambda: 1 });
    sns.publish(Message, { MessageStructure: 'json', Subject: 'x'.repeat(99) });
    const [toQueue, toFunction] = sns.deliverAll();
    expect(toQueue?.body).toBe('queue');
    expect(JSON.parse(toFunction?.body ?? '')).toMatchObject({ Records: [{ Sns: { Message: 'all' } }] });
  });

  it('SN-15 has 256 KiB at most, with its attributes, or as much as its topic says', () => {
    const tooLong = 'Invalid parameter: Message too long';
    const sizeOf = (bytesOfAll: number, Attributes: Input = {}) => {
      const MessageAttributes = { name: text('é') };
      const Message = 'x'.repeat(bytesOfAll - 'name'.length - 'String'.length - 2);
      return new TopicsForTests()
        .withTopic(Attributes)
        .refusalOf('Publish', publishing({ Message, MessageAttributes }));
    };
    expect(sizeOf(262_144)).toBeNull();
    expect(sizeOf(262_145)?.message).toBe(tooLong);
    expect(sizeOf(1_048_576, { MaximumMessageSize: '1048576' })).toBeNull();
    expect(sizeOf(1_048_577, { MaximumMessageSize: '1048576' })?.message).toBe(tooLong);
    expect(sizeOf(1_025, { MaximumMessageSize: '1024' })?.message).toBe(tooLong);
  });
});

describe('a message attribute', () => {
  const errorOf = (name: string, attribute: Input) =>
    new TopicsForTests().withTopic().refusalOf('Publish', publishing({ MessageAttributes: { [name]: attribute } }));

  it.each<readonly [string, Input, string]>([
    ['.a', text('x'), "Invalid message attribute name starting with character '.' was found."],
    ['a.', text('x'), "Invalid message attribute name ending with character '.' was found."],
    ['a..b', text('x'), "Message attribute name can not have successive '.' character."],
    [
      'a^b',
      text('x'),
      "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
    ],
    ['x'.repeat(257), text('x'), 'Length of message attribute name must be less than 256 bytes.'],
    [
      'a',
      { DataType: 'Text', StringValue: 'x' },
      "The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
    ],
    [
      'a',
      { DataType: 'Stringy', StringValue: 'x' },
      "The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
    ],
    [
      'a',
      text(''),
      "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'.",
    ],
    [
      'a',
      { DataType: 'Binary' },
      "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'Binary'.",
    ],
    ['a', { ...bytes, DataType: 'Number' }, "The message attribute 'a' with type 'Number' must use field 'String'."],
    [
      'a',
      { ...text('x'), DataType: 'Binary' },
      "The message attribute 'a' with type 'Binary' must use field 'Binary'.",
    ],
    ['a', number('many'), "Could not cast message attribute 'a' value to number."],
  ])('SN-21 can’t be %s: %o', (name, attribute, message) =>
    expect(errorOf(name, attribute)).toEqual({ code: 'InvalidParameterValueException', message, status: 400 }),
  );

  it('SN-21 needs a type', () => {
    const message = (place: string) =>
      `1 validation error detected: Value null at '${place}messageAttributes.a.member.dataType' failed to satisfy constraint: Member must not be null`;
    expect(errorOf('a', {})).toEqual({ code: 'ValidationError', message: message(''), status: 400 });
    const entry = { Id: '1', Message: 'x', MessageAttributes: { a: {} } };
    expect(
      new TopicsForTests()
        .withTopic()
        .errorOf('PublishBatch', { TopicArn: NEWS_ARN, PublishBatchRequestEntries: [entry] }).message,
    ).toBe(message('publishBatchRequestEntries.1.member.'));
  });

  it.each(['String.Array', 'Number.int', 'Binary.png'])('SN-21 may be of a type with a suffix: %s', (DataType) => {
    const value = DataType.startsWith('Binary') ? bytes : number('1');
    expect(errorOf('a-b_c.d', { ...value, DataType })).toBeNull();
  });
});

describe('PublishBatch', () => {
  const entry = (Id: string, Message = Id, more: Input = {}): Input => ({ Id, Message, ...more });
  const batch = (...PublishBatchRequestEntries: readonly Input[]): Input => ({
    ...{ TopicArn: NEWS_ARN, PublishBatchRequestEntries },
  });

  it('SN-16 says what became of each message', () => {
    const sns = new TopicsForTests().withTopic();
    sns.subscribed(ORDERS_ARN, { RawMessageDelivery: 'true' });
    const output = outputOfPublish(sns.publishes('PublishBatch', batch(entry('a'), entry('b'))));
    expect(output).toEqual({
      ...{ Failed: [], Successful: ['a', 'b'].map((Id) => ({ Id, MessageId: expect.any(String) })) },
    });
    expect(sns.deliverAll().map(({ body }) => body)).toEqual(['a', 'b']);
  });

  it.each<readonly [string, readonly Input[], string, string]>([
    ['no entry', [], 'EmptyBatchRequestException', "The batch request doesn't contain any entries."],
    [
      'eleven entries',
      Array.from({ length: 11 }, (_, place) => entry(`${place}`)),
      'TooManyEntriesInBatchRequestException',
      'The batch request contains more entries than permissible.',
    ],
    [
      'equal ids',
      [entry('a'), entry('a')],
      'BatchEntryIdsNotDistinctException',
      'Two or more batch entries in the request have the same Id.',
    ],
    [
      'an id with a dot',
      [entry('a.b')],
      'InvalidBatchEntryIdException',
      'The Id of a batch entry in the batch request contains an impermissible character: a.b',
    ],
    [
      'an id of 81 characters',
      [entry('x'.repeat(81))],
      'InvalidBatchEntryIdException',
      `The Id of a batch entry in the batch request is too long: ${'x'.repeat(81)}`,
    ],
    [
      'too many bytes',
      [entry('a', 'x'.repeat(200_000)), entry('b', 'x'.repeat(62_145))],
      'BatchRequestTooLongException',
      'The length of all the messages put together is more than the limit.',
    ],
    ['a wrong entry', [entry('a'), entry('b', '')], 'InvalidParameterException', 'Invalid parameter: Empty message'],
  ])('SN-23 is refused as a whole with %s', (_what, entries, code, message) => {
    const sns = new TopicsForTests().withTopic();
    sns.subscribed(ORDERS_ARN);
    expect(sns.errorOf('PublishBatch', batch(...entries))).toEqual({ code, message, status: 400 });
    expect(sns.waiting).toEqual([]);
  });

  it('SN-23 takes ten entries of 256 KiB together', () => {
    const entries = Array.from({ length: 10 }, (_, place) => entry(`${place}`, 'x'.repeat(26_214)));
    expect(new TopicsForTests().withTopic().refusalOf('PublishBatch', batch(...entries))).toBeNull();
  });

  it('SN-16 may not take the first or the last of several entries, and takes the others', () => {
    const sns = new TopicsForTests().withTopic();
    const faults = sns.faultsAt('PublishBatch', batch(entry('a'), entry('b'), entry('c')), []);
    const results = faults.map((fault) => {
      if (!('complete' in fault)) expect.fail('nothing is done');
      expect(fault.fault).toBe('partial');
      return fault.complete(sns.answerTo('PublishBatch', fault.input));
    });
    const failed = (Id: string) => [{ Id, Code: 'InternalError', SenderFault: false }];
    expect(results).toMatchObject([
      { output: { Successful: [{ Id: 'b' }, { Id: 'c' }], Failed: failed('a') } },
      { output: { Successful: [{ Id: 'a' }, { Id: 'b' }], Failed: failed('c') } },
    ]);
  });

  it('SN-16 may not take the only entry, and is refused whole if the rest is', () => {
    const sns = new TopicsForTests().withTopic();
    const [only] = sns.faultsAt('PublishBatch', batch(entry('a')), []);
    expect(only !== undefined && 'served' in only && only.served).toMatchObject({
      ...{ effects: [], answer: { output: { Successful: [], Failed: [{ Id: 'a' }] } } },
    });
    const [, fault] = sns.faultsAt('PublishBatch', batch(entry('a', ''), entry('b')), []);
    if (fault === undefined || !('complete' in fault)) expect.fail('nothing is done');
    const answer = sns.answerTo('PublishBatch', fault.input);
    expect(fault.complete(answer)).toEqual(answer);
    expect(sns.faultsAt('Publish', publishing({}), [])).toEqual([]);
  });
});

describe('a filter policy', () => {
  /** Whether a subscriber with this policy gets a message. */
  function lets(policy: object, more: Input, FilterPolicyScope = 'MessageAttributes'): boolean {
    const sns = new TopicsForTests().withTopic();
    sns.subscribed(ORDERS_ARN, { FilterPolicy: JSON.stringify(policy), FilterPolicyScope });
    const [note] = notesIn(sns.publish('hello', more).effects);
    return note?.kind === 'notification-published' ? note.to.length === 1 : expect.fail('nothing was published');
  }
  const withOne = (a: Input): Input => ({ MessageAttributes: { a } });

  it.each<readonly [string, object, Input, Input]>([
    ['an exact value', { a: ['x'] }, text('x'), text('y')],
    ['one of several values', { a: ['x', 'y'] }, text('y'), text('z')],
    ['an element of a list', { a: ['x'] }, array('y', 'x'), array('y')],
    ['a number in a list', { a: [1] }, array('y', 1), array('1')],
    ['nothing in a list', { a: [null] }, array(null), array('null')],
    ['a number', { a: [{ numeric: ['=', 301.5] }] }, number('3.015e2'), number('301.4')],
    ['an exact number', { a: [100] }, number('100.0'), text('100')],
    ['a range', { a: [{ numeric: ['>', 0, '<=', 100] }] }, number('100'), number('0')],
    ['no range of texts', { a: [{ numeric: ['>', 0] }] }, number('1'), text('1')],
    ['a prefix', { a: [{ prefix: 'bas' }] }, text('baseball'), text('rugby')],
    ['a suffix', { a: [{ suffix: 'ball' }] }, text('baseball'), text('rugby')],
    ['any case', { a: [{ 'equals-ignore-case': 'TENNIS' }] }, text('tennis'), text('tenis')],
    ['an address', { a: [{ cidr: '10.0.0.0/24' }] }, text('10.0.0.255'), text('10.0.1.255')],
    ['anything but', { a: [{ 'anything-but': ['x', 'y'] }] }, text('z'), text('x')],
    ['anything but, in a list', { a: [{ 'anything-but': ['x'] }] }, array('x', 'z'), array('x')],
    ['anything but a number', { a: [{ 'anything-but': [100] }] }, number('101'), number('100')],
    ['anything but a prefix', { a: [{ 'anything-but': { prefix: 'x' } }] }, text('yx'), text('xy')],
    ['a key that is there', { a: [{ exists: true }] }, text('x'), bytes],
    ['all that it names', { a: ['x'], $or: [{ a: [{ prefix: 'x' }] }, { b: ['c'] }] }, text('x'), text('c')],
  ])('SN-17 lets attributes through by %s', (_what, policy, right, wrong) => {
    expect(lets(policy, withOne(right))).toBe(true);
    expect(lets(policy, withOne(wrong))).toBe(false);
    const isWithout = JSON.stringify(policy).includes('"exists":false');
    expect(lets(policy, {})).toBe(isWithout);
  });

  it('SN-17 lets through what lacks a key, and looks at what it names alone', () => {
    expect(lets({ a: [{ exists: false }] }, { MessageAttributes: { b: text('x') } })).toBe(true);
    expect(lets({ a: [{ exists: false }] }, withOne(text('x')))).toBe(false);
    expect(lets({ a: ['x'] }, { MessageAttributes: { a: text('x'), b: text('y') } })).toBe(true);
    expect(lets({ a: ['x'], b: ['y'] }, withOne(text('x')))).toBe(false);
    expect(lets({ a: ['x'] }, withOne({ DataType: 'String.Array', StringValue: 'x' }))).toBe(false);
  });

  it.each<readonly [string, object, string, string]>([
    [
      'nested keys',
      { object: { key: [{ prefix: 'auto-' }] } },
      '{"object":{"key":"auto-test"}}',
      '{"object":{"key":"x"}}',
    ],
    ['elements of lists', { items: { n: [1] } }, '{"items":[{"n":2},{"n":1}]}', '{"items":[{"n":2}]}'],
    ['alternatives', { $or: [{ a: [1] }, { b: [1] }] }, '{"b":1}', '{"b":2}'],
    ['what is JSON', { a: [{ exists: false }] }, '{}', 'hello'],
    ['what is an object', { a: [{ exists: false }] }, '{"b":1}', '[]'],
  ])('SN-17 lets bodies through by %s', (_what, policy, right, wrong) => {
    expect(lets(policy, { Message: right }, 'MessageBody')).toBe(true);
    expect(lets(policy, { Message: wrong }, 'MessageBody')).toBe(false);
  });

  it('SN-17 looks at the text that its subscriber would get', () => {
    const Message = JSON.stringify({ default: '{"a":1}', lambda: '{"a":2}' });
    expect(lets({ a: [1] }, { Message, MessageStructure: 'json' }, 'MessageBody')).toBe(true);
    expect(lets({ a: [2] }, { Message, MessageStructure: 'json' }, 'MessageBody')).toBe(false);
  });

  it('SN-17 that is empty lets everything through', () => expect(lets({}, {})).toBe(true));

  it('SN-17 keeps a message from one subscriber and not from others, and the trace says so', () => {
    const sns = new TopicsForTests().withTopic();
    sns.subscribed(ORDERS_ARN, { FilterPolicy: '{"a":["x"]}' });
    sns.subscribed(subscribedQueueArn('gone'));
    const { effects } = sns.publish('hello');
    expect(notesIn(effects)).toMatchObject([{ to: ['gone'], filtered: ['Orders'] }]);
    expect(sns.deliverAll().map(({ to }) => to)).toEqual([subscribedQueueArn('gone')]);
  });
});

describe('a subscriber', () => {
  it('SN-14 that is a queue gets the message in its envelope, as AWS writes it', () => {
    const sns = new TopicsForTests().withTopic();
    sns.nowMs = 1_234;
    const arn = sns.subscribed(ORDERS_ARN);
    const { MessageId } = outputOfPublish(
      sns.publish('"hello"\n☕', { Subject: 'S', MessageAttributes: { a: text('x'), 'b.c': bytes } }),
    );
    const [handed] = sns.deliverAll();
    expect(handed).toMatchObject({ to: ORDERS_ARN, request: { attributes: {} } });
    const lines = handed?.body.split('\n') ?? [];
    expect(lines.slice(0, 7)).toEqual([
      ...['{', '  "Type" : "Notification",', `  "MessageId" : "${String(MessageId)}",`],
      ...[`  "TopicArn" : "${NEWS_ARN}",`, '  "Subject" : "S",', '  "Message" : "\\"hello\\"\\n☕",'],
      '  "Timestamp" : "2026-01-01T00:00:01.234Z",',
    ]);
    expect(JSON.parse(handed?.body ?? '')).toEqual({
      ...{ Type: 'Notification', MessageId, TopicArn: NEWS_ARN, Subject: 'S', Message: '"hello"\n☕' },
      ...{ Timestamp: '2026-01-01T00:00:01.234Z', SignatureVersion: '1', Signature: expect.any(String) },
      SigningCertURL: expect.stringMatching(/^https:\/\/sns\.us-east-1\.amazonaws\.com\/SimpleNotificationService-/),
      UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${arn}`,
      MessageAttributes: { a: { Type: 'String', Value: 'x' }, 'b.c': { Type: 'Binary', Value: 'AgME' } },
    });
  });

  it('SN-14 gets no subject and no attributes where there are none, and the version of the signature', () => {
    const sns = new TopicsForTests().withTopic({ SignatureVersion: '2' });
    sns.subscribed(ORDERS_ARN);
    sns.publish('hello');
    const body: unknown = JSON.parse(sns.deliverAll()[0]?.body ?? '');
    expect(body).toMatchObject({ SignatureVersion: '2' });
    expect(body).not.toHaveProperty('Subject');
    expect(body).not.toHaveProperty('MessageAttributes');
    expect(body).not.toHaveProperty('SequenceNumber');
  });

  it('SN-13 gets the bare text with its attributes, if it wants that', () => {
    const sns = new TopicsForTests().withTopic();
    sns.subscribed(ORDERS_ARN, { RawMessageDelivery: 'true' });
    const MessageAttributes = { a: number('1'), b: bytes };
    sns.publish('hello', { MessageAttributes });
    expect(sns.deliverAll()).toMatchObject([{ body: 'hello', request: { attributes: MessageAttributes } }]);
  });

  it('SN-11 that is a function gets an event with one record', () => {
    const sns = new TopicsForTests().withTopic({ SignatureVersion: '2' });
    const arn = sns.subscribed(TOLD_ARN);
    const { MessageId } = outputOfPublish(sns.publish('hello', { MessageAttributes: { a: text('x') } }));
    const [handed] = sns.deliverAll();
    expect(JSON.parse(handed?.body ?? '')).toEqual({
      Records: [
        {
          ...{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: arn },
          Sns: {
            ...{ Type: 'Notification', MessageId, TopicArn: NEWS_ARN, Subject: null, Message: 'hello' },
            ...{ Timestamp: '2026-01-01T00:00:00.000Z', SignatureVersion: '1', Signature: expect.any(String) },
            ...{ SigningCertUrl: expect.any(String), UnsubscribeUrl: expect.stringContaining(arn) },
            MessageAttributes: { a: { Type: 'String', Value: 'x' } },
          },
        },
      ],
    });
  });

  it('SN-10 that is a function is given an event, and its invocation a number at once', () => {
    const sns = new TopicsForTests().withTopic();
    sns.subscribed(TOLD_ARN);
    expect(sentIn(sns.publish('hello').effects, 'reserve').map(({ to }) => to)).toEqual([TOLD_ARN]);
    const step = sns.next();
    expect(sentIn(step.effects, 'deliver')[0]?.request.number).toBe(7);
    expect(eventsToldIn(step)).toEqual(['notification-attempted']);
  });

  it('SN-09 that is a standard queue gets the group of a standard topic’s message as a tenant, and others don’t', () => {
    const sns = new TopicsForTests().withTopic();
    sns.subscribed(ORDERS_ARN);
    sns.subscribed(TOLD_ARN);
    sns.publish('hello', { MessageGroupId: 'tenant' });
    const [toQueue, toFunction] = sns.deliverAll();
    expect(toQueue?.request).toMatchObject({ messageGroupId: 'tenant' });
    expect(toQueue?.request).not.toHaveProperty('messageDeduplicationId');
    expect(toFunction?.request).not.toHaveProperty('messageGroupId');
  });

  it('who comes later gets later messages only, and who has gone no more of them', () => {
    const sns = new TopicsForTests().withTopic();
    sns.publish('before');
    const SubscriptionArn = sns.subscribed(ORDERS_ARN, { RawMessageDelivery: 'true' });
    sns.publish('while');
    sns.ask('Unsubscribe', { SubscriptionArn });
    sns.publish('after');
    expect(sns.deliverAll().map(({ body }) => body)).toEqual(['while']);
  });
});
