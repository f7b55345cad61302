/**
 * For tests: event source mappings between a small event source and a function whose answers the test gives. Mappings know
 * neither.
 *
 * Like the world, it carries requests between them in the order of effects. The test sets the time and the function's
 * answers.
 */

import { expect } from 'vitest';
import type { AccountSettings } from '../../contract/account-settings.ts';
import { type AwsAnswer, fail, type Input, ok } from '../../contract/answer.ts';
import { type Arn, serviceOfArn } from '../../contract/arn.ts';
import type { Send, Timer } from '../../contract/effect.ts';
import type { SourceDescription } from '../../contract/event-source.ts';
import type { FunctionDescription } from '../../contract/moment.ts';
import { effectsOf, ServiceForTests, sentIn } from '../../contract/service-for-tests.ts';
import { notTaken, type ServiceRequest } from '../../contract/service-request.ts';
import { toUtf8 } from '../../contract/utf8.ts';
import { EVENT_SOURCE_MAPPING } from './event-source-mapping.ts';
import type { MappingEffect, MappingMessage, MappingServed, MappingStep } from './messages.ts';
import { QueueForTests, type SourceForTests, StreamForTests, type ToldReader } from './source-for-tests.ts';
import { type MappingsState, mappingArn } from './state.ts';
import type { MappingEvent } from './trace-events.ts';

export const QUEUE_ARN = 'arn:aws:sqs:us-east-1:123456789012:orders';
export const STREAM_ARN = 'arn:aws:kinesis:us-east-1:123456789012:stream/orders';
/** A queue that learns of records that were given up. */
export const DEAD_ARN = 'arn:aws:sqs:us-east-1:123456789012:dead';
/** A topic that does. */
export const TOLD_TOPIC_ARN = 'arn:aws:sns:us-east-1:123456789012:told';
export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:charge';

/** A function with a timeout of 3 s, unless the test says otherwise. */
const CHARGE: FunctionDescription = {
  kind: 'function',
  functionName: 'charge',
  functionArn: FUNCTION_ARN,
  shownName: 'charge',
  timeoutMs: 3_000,
};

type Settings = Partial<AccountSettings>;

export class MappingsForTests<Source extends SourceForTests> extends ServiceForTests<
  MappingsState,
  MappingMessage,
  MappingEvent
> {
  readonly source: Source;
  /** Receives that the mappings have asked for and that have not happened yet. */
  readonly polls: Timer<MappingMessage>[] = [];
  /** Batches that come again after a pause. */
  #paused: Timer<MappingMessage>[] = [];
  /** How the source describes itself other than it is. */
  #changed: Partial<SourceDescription> = {};
  /** Every effect that the mappings have asked for. */
  readonly log: MappingEffect[] = [];

  constructor(source: Source, settings: Settings = {}) {
    super(EVENT_SOURCE_MAPPING, settings);
    this.source = source;
    this.describeSource({});
    this.described.set(FUNCTION_ARN, { is: CHARGE });
    const dead = { kind: 'event-source', arn: DEAD_ARN, shownName: 'dead', visibilityTimeoutMs: 30_000 } as const;
    this.described.set(DEAD_ARN, { is: { ...dead, lanes: null, bodyMember: 'body' } });
    this.described.set(TOLD_TOPIC_ARN, { is: { kind: 'topic', shownName: 'told' } });
  }

  override call(
    ...of: Parameters<ServiceForTests<MappingsState, MappingMessage, MappingEvent>['call']>
  ): MappingServed {
    return this.#follow(super.call(...of));
  }

  override tell(message: MappingMessage): MappingStep {
    return this.#follow(super.tell(message));
  }

  override take(to: Arn, request: ServiceRequest): MappingStep {
    return this.#follow(super.take(to, request));
  }

  override answer(batch: string, answer: AwsAnswer): MappingStep {
    return this.#follow(super.answer(batch, answer));
  }

  /** Creates a mapping from the source to `charge`, and returns its UUID. */
  create(settings: Input = {}): string {
    this.describeSource(this.#changed);
    const start = this.source.description.lanes === null ? {} : { StartingPosition: 'TRIM_HORIZON' };
    const input = { EventSourceArn: this.source.description.arn, FunctionName: 'charge', ...start, ...settings };
    return String(this.ask('CreateEventSourceMapping', input).UUID);
  }

  arnOf(mapping: string): Arn {
    return mappingArn(this.state, mapping);
  }

  /** Changes how the source describes itself from now on. */
  describeSource(changed: Partial<SourceDescription>): void {
    this.#changed = changed;
    this.described.set(this.source.description.arn, { is: { ...this.source.description, ...changed } });
  }

  /** Sends the mappings these reports of the source; returns the effects that they ask for. */
  told(news: readonly ToldReader[]): readonly MappingEffect[] {
    return this.#during(() => this.#carry(news));
  }

  /** Lets the next receive happen; returns the effects. */
  poll(): readonly MappingEffect[] {
    const due = this.polls.shift() ?? expect.fail('no receive was asked for');
    return this.#during(() => this.tell(due.message));
  }

  /** Lets each receive happen that has been asked for by now; returns the effects of each. */
  pollEach(): readonly (readonly MappingEffect[])[] {
    return [...this.polls].map(() => this.poll());
  }

  /** Fires a timer at its time; returns the effects. */
  comes({ atMs, message }: Timer<MappingMessage>): readonly MappingEffect[] {
    this.nowMs = atMs;
    return this.#during(() => this.tell(message));
  }

  get isPausing(): boolean {
    return this.#paused.length > 0;
  }

  /** The pauses that have been asked for since the last look. */
  pauses(): readonly Timer<MappingMessage>[] {
    const pauses = this.#paused;
    this.#paused = [];
    return pauses;
  }

  /** Answers an invocation; returns the effects. */
  answered(batch: string, answer: AwsAnswer): readonly MappingEffect[] {
    return this.#during(() => this.answer(batch, answer));
  }

  /** Makes a call; returns the effects. */
  called(operation: string, input: Input): readonly MappingEffect[] {
    return this.#during(() => this.call(operation, input));
  }

  #during(act: () => void): readonly MappingEffect[] {
    const from = this.log.length;
    act();
    return this.log.slice(from);
  }

  #follow<Done extends MappingStep>(step: Done): Done {
    for (const effect of step.effects) {
      this.log.push(effect);
      if (effect.kind === 'timer' && effect.message.kind === 'poll-due') this.polls.push(effect);
      if (effect.kind === 'timer' && effect.message.kind === 'retry-due') this.#paused.push(effect);
      if (effect.kind === 'send') this.#send(effect);
    }
    return step;
  }

  #send({ to, request }: Send): void {
    switch (request.kind) {
      case 'invoke':
        expect(serviceOfArn(to)).toBe('lambda');
        return;
      case 'deliver':
        expect([DEAD_ARN, TOLD_TOPIC_ARN]).toContain(to);
        return;
      case 'watch':
      case 'poll':
      case 'acknowledge':
      case 'hand-back':
        expect(to).toBe(this.source.description.arn);
        this.#carry(this.source.take(request, this.nowMs));
        return;
      default:
        notTaken(request, 'neither a source nor a function');
    }
  }

  #carry(news: readonly ToldReader[]): void {
    for (const { to, request } of news) this.take(to, request);
  }
}

