/**
 * What DynamoDB asks for after a step: notes, and requests to those who read the streams of its tables. It sends itself nothing.
 */

import type { Effect, Step } from '../../contract/effect.ts';
import type { DynamoDBEvent } from './trace-events.ts';

export type DynamoDBEffect = Effect<never, DynamoDBEvent>;
export type DynamoDBStep = Step<never, DynamoDBEvent>;
