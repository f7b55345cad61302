/**
 * The SDK's clients for scenarios, a line for each service that a scenario may call, by the name under which a scenario has it.
 *
 * `simulator/` imports no SDK, so this is the one list of services beside its registry.
 */

export * as dynamodb from '@aws-sdk/client-dynamodb';
export * as lambda from '@aws-sdk/client-lambda';
export * as sqs from '@aws-sdk/client-sqs';
