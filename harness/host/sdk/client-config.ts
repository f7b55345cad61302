/**
 * The configuration of a simulated client: the learner's settings, with everything else explicit.
 *
 * The SDK reads no files, variables or clock to complete it, and no setting can reach a network.
 */

import { IDEMPOTENCY_TOKEN_OPTIONS, idempotencyToken } from './idempotency-token.ts';
import type { SdkRuntime } from './runtime.ts';
import type { ClientClass, SdkClient } from './sdk-shapes.ts';

/** The configuration keys that do not affect a call on the direct way. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'apiVersion',
  'credentials',
  'endpoint',
  'maxAttempts',
  'region',
  'requestHandler',
  'translateConfig',
]);

/** Whether the learner's configuration asks for something that only the SDK's own stack does (a logger, a strategy …). */
export function isUnusual(config: object): boolean {
  for (const key in config) {
    const value: unknown = Reflect.get(config, key);
    // A function is the learner's own code, and only the full stack calls it at the right times.
    if (WITHOUT_EFFECT.has(key) && typeof value !== 'function') continue;
    if (value === undefined || (key === 'retryMode' && value === 'standard')) continue;
    return true;
  }
  return false;
}

/** Fixed, public, worthless: https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds-programmatic-access.html */
const CREDENTIALS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
} as const;

/** The SDK's own client, with its full stack, ending at `requestHandler`. */
export function constructClient(
  runtime: SdkRuntime,
  original: ClientClass,
  config: object,
  requestHandler: object,
): SdkClient {
  const client = new original(simulatedConfig(config, runtime.region, requestHandler));
  client.middlewareStack.add(
    idempotencyToken(() => runtime.ids.idempotencyToken()),
    IDEMPOTENCY_TOKEN_OPTIONS,
  );
  return client;
}

/** The configuration for the SDK's constructor. `requestHandler` is the only way out. */
function simulatedConfig(config: object, region: string, requestHandler: object): object {
  return {
    region,
    credentials: CREDENTIALS,
    defaultsMode: 'standard',
    retryMode: 'standard',
    accountIdEndpointMode: 'disabled',
    authSchemePreference: [],
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    userAgentAppId: '',
    // A file would else be asked for these two when a request is signed, and a run waits for no file.
    disableClockSkewCorrection: true,
    sigv4aSigningRegionSet: [],
    endpointDiscoveryEnabledProvider: noEndpointDiscovery,
    ignoreConfiguredEndpointUrls: true,
    // Without this, SQS would take its host from the queue's URL; there is only one host here.
    useQueueUrlAsEndpoint: false,
    defaultUserAgentProvider: simulatedUserAgent,
    endpointProvider: simulatedEndpoint,
    ...defined(config),
    endpoint: undefined,
    requestHandler,
  };
}

function defined(config: object): object {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
}

async function noEndpointDiscovery(): Promise<undefined> {
  return undefined;
}

async function simulatedUserAgent(): Promise<[string, string][]> {
  return [['raceproof', '1']];
}

/** One host for all of AWS. An object like a `URL`, which a realm does not have. */
function simulatedEndpoint(): object {
  const url = {
    protocol: 'https:',
    hostname: 'simulated.amazonaws.com',
    port: '',
    pathname: '/',
    search: '',
    hash: '',
    username: '',
    password: '',
    searchParams: new Map<string, string>(),
  };
  return { url, properties: {}, headers: {} };
}
