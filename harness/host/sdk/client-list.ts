/**
 * What follows from the list of clients: their types by name, and their classes.
 */

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as clients from './clients.ts';

type Packages = typeof clients;
/** The export of a package that is its client: `SQSClient`. */
type ClientName<Package> = Exclude<Extract<keyof Package, `${string}Client`>, '__Client'>;
type ClientOf<Package> = Package[ClientName<Package>] extends abstract new (
  ...args: never
) => infer Made
  ? Made
  : never;

/** The client of each service. */
export type ServiceClients = { readonly [Name in keyof Packages]: ClientOf<Packages[Name]> };

/** The clients of a scenario: one for each service, and DynamoDB's for plain JavaScript values. */
export type ScenarioClients = ServiceClients & { readonly documents: DynamoDBDocumentClient };

/** One package of the list. */
export interface ListedClient {
  readonly name: keyof Packages;
  readonly exports: Readonly<Record<string, unknown>>;
  /** The client's class. */
  readonly Client: new (
    config: object,
  ) => object;
}

/** All listed clients, sorted by name. */
export const LISTED_CLIENTS: readonly ListedClient[] = Object.entries(clients).map(([name, exports]) => {
  const all: Readonly<Record<string, unknown>> = exports;
  const className = Object.keys(all).find((key) => /^[A-Z]\w*Client$/.test(key)) ?? '';
  return { name: name as keyof Packages, exports: all, Client: all[className] as ListedClient['Client'] };
});
