/**
 * For tests: what EventBridge's operations may be asked, about two rules whose targets are a function and a queue.
 */

import fc from 'fast-check';
import type { Input } from '../../contract/answer.ts';
import {
  always,
  type Look,
  merged,
  type OperationInputs,
  type ServiceInputs,
} from '../../contract/inputs-for-tests.ts';
import { functionName, queueArnFor, SECOND } from '../../programs/names-for-tests.ts';

const RULES = ['orders', SECOND];
const name = fc.constantFrom(...RULES);
const Name = name.map((text): Input => ({ Name: text }));
const Rule = name.map((text): Input => ({ Rule: text }));

const TARGETS: readonly Input[] = [
  { Id: 'function', Arn: `arn:aws:lambda:us-east-1:123456789012:function:${functionName(0)}` },
  { Id: 'queue', Arn: queueArnFor('other'), InputPath: '$.detail' },
  { Id: 'nobody', Arn: queueArnFor('gone'), DeadLetterConfig: { Arn: queueArnFor('dead') } },
];
const entry = fc.constantFrom<Input>(
  { Source: 'shop', DetailType: 'order', Detail: '{"given":1}' },
  { Source: 'shop', DetailType: 'refund', Detail: '{"given":2}' },
  { Source: 'shop', Detail: '{}' },
);

const inputs: OperationInputs = {
  DeleteRule: Name,
  DescribeRule: Name,
  DisableRule: Name,
  EnableRule: Name,
  ListRules: always({}),
  ListTargetsByRule: Rule,
  PutEvents: fc.array(entry, { minLength: 1, maxLength: 2 }).map((Entries) => ({ Entries })),
  PutRule: merged(
    Name,
    fc.constantFrom(
      { EventPattern: '{"source":["shop"]}' },
      { EventPattern: '{"detail-type":["order"]}', State: 'DISABLED' },
    ),
  ),
  PutTargets: merged(
    Rule,
    fc.subarray([...TARGETS], { minLength: 1, maxLength: 2 }).map((Targets) => ({ Targets })),
  ),
  RemoveTargets: merged(
    Rule,
    fc.constantFrom('function', 'queue').map((id) => ({ Ids: [id] })),
  ),
};

const looks: readonly Look[] = [
  { operation: 'ListRules', input: {} },
  ...RULES.map((rule): Look => ({ operation: 'ListTargetsByRule', input: { Rule: rule } })),
];

const serviceInputs: ServiceInputs = { inputs, looks };
export default serviceInputs;
