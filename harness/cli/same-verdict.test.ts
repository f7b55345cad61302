/**
 * One submission has one verdict: on an idle machine and on a busy one, with any number of threads, in this process and isolated.
 *
 * Both submissions are graded to their end: one whose exploration ends by itself, and one that the budget of work cuts.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Lab } from '../course/lab.ts';
import { lostUpdate } from '../course/lost-update/lab.ts';
import type { LabResult } from '../grader/result.ts';
import { recordIo } from './fixtures.ts';
import { type GradingOptions, gradeFiles } from './grading.ts';

const fileOfStarter = (path: string): string =>
  readFileSync(new URL(`../course/lost-update/starter/${path}`, import.meta.url), 'utf8');

/** Counts right, and leaves calls behind that nobody waits for: far more schedules than the budget allows. */
const NOT_AWAITED = [
  "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';",
  "import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';",
  'const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));',
  'const TableName = process.env.TABLE_NAME;',
  'export async function handler(event: { counter?: string }) {',
  "  void documents.send(new PutCommand({ TableName, Item: { id: 'log' } }));",
  "  const add = { UpdateExpression: 'ADD bumps :one', ExpressionAttributeValues: { ':one': 1 } };",
  "  const Key = { id: event.counter ?? 'notify-me' };",
  "  const { Attributes } = await documents.send(new UpdateCommand({ TableName, Key, ...add, ReturnValues: 'ALL_NEW' }));",
  '  return { count: Attributes?.bumps };',
  '}',
].join('\n');

/** The call is awaited where it is sent, and the function that sends it is not. */
const NOT_AWAITED_IN_A_FUNCTION = `${NOT_AWAITED.replace('void documents', 'void note(); //')}
async function note(): Promise<void> {
  await documents.send(new PutCommand({ TableName, Item: { id: 'log' } }));
}`;

/** The lab with a smaller budget, so that it is cut sooner. */
const CUT: Lab = {
  ...lostUpdate,
  scenarios: lostUpdate.scenarios.map((scenario) =>
    scenario.plan.mode === 'exhaustive' ? { ...scenario, plan: { ...scenario.plan, maxWork: 12_000 } } : scenario,
  ),
};

const PLACES: readonly (readonly [string, GradingOptions, { readonly busy?: true }])[] = [
  ['with two threads, isolated', { host: 'isolated', workers: 2 }, {}],
  ['with four threads in this process', { host: 'in-realm', workers: 4 }, {}],
  ['on a busy machine, with four threads, isolated', { host: 'isolated', workers: 4 }, { busy: true }],
];

/** What a reader or a program finds in the result, without what only says where and how long it was graded. */
function verdictOf({ durationMs: _, host: _host, ...verdict }: LabResult): string {
  return JSON.stringify(verdict);
}

async function graded(lab: Lab, code: string, options: GradingOptions): Promise<LabResult> {
  const files = new Map([
    ['src/bump.ts', code],
    ['template.yaml', fileOfStarter('template.yaml')],
  ]);
  return gradeFiles(lab, { kind: 'read', files }, recordIo(), options);
}

async function whileBusy<Done>(work: () => Promise<Done>): Promise<Done> {
  const start = (): ChildProcess => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  const others = Array.from({ length: 2 * availableParallelism() }, start);
  try {
    return await work();
  } finally {
    for (const other of others) other.kill('SIGKILL');
  }
}

const SUBMISSIONS: readonly (readonly [string, Lab, string])[] = [
  ['the starter', lostUpdate, fileOfStarter('src/bump.ts')],
  ['code that the budget of work cuts', CUT, NOT_AWAITED],
];

describe.each(SUBMISSIONS)('%s', (_name, lab, code) => {
  it('has one verdict wherever it is graded', async () => {
    const first = await graded(lab, code, { host: 'in-realm', workers: 1 });
    expect(first.checks.map(({ exploration }) => exploration?.mode)).toContain(lab === CUT ? 'sampled' : 'exhaustive');
    for (const [place, options, { busy }] of PLACES) {
      const again = busy ? await whileBusy(() => graded(lab, code, options)) : await graded(lab, code, options);
      expect({ place, verdict: verdictOf(again) }).toEqual({ place, verdict: verdictOf(first) });
    }
  }, 300_000);
});

it('names the line of the call that nobody waits for before all else', async () => {
  const { notices } = await graded(CUT, NOT_AWAITED, { host: 'in-realm' });
  expect(notices[0]).toMatchObject({ kind: 'not-awaited', frame: { file: 'src/bump.ts', line: 6 } });
  expect(notices[0]?.message).toMatch(/did not wait for its PutItem at src\/bump\.ts:6/);
}, 120_000);

it('names the call of the function that sent it, too, since that may be the one without an await', async () => {
  const { notices } = await graded(CUT, NOT_AWAITED_IN_A_FUNCTION, { host: 'isolated' });
  expect(notices[0]?.message).toMatch(
    /did not wait for its PutItem at src\/bump\.ts:13, called from src\/bump\.ts:6: /,
  );
}, 120_000);
