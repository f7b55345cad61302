/**
 * Messages through a queue, a mapping and a function in one timed run: the cost of ten times as many.
 */

import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { type SmallLabOptions, withRunner } from '../grader/fixtures/small-lab.ts';
import { runScenario } from '../scenario/run-scenario.ts';
import { seeded } from '../simulator/kernel/choices.ts';

export const FEW = 1_000;
export const MANY = 10_000;

/** Entries of one batch, which is SQS's limit. */
const BATCH = 10;

function lab(messages: number): SmallLabOptions {
  return {
    functions: {
      f: 'export const handler = async ({ Records }) => { for (const { messageId } of Records) await put(messageId, 1); };',
    },
    resources: `
  Orders:
    Type: AWS::SQS::Queue
    Properties: { QueueName: orders, VisibilityTimeout: 60 }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref f, BatchSize: 10 }
`,
    plan: { mode: 'timed', seeds: [1] },
    async run({ clients, waitUntil }) {
      const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';
      for (let sent = 0; sent < messages; sent += BATCH) {
        const Entries = Array.from({ length: BATCH }, (_, i) => ({ Id: `${i}`, MessageBody: `order ${sent + i}` }));
        await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      }
      await waitUntil('every order is stored', async () => true);
      return {};
    },
  };
}

/** One run; returns its duration in milliseconds. */
export function timeOf(messages: number): Promise<number> {
  return withRunner(lab(messages), async (runner) => {
    const startedMs = performance.now();
    const { trace, end } = await runScenario(runner, seeded(1), 'verify').done;
    const took = performance.now() - startedMs;
    const deleted = trace.filter(({ event }) => event.kind === 'message-deleted').length;
    if (end !== 'quiet' || deleted !== messages)
      throw new Error(`${deleted} of ${messages} messages were deleted, and the run ended with «${end}»`);
    return took;
  });
}
