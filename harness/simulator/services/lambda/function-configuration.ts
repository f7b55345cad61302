/**
 * Prints a function's configuration, as CreateFunction, UpdateFunctionConfiguration and the calls that look it up answer it
 * (LS-35).
 *
 * Lambda never sees the code here: `CodeSha256` is a checksum of the folder's name, and `CodeSize` is 0.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base64 } from '../../contract/base64.ts';
import type { LambdaFunction, LambdaState } from './state.ts';

/** What a call has just begun; on AWS it takes some seconds. */
type Passage = 'creating' | 'updating';

/** The configuration. `passage`: as the call that changes it answers, before the change is done. */
export function configuration(
  state: LambdaState,
  found: LambdaFunction,
  passage: Passage | null = null,
): Readonly<Record<string, unknown>> {
  const { FunctionName, FunctionArn, Runtime, Role, Handler, Description, Timeout, MemorySize, variables } = found;
  const hasVariables = Object.keys(variables).length > 0;
  return {
    ...{ FunctionName, FunctionArn, Runtime, Role, Handler, Description, Timeout, MemorySize },
    CodeSha256: base64(sha256(utf8ToBytes(found.codeFolder))),
    CodeSize: 0,
    LastModified: timeOf(state.epochMs + found.modifiedAtMs),
    RevisionId: revisionId(found),
    Version: found.Version,
    ...progressOf(passage),
    PackageType: 'Zip',
    Architectures: [found.architecture],
    EphemeralStorage: { Size: found.ephemeralStorageMb },
    LoggingConfig: { LogFormat: 'Text', LogGroup: found.logGroup },
    RuntimeVersionConfig: { RuntimeVersionArn: `arn:aws:lambda:${state.region}::runtime:${'0'.repeat(64)}` },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    TracingConfig: { Mode: 'PassThrough' },
    ...(hasVariables ? { Environment: { Variables: { ...variables } } } : {}),
    ...(found.deadLetterTargetArn === null ? {} : { DeadLetterConfig: { TargetArn: found.deadLetterTargetArn } }),
  };
}

/** A version as lists show it: with its qualifier, and without what may change by itself (LS-37). */
export function shownInList(state: LambdaState, found: LambdaFunction): Readonly<Record<string, unknown>> {
  const {
    State: _state,
    LastUpdateStatus: _status,
    RuntimeVersionConfig: _runtime,
    ...shown
  } = configuration(state, found);
  return { ...shown, FunctionArn: `${found.FunctionArn}:${found.Version}` };
}

function progressOf(passage: Passage | null): Readonly<Record<string, unknown>> {
  const reason = 'The function is being created.';
  switch (passage) {
    case 'creating':
      return { State: 'Pending', StateReason: reason, StateReasonCode: 'Creating' };
    case 'updating':
      return {
        ...{ State: 'Active', LastUpdateStatus: 'InProgress' },
        ...{ LastUpdateStatusReason: reason, LastUpdateStatusReasonCode: 'Creating' },
      };
    default:
      return { State: 'Active', LastUpdateStatus: 'Successful' };
  }
}

/** `2026-01-01T09:00:00.000+0000`, as Lambda writes it. */
function timeOf(atMs: number): string {
  return new Date(atMs).toISOString().replace('Z', '+0000');
}

/** Looks like AWS's; it differs for each change of each function, and for each version. */
function revisionId({ number, revision, Version }: LambdaFunction): string {
  const version = (Number.parseInt(Version, 10) || 0).toString(16).padStart(4, '0');
  return `00000000-${version}-4000-9000-${number.toString(16).padStart(4, '0')}${revision.toString(16).padStart(8, '0')}`;
}
