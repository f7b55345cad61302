/**
 * The laws of identity, over both hosts: what AWS makes fresh with each process is fresh here with each process, and the same
 * again when the run is repeated.
 */

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RealmSources } from '../host/realm-sources.ts';
import type { BareHost, HostKind } from '../platform/platform.ts';
import type { HostCommand, HostReport } from '../simulator/host.ts';
import { NODE } from './platform.ts';

/** Everything that a handler can name a thing by, and the token that the SDK makes by itself. */
const SOURCE = `
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
const atStart = randomUUID();
export const handler = async () => {
  const names = [atStart, randomUUID(), crypto.randomUUID(), String(Math.random()), randomBytes(8).toString('hex'), String(randomInt(2 ** 31))];
  void client.send(new TransactWriteItemsCommand({ TransactItems: [] }));
  return names;
};`;

interface Process {
  readonly environment: string;
  readonly process: number;
}

let sources: RealmSources;
const hosts = new Map<HostKind, BareHost>();

beforeAll(async () => {
  const bundled = await NODE.bundler.bundleHandler({
    files: new Map([['src/bump.ts', SOURCE]]),
    codeFolder: 'src/',
    module: 'bump',
    packages: ['@aws-sdk/client-dynamodb'],
  });
  if (!bundled.ok) throw new Error(bundled.findings.map(({ message }) => message).join('; '));
  sources = await NODE.bundler.realmSources([bundled.bundle]);
  for (const kind of ['in-realm', 'isolated'] as const)
    hosts.set(kind, await NODE.startBareHost(kind, sources, { stepLimitMs: 20_000, locate: false }));
});

afterAll(() => {
  for (const host of hosts.values()) host.close();
});

/** The names that each process made, in the order in which the processes started. */
async function namesOf(kind: HostKind, processes: readonly Process[], seed: number): Promise<readonly string[][]> {
  const host = hosts.get(kind);
  if (host === undefined) throw new Error(`no host ${kind}`);
  await host.begin({ epochMs: 0, seed, frames: false, afresh: true });
  const names: string[][] = [];
  for (const { environment, process } of processes)
    names.push(namesIn(await host.deliver(commands(environment, process))));
  return names;
}

function commands(environment: string, process: number): readonly HostCommand[] {
  const settings = { functionName: 'bump', module: 'bump', exportName: 'handler', variables: {}, memorySizeMb: 128 };
  const context = { requestId: 'r', functionArn: 'arn', deadlineMs: 3_000 };
  return [
    { kind: 'start', environment, process, settings, nowMs: 0 },
    { kind: 'invoke', environment, invocation: `${environment}-i`, payloadJson: '{}', context, nowMs: 0 },
  ];
}

function namesIn(reports: readonly HostReport[]): string[] {
  return reports.flatMap((report) => {
    if (report.kind === 'returned') return JSON.parse(report.payloadJson) as string[];
    return report.kind === 'call' ? [String(report.input.ClientRequestToken)] : [];
  });
}

const someProcesses = fc.uniqueArray(
  fc.record({ environment: fc.constantFrom('e1', 'e2', 'handler#12'), process: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 2, maxLength: 6, selector: ({ environment, process }) => `${environment} ${process}` },
);

describe.each(['in-realm', 'isolated'] as const)('identities made %s', (kind) => {
  it('are never those of another process, whether the environment is the same or another', async () => {
    await fc.assert(
      fc.asyncProperty(someProcesses, fc.integer({ min: 0, max: 2 ** 32 - 1 }), async (processes, seed) => {
        const names = (await namesOf(kind, processes, seed)).flat();
        expect(names).toHaveLength(7 * processes.length);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 25 },
    );
  });

  it('are the same again in an equal run, whatever other processes there are', async () => {
    await fc.assert(
      fc.asyncProperty(someProcesses, fc.integer({ min: 0, max: 2 ** 32 - 1 }), async (processes, seed) => {
        const all = await namesOf(kind, processes, seed);
        const last = await namesOf(kind, processes.slice(-1), seed);
        expect(last).toEqual(all.slice(-1));
      }),
      { numRuns: 25 },
    );
  });
});

it('the two hosts make the same identities', async () => {
  const processes = [
    { environment: 'e1', process: 1 },
    { environment: 'e1', process: 2 },
  ];
  expect(await namesOf('in-realm', processes, 7)).toEqual(await namesOf('isolated', processes, 7));
});