/** A queue with a visibility timeout of 30 s, its mappings, and a function with a timeout of 3 s. */
export class QueueMappings extends MappingsForTests<QueueForTests> {
  constructor(settings: Settings = {}, keepsOrderInGroups = false) {
    super(new QueueForTests(QUEUE_ARN, 30_000, keepsOrderInGroups), settings);
  }

  /** Sends these messages to the queue; returns the effects of the mappings. */
  put(...messages: readonly (string | readonly [id: string, record: Input])[]): readonly MappingEffect[] {
    const items = messages.map((one) => (typeof one === 'string' ? ([one, { body: `body of ${one}` }] as const) : one));
    return this.told(this.source.put(...items));
  }

  /** Sends and receives these messages, which make one batch; returns its name. */
  batchOf(...messages: readonly string[]): string {
    this.put(...messages);
    return batchIn(this.poll());
  }
}

/** A stream with two lanes unless the test says otherwise, its mappings, and the same function. */
export class StreamMappings extends MappingsForTests<StreamForTests> {
  constructor(settings: Settings = {}, lanes: readonly string[] = ['a', 'b']) {
    super(new StreamForTests(STREAM_ARN, lanes), settings);
  }

  /** Writes these items into a lane; returns the effects of the mappings. */
  put(lane: string, ...items: readonly (string | readonly [id: string, record: Input])[]): readonly MappingEffect[] {
    const all = items.map((one) => (typeof one === 'string' ? ([one, { data: `data of ${one}` }] as const) : one));
    return this.told(this.source.put(lane, this.nowMs, ...all));
  }

  /** Ends a lane, which others take the place of; returns the effects of the mappings. */
  end(lane: string, ...children: readonly string[]): readonly MappingEffect[] {
    return this.told(this.source.end(lane, ...children));
  }
}

/** A word for each effect: the message of a timer, the request that is sent, or else its kind. */
export function aboutOf(effects: readonly MappingEffect[]): readonly string[] {
  return effects.map((effect) => {
    if (effect.kind === 'timer') return effect.message.kind;
    return effect.kind === 'send' ? effect.request.kind : effect.kind;
  });
}

/** The handles that are acknowledged at once. */
export function acknowledgedIn(effects: readonly MappingEffect[]): readonly string[] {
  return sentIn(effects, 'acknowledge').flatMap(({ request }) => request.handles);
}

/** The name of the batch that the function is given. */
export function batchIn(effects: readonly MappingEffect[]): string {
  const [invoked] = sentIn(effects, 'invoke');
  return invoked?.call ?? expect.fail('nothing was invoked');
}

/** The ids of the items of each invocation. */
export function batchesIn(effects: readonly MappingEffect[]): readonly (readonly string[])[] {
  return sentIn(effects, 'invoke').map(({ request }) =>
    (JSON.parse(request.payloadJson) as { readonly Records: readonly { readonly id: string }[] }).Records.map(
      ({ id }) => id,
    ),
  );
}

/** The only timer among the effects, apart from receives. */
export function waitIn(effects: readonly MappingEffect[]): Timer<MappingMessage> {
  const waits = effectsOf(effects, 'timer').filter(({ message }) => message.kind !== 'poll-due');
  expect(waits).toHaveLength(1);
  return waits[0] ?? expect.fail('nothing is waited for');
}

/** The largest number of items of each receive that is asked for. */
export function mostIn(effects: readonly MappingEffect[]): readonly number[] {
  return effectsOf(effects, 'timer').flatMap(({ message }) => (message.kind === 'poll-due' ? [message.most] : []));
}

/** The answer of a function that returned this value. */
export function returned(value: unknown): AwsAnswer {
  return returnedText(JSON.stringify(value) ?? '');
}

export function returnedText(text: string): AwsAnswer {
  return ok({ StatusCode: 200, ExecutedVersion: '$LATEST', Payload: toUtf8(text) });
}

export const FAILED: AwsAnswer = ok({ StatusCode: 200, FunctionError: 'Unhandled', Payload: new Uint8Array() });
export const THROTTLED: AwsAnswer = fail('TooManyRequestsException', 'Rate Exceeded.', 429);
