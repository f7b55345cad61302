/**
 * What a rule's target may be, by its ARN: the kinds that are simulated, and those that AWS has beside them, with what to do instead.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
 */

import { type AccountPlace, type Arn, shapesOfArn } from '../../contract/arn.ts';
import { type Refusal, unmodelled } from '../../contract/refusal.ts';
import { busArn, type RuleTarget } from './state.ts';

interface RefusedTarget {
  readonly pattern: RegExp;
  /** «A topic». */
  readonly is: string;
  readonly advice: string;
}

export const REFUSED_TARGETS: readonly RefusedTarget[] = [
  refusedTarget('sns:.*\\.fifo$', 'A FIFO topic', 'Give the rule a standard topic.'),
  refusedTarget('firehose:', 'A delivery stream', 'Let a function take the event.'),
  refusedTarget('states:', 'A state machine', 'Let a function take the event and do the first step.'),
  refusedTarget('events:[^:]*:[^:]*:api-destination/', 'An API destination', 'Let a function call the API.'),
  refusedTarget('execute-api:', 'An API of API Gateway', 'Let a function take the event.'),
  refusedTarget('appsync:', 'A GraphQL API', 'Let a function take the event.'),
  refusedTarget('logs:', 'A log group', 'Let a function print the event.'),
  refusedTarget(
    '(ecs|batch|codebuild|codepipeline|ssm|ssm-incidents|inspector|imagebuilder|sagemaker|glue):',
    'A job',
    'Let a function take the event.',
  ),
  refusedTarget('redshift(-serverless)?:', 'A cluster', 'Let a function take the event.'),
];

function refusedTarget(rest: string, is: string, advice: string): RefusedTarget {
  return { pattern: new RegExp(`^arn:[^:]*:${rest}`), is, advice };
}

/** A standard queue, also for dead letters. */
export function isStandardQueue(arn: Arn): boolean {
  return shapesOfArn(arn)[1] === 'sqs' && !arn.endsWith('.fifo');
}

/** What kind of target an ARN names. Throws a refusal by name for one that is not simulated. */
export function targetKind(account: AccountPlace, arn: Arn): RuleTarget['kind'] {
  if (shapesOfArn(arn)[0] === 'lambda:function') return 'function';
  if (shapesOfArn(arn)[1] === 'sqs') return isStandardQueue(arn) ? 'queue' : 'fifo-queue';
  if (shapesOfArn(arn)[0] === 'kinesis:stream') return 'stream';
  if (shapesOfArn(arn)[1] === 'sns' && !arn.endsWith('.fifo')) return 'topic';
  if (arn.startsWith(busArn(account, ''))) return 'event-bus';
  throw notATarget(arn);
}

function notATarget(arn: Arn): Refusal {
  const is = REFUSED_TARGETS.find(({ pattern }) => pattern.test(arn))?.is;
  return unmodelled(is === undefined ? `The target ${arn} of a rule` : `${is} as a target of a rule (${arn})`);
}
