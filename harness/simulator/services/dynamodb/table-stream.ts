/**
 * The stream of a table: whether it has one, what its records hold, and how it is called (DD-12).
 *
 * What a write puts on it is in `stream-writes.ts`, and who reads it in `stream-source.ts`.
 */

import type { AccountPlace, Arn } from '../../contract/arn.ts';
import { isRecord } from '../../contract/request.ts';
import { validationError } from './refusal.ts';
import { checkRequest, DYNAMODB_MEMBERS } from './request.ts';
import type { StreamViewType, TableStream } from './state.ts';
import { tableArn } from './table-description.ts';

export const STREAM_VIEW_TYPES: readonly StreamViewType[] = [
  'NEW_IMAGE',
  'OLD_IMAGE',
  'NEW_AND_OLD_IMAGES',
  'KEYS_ONLY',
];

/** A stack knows the ARN of its table's stream before there is one, so the stream's label says no instant of the run (UV-69). */
export const DEPLOYED_STREAM_LABEL = '2025-12-31T00:00:00.000';

const MEMBERS: ReadonlySet<string> = new Set(['StreamEnabled', 'StreamViewType']);

/** The stream that a `StreamSpecification` asks for; null for none. `label` is that of a stream that is made now. */
export function readStreamSpecification(
  specification: unknown,
  { label, generation }: { readonly label: string; readonly generation: number },
): TableStream | null {
  if (!isRecord(specification)) return null;
  checkRequest('StreamSpecification', specification, MEMBERS);
  const isEnabled = DYNAMODB_MEMBERS.boolean(specification, 'StreamEnabled') === true;
  const view = DYNAMODB_MEMBERS.oneOf(specification, 'StreamViewType', STREAM_VIEW_TYPES);
  if (isEnabled !== (view !== undefined))
    throw validationError(
      'One or more parameter values were invalid: StreamViewType must be specified if StreamEnabled is true, and only then',
    );
  return view === undefined ? null : { label, view, generation, records: [], count: 0, reader: null };
}

/** The ARN of a table's stream. */
export function streamArn(place: AccountPlace, table: string, label: string): Arn {
  return `${tableArn(place, table)}/stream/${label}`;
}

/** The table and the label in the ARN of a stream; null for another ARN. */
export function readStreamArn(arn: Arn): { readonly table: string; readonly label: string } | null {
  const [, table, label] = /^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/([^/]+)\/stream\/(.+)$/.exec(arn) ?? [];
  return table === undefined || label === undefined ? null : { table, label };
}

/** The members of a table's description that tell of its stream. */
export function describeTableStream(
  place: AccountPlace,
  table: string,
  stream: TableStream | null,
): Readonly<Record<string, unknown>> {
  if (stream === null) return {};
  return {
    StreamSpecification: { StreamEnabled: true, StreamViewType: stream.view },
    LatestStreamLabel: stream.label,
    LatestStreamArn: streamArn(place, table, stream.label),
  };
}
