/**
 * The operations that read or change settings of functions and of the account, with their footprints.
 *
 * `Invoke` is elsewhere (invoke.ts, admission.ts, event-queue.ts). An operation that is missing from this table is refused by
 * name.
 */

import { type AwsAnswer, type Input, notSimulated } from '../../contract/answer.ts';
import { readFunctionName } from '../../contract/arn.ts';
import { retireFree } from './environments.ts';
import { deleteEventInvokeConfig, getEventInvokeConfig, putEventInvokeConfig } from './event-invoke-config.ts';
import { freePath, functionsPath, limitsPath, settingsPath, urlsPath } from './footprints.ts';
import {
  createFunctionUrl,
  deleteFunctionUrl,
  getFunctionUrl,
  listFunctionUrls,
  updateFunctionUrl,
} from './function-url-config.ts';
import { createFunction, deleteFunction, getFunction, updateFunctionConfiguration } from './functions.ts';
import type { LambdaServed } from './messages.ts';
import { getFunctionRecursionConfig, putFunctionRecursionConfig } from './recursion.ts';
import {
  deleteFunctionConcurrency,
  getAccountSettings,
  getFunctionConcurrency,
  putFunctionConcurrency,
} from './reservations.ts';
import type { LambdaState } from './state.ts';

interface SettingsOperation {
  apply(state: LambdaState, input: Input, nowMs: number): AwsAnswer;
  /** Paths, given the name of the function that the call names. */
  reads(name: string): readonly string[];
  writes(name: string): readonly string[];
  /** The function's environments run with other settings than its own from now on, and end (LS-33). */
  readonly outdates?: true;
}

const none = (): readonly string[] => [];
const settings = (name: string): readonly string[] => [settingsPath(name)];
const settingsAndUrls = (name: string): readonly string[] => [settingsPath(name), urlsPath()];
/** A reservation changes the limits of the function and of all others. */
const limits = (name: string): readonly string[] => [
  settingsPath(name),
  limitsPath(),
  'lambda/pool',
  `lambda/${name}/pool`,
];

const OPERATIONS: ReadonlyMap<string, SettingsOperation> = new Map<string, SettingsOperation>([
  ['CreateFunction', { apply: createFunction, reads: none, writes: (name) => [settingsPath(name), functionsPath()] }],
  [
    'DeleteFunction',
    {
      apply: deleteFunction,
      reads: none,
      writes: (name) => [...limits(name), functionsPath(), urlsPath()],
      outdates: true,
    },
  ],
  ['DeleteFunctionConcurrency', { apply: deleteFunctionConcurrency, reads: none, writes: limits }],
  ['DeleteFunctionEventInvokeConfig', { apply: deleteEventInvokeConfig, reads: none, writes: settings }],
  [
    'GetAccountSettings',
    { apply: getAccountSettings, reads: () => [limitsPath(), functionsPath(), 'lambda/pool'], writes: none },
  ],
  ['GetFunction', { apply: (state, input) => getFunction(state, 'GetFunction', input), reads: settings, writes: none }],
  ['GetFunctionConcurrency', { apply: getFunctionConcurrency, reads: settings, writes: none }],
  [
    'GetFunctionConfiguration',
    { apply: (state, input) => getFunction(state, 'GetFunctionConfiguration', input), reads: settings, writes: none },
  ],
  ['GetFunctionEventInvokeConfig', { apply: getEventInvokeConfig, reads: settings, writes: none }],
  ['CreateFunctionUrlConfig', { apply: createFunctionUrl, reads: none, writes: settingsAndUrls }],
  ['DeleteFunctionUrlConfig', { apply: deleteFunctionUrl, reads: none, writes: settingsAndUrls }],
  ['GetFunctionUrlConfig', { apply: getFunctionUrl, reads: settingsAndUrls, writes: none }],
  ['ListFunctionUrlConfigs', { apply: listFunctionUrls, reads: settingsAndUrls, writes: none }],
  ['UpdateFunctionUrlConfig', { apply: updateFunctionUrl, reads: none, writes: settingsAndUrls }],
  ['GetFunctionRecursionConfig', { apply: getFunctionRecursionConfig, reads: settings, writes: none }],
  ['PutFunctionConcurrency', { apply: putFunctionConcurrency, reads: none, writes: limits }],
  [
    'PutFunctionEventInvokeConfig',
    {
      apply: (state, input, nowMs) => putEventInvokeConfig(state, input, 'put', nowMs),
      ...{ reads: none, writes: settings },
    },
  ],
  ['PutFunctionRecursionConfig', { apply: putFunctionRecursionConfig, reads: none, writes: settings }],
  [
    'UpdateFunctionEventInvokeConfig',
    {
      apply: (state, input, nowMs) => putEventInvokeConfig(state, input, 'update', nowMs),
      ...{ reads: settings, writes: settings },
    },
  ],
  [
    'UpdateFunctionConfiguration',
    { apply: updateFunctionConfiguration, reads: settings, writes: settings, outdates: true },
  ],
]);

/** Whether this is an operation on settings, and one that is simulated. */
export function isOnSettings(operation: string): boolean {
  return OPERATIONS.has(operation);
}

/** Answers an operation on settings. */
export function serveSettings(state: LambdaState, operation: string, input: Input, nowMs: number): LambdaServed {
  const known = OPERATIONS.get(operation);
  if (known === undefined) {
    const footprint = { reads: [], writes: [] };
    return { answer: notSimulated(`The Lambda operation «${operation}»`), effects: [], footprint };
  }
  const { name } = readFunctionName(String(input.FunctionName ?? ''));
  const answer = known.apply(state, input, nowMs);
  const [reads, writes] = [known.reads(name), known.writes(name)];
  // A refusal has read what it would have changed.
  if (!answer.ok) return { answer, effects: [], footprint: { reads: [...reads, ...writes], writes: [] } };
  if (known.outdates === undefined) return { answer, effects: [], footprint: { reads, writes } };
  const all = [...state.environments.values()].filter(({ functionName }) => functionName === name);
  const outdated = all.map(({ id }) => freePath(id));
  return { answer, effects: retireFree(state, name), footprint: { reads, writes: [...writes, ...outdated] } };
}
