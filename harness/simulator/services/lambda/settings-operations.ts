/**
 * The operations that read or change settings of functions and of the account, with their footprints.
 *
 * `Invoke` is elsewhere (invoke.ts, admission.ts, event-queue.ts). An operation that is missing from this table is refused by
 * name.
 */

import { type AwsAnswer, type Input, notSimulated } from '../../contract/answer.ts';
import type { Moment } from '../../contract/moment.ts';
import { createAlias, deleteAlias, getAlias, listAliases, updateAlias } from './aliases.ts';
import { outdatedOf, retireFree } from './environments.ts';
import { deleteEventInvokeConfig, getEventInvokeConfig, putEventInvokeConfig } from './event-invoke-config.ts';
import { freePath, functionsPath, limitsPath, qualifiersPath, settingsPath, urlsPath } from './footprints.ts';
import { functionNamedIn } from './function-name.ts';
import {
  createFunctionUrl,
  deleteFunctionUrl,
  getFunctionUrl,
  listFunctionUrls,
  updateFunctionUrl,
} from './function-url-config.ts';
import { createFunction, deleteFunction, getFunction, updateFunctionConfiguration } from './functions.ts';
import { provisionedUnits } from './limits.ts';
import type { LambdaEffect, LambdaServed } from './messages.ts';
import { deleteProvisioned, getProvisioned, listProvisioned, putProvisioned } from './provisioned.ts';
import { reconcile, unwanted } from './provisioned-environments.ts';
import { qualifiedName } from './qualified.ts';
import { getFunctionRecursionConfig, putFunctionRecursionConfig } from './recursion.ts';
import {
  deleteFunctionConcurrency,
  getAccountSettings,
  getFunctionConcurrency,
  putFunctionConcurrency,
} from './reservations.ts';
import type { Environment, LambdaState } from './state.ts';
import { listVersions, publishVersion } from './versions.ts';

interface SettingsOperation {
  apply(state: LambdaState, input: Input, nowMs: number): AwsAnswer;
  /** Paths, given the name of the function that the call names. */
  reads(name: string): readonly string[];
  writes(name: string): readonly string[];
  /** The function's environments run with other settings than its own from now on, and end (LS-33). */
  readonly outdates?: true;
  /** Which environments are provisioned may follow from it (LS-11). */
  readonly provisions?: true;
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

/** So does provisioned concurrency. */
const provisions = (name: string): readonly string[] => [...limits(name), qualifiersPath(name)];
const qualifiers = (name: string): readonly string[] => [qualifiersPath(name)];
const both = (name: string): readonly string[] => [settingsPath(name), qualifiersPath(name)];

const OPERATIONS: ReadonlyMap<string, SettingsOperation> = new Map<string, SettingsOperation>([
  ['CreateAlias', { apply: createAlias, reads: both, writes: qualifiers }],
  ['CreateFunction', { apply: createFunction, reads: none, writes: (name) => [settingsPath(name), functionsPath()] }],
  ['DeleteAlias', { apply: deleteAlias, reads: both, writes: qualifiers, provisions: true }],
  [
    'DeleteFunction',
    {
      apply: deleteFunction,
      reads: none,
      writes: (name) => [...limits(name), functionsPath(), urlsPath()],
      ...{ outdates: true, provisions: true },
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
  [
    'DeleteProvisionedConcurrencyConfig',
    { apply: deleteProvisioned, reads: none, writes: provisions, provisions: true },
  ],
  ['GetAlias', { apply: getAlias, reads: both, writes: none }],
  ['GetProvisionedConcurrencyConfig', { apply: getProvisioned, reads: both, writes: none }],
  ['ListAliases', { apply: listAliases, reads: both, writes: none }],
  ['ListProvisionedConcurrencyConfigs', { apply: listProvisioned, reads: both, writes: none }],
  ['ListVersionsByFunction', { apply: listVersions, reads: both, writes: none }],
  ['PublishVersion', { apply: publishVersion, reads: both, writes: qualifiers }],
  ['PutProvisionedConcurrencyConfig', { apply: putProvisioned, reads: none, writes: provisions, provisions: true }],
  ['UpdateAlias', { apply: updateAlias, reads: both, writes: qualifiers, provisions: true }],
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
export function serveSettings(state: LambdaState, operation: string, input: Input, moment: Moment): LambdaServed {
  const known = OPERATIONS.get(operation);
  if (known === undefined) {
    const footprint = { reads: [], writes: [] };
    return { answer: notSimulated(`The Lambda operation «${operation}»`), effects: [], footprint };
  }
  const { name, qualifier } = functionNamedIn(input);
  const isQualified = qualifiedName(name, qualifier) !== name;
  const wasProvisioned = known.provisions === true && provisionedUnits(state, name) > 0;
  const answer = known.apply(state, input, moment.nowMs);
  const reads = isQualified ? [...known.reads(name), qualifiersPath(name)] : known.reads(name);
  const isOfVersion = isQualified && operation === 'DeleteFunction';
  const writes = [...known.writes(name), ...(wasProvisioned || isOfVersion ? provisions(name) : [])];
  // A refusal has read what it would have changed.
  if (!answer.ok) return { answer, effects: [], footprint: { reads: [...reads, ...writes], writes: [] } };
  const followed = followUp(state, known, name, moment);
  const footprint = { reads, writes: [...writes, ...followed.ended.map(({ id }) => freePath(id))] };
  return { answer, effects: followed.effects, footprint };
}

/** The environments follow what was set. */
function followUp(
  state: LambdaState,
  { outdates, provisions: isProvisioning }: SettingsOperation,
  name: string,
  moment: Moment,
): { readonly effects: readonly LambdaEffect[]; readonly ended: readonly Environment[] } {
  const unasked = isProvisioning ? unwanted(state, name) : [];
  const provisioned = isProvisioning ? reconcile(state, name, moment) : [];
  const outdated = outdates ? outdatedOf(state, name) : [];
  return { effects: [...provisioned, ...retireFree(state, outdated)], ended: [...unasked, ...outdated] };
}
