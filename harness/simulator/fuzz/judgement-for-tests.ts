/**
 * For tests: whether an answer is one that AWS could give: an output of the operation's shape, one of its documented errors, or the simulator's own
 * refusal by name.
 */

import type { NormalizedSchema } from '@smithy/core/schema';
import { type AwsAnswer, type AwsError, NOT_SIMULATED } from '../contract/answer.ts';
import { isRecord } from '../contract/request.ts';
import type { SdkOperation } from './sdk-operations-for-tests.ts';

/** Errors that every operation of an API may answer, beside those that are documented for each. */
const OF_ALL_OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
  SQS: ['InvalidParameterValue', 'MissingParameter', 'SerializationException'],
  // https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
  SNS: ['ValidationError'],
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html
  CloudFormation: ['ValidationError'],
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
  DynamoDB: ['ValidationException', 'SerializationException'],
  // https://docs.aws.amazon.com/kinesis/latest/APIReference/CommonErrors.html
  Kinesis: ['ValidationException', 'SerializationException'],
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html
  EventBridge: ['ValidationException', 'SerializationException'],
  // https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html
  Lambda: ['ValidationException', 'SerializationException'],
};

/** The APIs whose HTTP status follows from the error's model. The JSON protocols of the others answer 400 to every mistake. */
const STATUS_BY_MODEL: readonly string[] = ['Lambda', 'SNS'];

/** Words of JavaScript in a message: AWS would not say them. */
const SLIP = /\bundefined\b|\[object |\bNaN\b/;

/** What AWS would not have answered; null if it could have. */
export function judgeAnswer(operation: SdkOperation, answer: AwsAnswer): string | null {
  const { api, operation: name, output } = operation;
  const wrong = answer.ok ? misfit(output, answer.output, 'the output') : errorMisfit(operation, answer.error);
  return wrong === null ? null : `${api} ${name}: ${wrong}`;
}

function errorMisfit({ api, errors }: SdkOperation, error: AwsError): string | null {
  const { code, message, status, members = {} } = error;
  if (message === '' || SLIP.test(message)) return `${code} says «${message}»`;
  if (code === NOT_SIMULATED) return status === 501 ? null : `${code} with status ${status}`;
  const documented = errors.get(code);
  if (documented === undefined) {
    if (!OF_ALL_OPERATIONS[api]?.includes(code)) return `${code} is not documented for it («${message}»)`;
    return status === 400 ? null : `${code} with status ${status}`;
  }
  const wanted = STATUS_BY_MODEL.includes(api) ? (documented.status ?? 400) : 400;
  if (status !== wanted && !(documented.status === status)) return `${code} with status ${status}, not ${wanted}`;
  return misfit(documented.schema, members, code);
}

/** What of a value does not fit its shape. */
function misfit(shape: NormalizedSchema, value: unknown, where: string): string | null {
  if (value === undefined) return null;
  if (shape.isDocumentSchema()) return null;
  if (shape.isUnitSchema()) return isRecord(value) && Object.keys(value).length === 0 ? null : no(where, value);
  if (shape.isStructSchema()) return structureMisfit(shape, value, where);
  if (shape.isListSchema()) {
    if (!Array.isArray(value)) return no(where, value);
    return first(value.map((one, at) => () => misfit(shape.getValueSchema(), one ?? null, `${where}[${at}]`)));
  }
  if (shape.isMapSchema()) {
    if (!isRecord(value)) return no(where, value);
    return first(
      Object.entries(value).map(
        ([name, one]) =>
          () =>
            misfit(shape.getValueSchema(), one, `${where}.${name}`),
      ),
    );
  }
  return fitsScalar(shape, value) ? null : no(where, value);
}

function structureMisfit(shape: NormalizedSchema, value: unknown, where: string): string | null {
  if (!isRecord(value)) return no(where, value);
  const members = shape.getMemberSchemas();
  return first(
    Object.entries(value).map(([name, one]) => () => {
      const member = members[name];
      if (member === undefined) return `${where} has a member «${name}»`;
      return misfit(member, one, `${where}.${name}`);
    }),
  );
}

function fitsScalar(shape: NormalizedSchema, value: unknown): boolean {
  if (shape.isBlobSchema()) return value instanceof Uint8Array;
  if (shape.isTimestampSchema()) return isInstant(value);
  if (shape.isBooleanSchema()) return typeof value === 'boolean';
  if (shape.isNumericSchema()) return typeof value === 'number' && Number.isFinite(value);
  return typeof value === 'string';
}

/** The SDK reads an instant from a date, from its ISO text or from seconds. */
function isInstant(value: unknown): boolean {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d{4})$/.test(value);
  return Number.isFinite(typeof value === 'number' ? value : (value as { getTime?(): number }).getTime?.());
}

function first(checks: readonly (() => string | null)[]): string | null {
  for (const check of checks) {
    const wrong = check();
    if (wrong !== null) return wrong;
  }
  return null;
}

function no(where: string, value: unknown): string {
  return `${where} is ${JSON.stringify(value)}`;
}
