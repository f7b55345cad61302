/**
 * What things are called in the account of programs for tests: the few that all calls are about.
 */

export const TABLE = 'items';

/** Of a second table and a second queue, which some calls make, or delete, or find missing. */
export const SECOND = 'more';

/** `input` may feed a function, `other` feeds none, `dead` takes what could not be done. */
export type QueueName = 'input' | 'other' | 'dead';

export const QUEUES: readonly QueueName[] = ['input', 'other', 'dead'];

export function queueUrl(name: string): string {
  return `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`;
}

export function queueArnFor(name: string): string {
  return `arn:aws:sqs:us-east-1:123456789012:${name}`;
}

/** By its place in the program. */
export function functionName(place: number): string {
  return `f${place}`;
}

/** Of a function that is there if a call makes it. */
export const SECOND_FUNCTION = functionName(9);

/** Of the mapping that feeds a function from `input`, if the program has one: it follows from the template. */
export const MAPPING_UUID = 'd672548f-7323-4e31-88d7-bea58c8ae6d0';

/** Of the downstream. */
export const DOWNSTREAM_NAME = 'legacy';
