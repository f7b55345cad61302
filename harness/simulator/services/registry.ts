/**
 * The registry of services, a line each. No other file lists them: everything that depends on the set of services is derived
 * from here (world/account.ts, trace.ts, the realms' SDK, the drawing, the fidelity page).
 */

export { CLOUDFORMATION } from './cloudformation/cloudformation-module.ts';
export { CLOUDWATCH } from './cloudwatch/cloudwatch.ts';
export { DOWNSTREAM } from './downstream/downstream.ts';
export { DYNAMODB } from './dynamodb/dynamodb.ts';
export { EVENT_SOURCE_MAPPING } from './event-source-mapping/event-source-mapping.ts';
export { EVENTBRIDGE } from './eventbridge/eventbridge.ts';
export { IAM } from './iam/iam.ts';
export { KINESIS } from './kinesis/kinesis.ts';
export { LAMBDA } from './lambda/lambda.ts';
export { LOGS } from './logs/logs.ts';
export { SNS } from './sns/sns.ts';
export { SQS } from './sqs/sqs.ts';
