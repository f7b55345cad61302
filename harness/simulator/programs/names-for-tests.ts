/**
 * The names in the account of programs for tests: the few resources that all calls use.
 */

export const TABLE = 'items';

/** The stream that calls put records into and read. */
export const STREAM = 'records';
export const RECORDS_ARN = `arn:aws:kinesis:us-east-1:123456789012:stream/${STREAM}`;

/** The name of a second table, queue and stream, which some calls create, delete or do not find. */
export const SECOND = 'more';

/** What the name of a FIFO queue ends with. */
export const FIFO_SUFFIX = '.fifo';

/**
 * `input` may feed a function, `other` feeds none, `dead` receives dead letters and failed events. A program whose mapping reads a FIFO queue
 * has `input.fifo` and `dead.fifo` beside them.
 */
export type QueueName = 'input' | 'other' | 'dead';

export const QUEUES: readonly QueueName[] = ['input', 'other', 'dead'];

export function queueUrl(name: string): string {
  return `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`;
}

export function queueArnFor(name: string): string {
  return `arn:aws:sqs:us-east-1:123456789012:${name}`;
}

/** A function's name, by its place in the program. */
export function functionName(place: number): string {
  return `f${place}`;
}

/** A function that exists only if a call creates it. */
export const SECOND_FUNCTION = functionName(9);

/** The mapping that feeds a function from `input`, if the program has one. Its UUID follows from the template. */
export const MAPPING_UUID = 'd672548f-7323-4e31-88d7-bea58c8ae6d0';

/** The name of the downstream. */
export const DOWNSTREAM_NAME = 'legacy';
