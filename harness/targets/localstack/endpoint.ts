/**
 * Finds a running LocalStack, and verifies that it is one before anything else is sent to it.
 *
 * The address comes from LOCALSTACK_ENDPOINT or AWS_ENDPOINT_URL; without them LocalStack's usual address is tried. This file
 * starts nothing.
 */

import { SERVICES } from '../../simulator/services/all.ts';
import { TargetTrouble } from '../target.ts';

/** The last release that needs no account with its maker. The labs were tried on it. */
export const LOCALSTACK_VERSION = '4.14.0';
export const LOCALSTACK_IMAGE = `localstack/localstack:${LOCALSTACK_VERSION}`;

const USUAL_ENDPOINT = 'http://127.0.0.1:4566';
const HEALTH_TIMEOUT_MS = 3_000;
/** What a stack may need, by the names that LocalStack shares with AWS's endpoints; roles and log groups have no client here. */
export const NEEDED_SERVICES: readonly string[] = [
  ...SERVICES.flatMap(({ client }) => (client === null ? [] : [client.endpointPrefix])),
  ...['iam', 'logs'],
];

export interface RunningLocalStack {
  readonly endpoint: string;
  readonly version: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A LocalStack that answers; null if none answers and the environment names none. Throws {@link TargetTrouble} if the
 * environment names an address that does not answer, or that is something else.
 */
export async function findRunning(env: Environment, usual = USUAL_ENDPOINT): Promise<RunningLocalStack | null> {
  const asked = askedFor(env);
  if (asked === null) return health(usual, 'the usual place');
  const found = await health(asked.endpoint, asked.variable);
  if (found !== null) return found;
  throw new TargetTrouble(
    `${asked.variable} names ${asked.endpoint}, and nothing answers there. Start LocalStack ${LOCALSTACK_VERSION} at that address, or unset ${asked.variable}.`,
  );
}

/** A sentence for a version on which the labs were not tried; null for the right version. */
export function versionNotice({ version }: RunningLocalStack): string | null {
  if (version.split('.').slice(0, 2).join('.') === LOCALSTACK_VERSION.split('.').slice(0, 2).join('.')) return null;
  return `This is LocalStack ${version}; the labs are tried on ${LOCALSTACK_VERSION}. What is said here of LocalStack may not be true of it.`;
}

function askedFor(env: Environment): { readonly variable: string; readonly endpoint: string } | null {
  for (const variable of ['LOCALSTACK_ENDPOINT', 'AWS_ENDPOINT_URL']) {
    const value = env[variable]?.trim();
    if (value === undefined || value === '') continue;
    const url = URL.parse(value);
    if (url === null || !/^https?:$/.test(url.protocol)) {
      throw new TargetTrouble(
        `${variable} is «${value}», which is no address. Write it like ${USUAL_ENDPOINT}, or unset it.`,
      );
    }
    return { variable, endpoint: value.replace(/\/+$/, '') };
  }
  return null;
}

/** Null if nothing answers. A server that does not answer like LocalStack is refused, because it could be AWS itself. */
async function health(endpoint: string, where: string): Promise<RunningLocalStack | null> {
  const response = await fetch(`${endpoint}/_localstack/health`, {
    signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
    redirect: 'manual',
  }).catch(() => null);
  if (response === null) return null;
  const said = (await response.json().catch(() => null)) as {
    readonly services?: Readonly<Record<string, string>>;
    readonly version?: string;
  } | null;
  if (!response.ok || typeof said?.version !== 'string' || typeof said.services !== 'object') {
    throw new TargetTrouble(
      `What answers at ${endpoint} (${where}) is not LocalStack: it has no /_localstack/health. Stop it, or name another address in LOCALSTACK_ENDPOINT.`,
    );
  }
  const { services, version } = said;
  const missing = NEEDED_SERVICES.filter((service) => !['available', 'running'].includes(services[service] ?? ''));
  if (missing.length > 0) {
    throw new TargetTrouble(
      `The LocalStack at ${endpoint} runs without ${missing.join(', ')}. Start it with these services; SERVICES in its environment names those that it has.`,
    );
  }
  return { endpoint, version };
}
