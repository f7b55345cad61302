/**
 * The SDK's clients for scenarios, a line for each service that a scenario may call, by the client's name in a scenario.
 *
 * `simulator/` imports no SDK, so this is the only list of services beside its registry.
 */

export * as cloudformation from '@aws-sdk/client-cloudformation';
export * as dynamodb from '@aws-sdk/client-dynamodb';
export * as eventbridge from '@aws-sdk/client-eventbridge';
export * as kinesis from '@aws-sdk/client-kinesis';
export * as lambda from '@aws-sdk/client-lambda';
export * as sns from '@aws-sdk/client-sns';
export * as sqs from '@aws-sdk/client-sqs';
