/**
 * Other people's simulators, running on this machine, and calls to them in AWS's JSON protocol.
 *
 * No SDK stands between: it would try again by itself, and hide what was answered.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a call was answered: its output, or the code of its error. */
export type OracleAnswer =
  | { readonly ok: true; readonly output: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly code: string };

export interface Oracle {
  call(operation: string, input: object): Promise<OracleAnswer>;
  stop(): Promise<void>;
}

const fromModules = (...path: readonly string[]): string => join(import.meta.dirname, 'node_modules', ...path);

/** Starts fauxqs in this process. */
export async function startFauxqs(): Promise<Oracle> {
  const { startFauxqs: start } = await import(pathToFileURL(fromModules('fauxqs', 'dist', 'app.js')).href);
  const server: { readonly port: number; stop(): Promise<void> } = await start({ port: 0, logger: false });
  return {
    call: (operation, input) => post(server.port, `AmazonSQS.${operation}`, 'application/x-amz-json-1.0', input),
    stop: () => server.stop(),
  };
}

/** How long kinesis-local may take until it answers, in milliseconds. */
const START_MS = 30_000;

/** Starts kinesis-local in a process of its own. Streams and shards change at once there. */
export async function startKinesisLocal(): Promise<Oracle> {
  const [plain, tls] = [await freePort(), await freePort()];
  const soon = Object.fromEntries(
    ['CREATE_STREAM', 'DELETE_STREAM', 'SPLIT_SHARD', 'MERGE_SHARDS'].map((name) => [`${name}_DURATION`, '1ms']),
  );
  const child = spawn(process.execPath, [fromModules('kinesis-local', 'main.js')], {
    cwd: fromModules('kinesis-local'),
    env: {
      ...process.env,
      ...soon,
      KINESIS_MOCK_PLAIN_PORT: String(plain),
      KINESIS_MOCK_TLS_PORT: String(tls),
      SHARD_LIMIT: '1000',
      LOG_LEVEL: 'ERROR',
    },
    stdio: 'ignore',
  });
  const call = (operation: string, input: object) =>
    post(plain, `Kinesis_20131202.${operation}`, 'application/x-amz-json-1.1', input);
  await untilItAnswers(child, () => call('ListStreams', {}));
  return {
    call,
    stop: async () => {
      child.kill('SIGKILL');
    },
  };
}

async function untilItAnswers(child: ChildProcess, ask: () => Promise<OracleAnswer>): Promise<void> {
  const endMs = Date.now() + START_MS;
  while (Date.now() < endMs && child.exitCode === null) {
    const answer = await ask().catch(() => null);
    if (answer?.ok === true) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill('SIGKILL');
  throw new Error(
    `kinesis-local did not answer within ${START_MS / 1_000} s. Is its port taken? Run the command again.`,
  );
}

/** Signatures are not verified by either. */
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=b';

async function post(port: number, target: string, contentType: string, input: object): Promise<OracleAnswer> {
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      'content-type': contentType,
      'x-amz-target': target,
      authorization: AUTHORIZATION,
      'x-amz-date': '20260101T000000Z',
    },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  const output = text === '' ? {} : JSON.parse(text);
  if (response.ok) return { ok: true, output };
  const named = String(output.__type ?? output.code ?? response.status);
  return { ok: false, code: named.split('#').at(-1) ?? named };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
