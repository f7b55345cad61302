/**
 * How long things take in a timed run: the latency model.
 *
 * Where AWS says something, the figure is AWS's; where it says nothing, it is a policy of ours, named as such. No figure is
 * a promise, and no check compares with one: checks give deadlines that stand far away from all of them. Learners' own
 * computing takes no time. Every wait is drawn through the run's choices, so that a seed stands for all of them.
 */

import type { Choices } from '../kernel/choices.ts';
import type { ServiceName } from '../services/service.ts';

/** From the shortest to the longest, both possible, all in between equally likely. Whole milliseconds. */
export interface WaitMs {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface LatencyModel {
  /** Told with every timed verdict. */
  readonly name: string;
  /** A call's way there and back, together. */
  readonly call: (service: ServiceName, operation: string) => WaitMs;
  /** From the need of an execution environment to the first line of its Init. */
  readonly environmentStart: WaitMs;
  /** From a message that is visible to the mapping that has it. */
  readonly mappingPoll: WaitMs;
}

/** «Consistent single-digit millisecond latency»: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Introduction.html */
const DYNAMODB_READ: WaitMs = { fromMs: 2, toMs: 6 };
const DYNAMODB_WRITE: WaitMs = { fromMs: 3, toMs: 9 };
/** Two rounds over the items, prepare and commit: https://www.usenix.org/conference/atc23/presentation/idziorek */
const DYNAMODB_TRANSACTION: WaitMs = { fromMs: 8, toMs: 24 };
/** «Tens or low hundreds of milliseconds»: https://aws.amazon.com/sqs/faqs/ (Q: What is the latency of Amazon SQS?) */
const SQS_CALL: WaitMs = { fromMs: 10, toMs: 40 };
/** A policy: AWS publishes no figure for the way to a warm environment. */
const LAMBDA_CALL: WaitMs = { fromMs: 4, toMs: 16 };
const OTHER_CALL: WaitMs = { fromMs: 10, toMs: 50 };

/** The model of 2026. */
export const LATENCY_2026: LatencyModel = {
  name: 'latency model of November 2026',
  call: (service, operation) => {
    switch (service) {
      case 'DynamoDB':
        if (operation.startsWith('Transact')) return DYNAMODB_TRANSACTION;
        return /^(Get|BatchGet|Query|Scan)/.test(operation) ? DYNAMODB_READ : DYNAMODB_WRITE;
      case 'SQS':
        return SQS_CALL;
      case 'Lambda':
        return operation === 'Invoke' ? LAMBDA_CALL : OTHER_CALL;
      case 'CloudFormation':
        return OTHER_CALL;
    }
  },
  /** «From under 100 ms to over 1 second»: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
  environmentStart: { fromMs: 100, toMs: 600 },
  /** A policy: a long poll answers when a message arrives; the figure is that of a receive. */
  mappingPoll: { fromMs: 10, toMs: 40 },
};

/** The waits of one run. In exploration calls take no time, and nothing is drawn. */
export class Latency {
  readonly #model: LatencyModel | null;
  readonly #choices: Choices;

  constructor(model: LatencyModel | null, choices: Choices) {
    this.#model = model;
    this.#choices = choices;
  }

  /** The way of a request to its service, or of an answer back: half of a call each. */
  halfCallMs(service: ServiceName, operation: string): number {
    return this.#model === null ? 0 : Math.ceil(this.#draw(this.#model.call(service, operation)) / 2);
  }

  environmentStartMs(): number {
    return this.#model === null ? 0 : this.#draw(this.#model.environmentStart);
  }

  mappingPollMs(): number {
    return this.#model === null ? 0 : this.#draw(this.#model.mappingPoll);
  }

  #draw({ fromMs, toMs }: WaitMs): number {
    return fromMs + this.#choices.pick('latency', toMs - fromMs + 1);
  }
}
