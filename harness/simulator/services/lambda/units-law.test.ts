/**
 * A law: whatever is reserved, published, provisioned, moved and invoked, no request is admitted beyond its limits, and what is provisioned
 * is never more than was asked for.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { effectsOf } from '../../contract/service-for-tests.ts';
import { FunctionsForTests } from './lambda-for-tests.ts';
import type { LambdaEffect, LambdaMessage } from './messages.ts';

const ACCOUNT = 16;
const FLOOR = 10;

type Act =
  | { readonly call: string; readonly input: Input }
  | { readonly return: number }
  | { readonly fire: number }
  | { readonly init: number };

const FunctionName = fc.constantFrom('a', 'b');
const Qualifier = fc.constantFrom('1', '2', 'live');
const act: fc.Arbitrary<Act> = fc.oneof(
  fc
    .record({ FunctionName, ReservedConcurrentExecutions: fc.nat(5) })
    .map((input) => ({ call: 'PutFunctionConcurrency', input })),
  fc.record({ FunctionName }).map((input) => ({ call: 'DeleteFunctionConcurrency', input })),
  {
    // What is asked for is often changed while it is being made.
    weight: 4,
    arbitrary: fc
      .record({ FunctionName, Qualifier, ProvisionedConcurrentExecutions: fc.integer({ min: 1, max: 4 }) })
      .map((input) => ({ call: 'PutProvisionedConcurrencyConfig', input })),
  },
  fc.record({ FunctionName, Qualifier }).map((input) => ({ call: 'DeleteProvisionedConcurrencyConfig', input })),
  fc
    .record({ FunctionName, FunctionVersion: fc.constantFrom('1', '2') })
    .map((input) => ({ call: 'UpdateAlias', input: { ...input, Name: 'live' } })),
  fc
    .record({ FunctionName, Qualifier: fc.constantFrom('1', '2', 'live', '$LATEST') })
    .map((input) => ({ call: 'Invoke', input })),
  ...[fc.nat(9).map((place) => ({ return: place })), fc.nat(9).map((place) => ({ fire: place }))],
  fc.nat(9).map((place) => ({ init: place })),
);

/** Lambda with everything that may happen next. */
class Playing extends FunctionsForTests {
  readonly timers: LambdaMessage[] = [];
  readonly starting: string[] = [];
  readonly invoked: string[] = [];

  constructor() {
    super({ accountConcurrency: ACCOUNT, unreservedFloor: FLOOR });
    for (const name of ['a', 'b']) {
      this.create(name, { Publish: true });
      this.ask('UpdateFunctionConfiguration', { FunctionName: name, Timeout: 7 });
      this.ask('PublishVersion', { FunctionName: name });
      this.ask('CreateAlias', { FunctionName: name, Name: 'live', FunctionVersion: '1' });
    }
  }

  play(next: Act): void {
    if ('call' in next) this.#invokeOrAsk(next.call, next.input);
    else if ('return' in next) this.#take(this.invoked, next.return, (one) => this.return(one).effects);
    else if ('fire' in next) this.#take(this.timers, next.fire, (one) => this.tell(one).effects);
    else
      this.#take(this.starting, next.init, (environment) => this.report({ kind: 'initialised', environment }).effects);
  }

  #invokeOrAsk(operation: string, input: Input): void {
    const { answer, effects } = this.call(operation, input);
    if (operation === 'Invoke' && answer === null) expectWithinLimits(this, String(input.FunctionName), effects);
    this.#follow(effects);
  }

  #take<Thing>(from: Thing[], place: number, use: (one: Thing) => readonly LambdaEffect[]): void {
    const [one] = from.splice(place % Math.max(1, from.length), 1);
    if (one !== undefined) this.#follow(use(one));
  }

  #follow(effects: readonly LambdaEffect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'timer' && effect.as === 'step') this.timers.push(effect.message);
      if (effect.kind === 'start') this.starting.push(effect.environment);
      if (effect.kind === 'invoke') this.invoked.push(effect.invocation);
      if (effect.kind === 'kill' && this.starting.includes(effect.environment))
        this.starting.splice(this.starting.indexOf(effect.environment), 1);
    }
  }
}

/** The units that are provisioned for a function, as its configurations say. */
function provisionedFor({ state }: Playing, name: string): number {
  return [...state.provisioned]
    .filter(([qualified, { status }]) => qualified.startsWith(`${name}:`) && status !== 'FAILED')
    .reduce((sum, [, { requested }]) => sum + requested, 0);
}

/** Of the environments that are busy, those that are not provisioned. */
function onDemand({ state }: Playing, names: readonly string[]): number {
  return [...state.environments.values()].filter(
    ({ invocation, provisionedFor: owner, functionName }) =>
      invocation !== null && owner === null && names.includes(functionName),
  ).length;
}

function expectWithinLimits(playing: Playing, name: string, effects: readonly LambdaEffect[]): void {
  const [started] = [...effectsOf(effects, 'start'), ...effectsOf(effects, 'invoke')];
  const { provisionedFor: owner } = playing.state.environments.get(started?.environment ?? '') ?? {};
  if (owner !== null) return;
  const reserved = playing.state.reserved.get(name);
  if (reserved !== undefined) {
    expect(onDemand(playing, [name]) + provisionedFor(playing, name)).toBeLessThanOrEqual(reserved);
    return;
  }
  const shared = ['a', 'b'].filter((one) => !playing.state.reserved.has(one));
  const taken = ['a', 'b'].map((one) => playing.state.reserved.get(one) ?? provisionedFor(playing, one));
  expect(onDemand(playing, shared) + taken.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(ACCOUNT);
}

it('LS-12 no request is admitted beyond what is reserved, provisioned and left', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60, size: 'max' }), (acts) => {
      const playing = new Playing();
      for (const next of acts) {
        playing.play(next);
        for (const name of ['a', 'b'])
          expect(provisionedFor(playing, name)).toBeLessThanOrEqual(
            playing.state.reserved.get(name) ?? ACCOUNT - FLOOR,
          );
      }
    }),
    { numRuns: 600 },
  );
});

it('LS-11 of a configuration never more environments are allocated than were asked for, but for an alias that moves', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60, size: 'max' }), (acts) => {
      const playing = new Playing();
      for (const next of acts) {
        playing.play(next);
        for (const [qualified, { requested }] of playing.state.provisioned) {
          const all = [...playing.state.environments.values()].filter((one) => one.provisionedFor === qualified);
          const most = playing.state.aliases.get(qualified)?.isMoving ? 2 * requested : requested;
          expect(all.length).toBeLessThanOrEqual(most);
        }
      }
    }),
    { numRuns: 600 },
  );
});
