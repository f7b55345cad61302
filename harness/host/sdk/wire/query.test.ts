/**
 * The query protocol by itself: forms in, XML out, as the SDK's own client writes and reads them.
 */

import * as sns from '@aws-sdk/client-sns';
import { HttpResponse } from '@smithy/core/protocols';
import { describe, expect, it } from 'vitest';
import { type AwsAnswer, fail, ok } from '../../../simulator/contract/answer.ts';
import { type ReadCall, WireCodec } from './codec.ts';
import { textOf, type WireRequest } from './message.ts';
import { type ServiceWire, serviceTable, wireServiceOf } from './services.ts';

const WIRE: ServiceWire = {
  service: 'SNS',
  namespace: 'com.amazonaws.sns',
  package: '@aws-sdk/client-sns',
  protocol: {
    kind: 'awsQuery',
    version: '2010-03-31',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
  },
};
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:orders';

function codec(): WireCodec {
  const made = new WireCodec();
  made.add(wireServiceOf(serviceTable([WIRE]), sns) ?? expect.fail('no such service'));
  return made;
}

/** The SDK's own client, whose requests are read by the codec and answered like this. */
function clientOf(answer: (call: ReadCall) => AwsAnswer): sns.SNSClient {
  const handle = async (request: WireRequest) => {
    const call = codec().read(request) ?? expect.fail('not read');
    return { response: new HttpResponse(call.write(answer(call), 'request-1')) };
  };
  return new sns.SNSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: { handle, metadata: { handlerProtocol: 'http/1.1' } } as never,
  });
}

describe('the query protocol', () => {
  it('reads texts, bytes, flags, maps and lists from a form', async () => {
    const calls: ReadCall[] = [];
    const client = clientOf((call) => {
      calls.push(call);
      return ok({});
    });
    const inputs = {
      Publish: {
        TopicArn: TOPIC,
        Message: 'a+b & c=d\r\n☕',
        MessageAttributes: {
          size: { DataType: 'Number', StringValue: '3' },
          'a.b': { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 255]) },
        },
      },
      Subscribe: {
        TopicArn: TOPIC,
        Protocol: 'sqs',
        Attributes: { RawMessageDelivery: 'true' },
        ReturnSubscriptionArn: true,
      },
      PublishBatch: {
        TopicArn: TOPIC,
        PublishBatchRequestEntries: Array.from({ length: 11 }, (_, place) => ({ Id: String(place), Message: 'x' })),
      },
      UntagResource: { ResourceArn: TOPIC, TagKeys: [] },
    };
    await client.send(new sns.PublishCommand(inputs.Publish));
    await client.send(new sns.SubscribeCommand(inputs.Subscribe));
    await client.send(new sns.PublishBatchCommand(inputs.PublishBatch));
    await client.send(new sns.UntagResourceCommand(inputs.UntagResource));
    expect(calls.map(({ service, operation, input }) => [service, operation, input])).toEqual(
      Object.entries(inputs).map(([operation, input]) => ['SNS', operation, input]),
    );
  });

  it('writes an output that the SDK reads', async () => {
    const topics = { Topics: [{ TopicArn: TOPIC }, { TopicArn: `${TOPIC}2` }] };
    expect(await clientOf(() => ok(topics)).send(new sns.ListTopicsCommand({}))).toMatchObject({
      ...topics,
      $metadata: { httpStatusCode: 200, requestId: 'request-1' },
    });
    const attributes = { Attributes: { Policy: '{"a":"<b> & \'c\'"}', DisplayName: ' a\r\nb ' } };
    const get = new sns.GetTopicAttributesCommand({ TopicArn: TOPIC });
    expect(await clientOf(() => ok(attributes)).send(get)).toMatchObject(attributes);
    const batch = { Successful: [], Failed: [{ Id: 'a', Code: 'InternalError', SenderFault: false }] };
    const publish = new sns.PublishBatchCommand({ TopicArn: TOPIC, PublishBatchRequestEntries: [] });
    expect(await clientOf(() => ok(batch)).send(publish)).toMatchObject(batch);
    const deleted = await clientOf(() => ok({})).send(new sns.DeleteTopicCommand({ TopicArn: TOPIC }));
    expect(deleted.$metadata.httpStatusCode).toBe(200);
  });

  it('writes an error under its name in this protocol, which the SDK knows', async () => {
    const client = clientOf(() => fail('NotFoundException', 'Topic does not <exist>', 404));
    const error = await client
      .send(new sns.DeleteTopicCommand({ TopicArn: TOPIC }))
      .catch((caught: unknown) => caught as Error);
    expect(error).toBeInstanceOf(sns.NotFoundException);
    expect(error).toMatchObject({ message: 'Topic does not <exist>', Code: 'NotFound', Type: 'Sender' });
  });

  it('is read only where it is spoken', () => {
    const request = { method: 'POST', path: '/', headers: {}, body: 'Action=ListTopics&Version=2010-03-31' };
    expect(codec().read(request)).toMatchObject({ operation: 'ListTopics', input: {} });
    expect(codec().read({ ...request, body: 'Action=ListTopics&Version=2012-11-05' })).toBeNull();
    expect(codec().read({ ...request, body: 'Action=Nonsense&Version=2010-03-31' })).toBeNull();
    expect(codec().read({ ...request, headers: { 'x-amz-target': 'AmazonSQS.ListQueues' } })).toBeNull();
    expect(textOf(codec().read(request)?.write(ok({}), 'r').body)).toBe(
      '<ListTopicsResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ListTopicsResult></ListTopicsResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></ListTopicsResponse>',
    );
  });
});
