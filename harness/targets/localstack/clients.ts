/**
 * Creates all SDK clients for LocalStack: an endpoint, a region, made-up credentials.
 *
 * That is all that a package `localstack-client` would do (ADR 5). The account number is the access key, by which LocalStack
 * separates accounts. So concurrent runs share no names, and a run that was killed leaves nothing in the way of the next.
 */

import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { LISTED_CLIENTS, type ScenarioClients, type ServiceClients } from '../../host/sdk/client-list.ts';

export const REGION = 'us-east-1';

export interface TargetClients {
  /** The clients of a scenario make one attempt for each call, as in the simulator, so that the scenario sees every answer. */
  readonly scenario: ScenarioClients;
  readonly cloudformation: CloudFormationClient;
  /** For deploying: with the SDK's own retries. */
  readonly lambda: LambdaClient;
  readonly dynamodb: DynamoDBClient;
  destroy(): void;
}

/** Clients for one account of a LocalStack. */
export function clientsFor(endpoint: string, accountId: string): TargetClients {
  const config = {
    endpoint,
    region: REGION,
    credentials: { accessKeyId: accountId, secretAccessKey: 'test' },
  };
  const services = serviceClients(config);
  const scenario = { ...services, documents: DynamoDBDocumentClient.from(services.dynamodb) };
  const own = {
    cloudformation: new CloudFormationClient(config),
    lambda: new LambdaClient(config),
    dynamodb: new DynamoDBClient(config),
  };
  return {
    scenario,
    ...own,
    destroy() {
      for (const client of [...Object.values(scenario), ...Object.values(own)]) client.destroy();
    },
  };
}

/** The clients with one attempt for each call. */
function serviceClients(config: object): ServiceClients {
  // A queue's URL may name a host that only LocalStack's own network knows, so requests go to the endpoint instead.
  const once = { ...config, maxAttempts: 1, useQueueUrlAsEndpoint: false };
  // The class in each client's package creates it.
  return Object.fromEntries(
    LISTED_CLIENTS.map(({ name, Client }) => [name, new Client(once)]),
  ) as unknown as ServiceClients;
}
