/**
 * Properties of all services together: each name and each ARN belongs to one service, and copies of a state share nothing
 * that changes.
 */

import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AwsCall, NOT_SIMULATED, ok } from '../contract/answer.ts';
import { shapesOfArn } from '../contract/arn.ts';
import type { CodeReport } from '../contract/code.ts';
import type { Effect, Served, Step } from '../contract/effect.ts';
import type { Moment } from '../contract/moment.ts';
import type { Noted } from '../contract/trace-entry.ts';
import { programs } from '../programs/arbitrary-for-tests.ts';
import { withMessages } from '../programs/calls-at-once-for-tests.ts';
import { anyCall, operationsOfServices } from '../programs/every-operation-for-tests.ts';
import { settingFor } from '../programs/exploration-for-tests.ts';
import { momentBefore } from '../world/deploy.ts';
import { type AnyService, RESOURCE_TYPES, SERVICES, SERVICES_BY_API, SERVICES_BY_ARN } from './all.ts';

const EVERY_OPERATION = await operationsOfServices();

/** The values that occur more than once. */
function repeated(values: readonly string[]): readonly string[] {
  return values.filter((value, place) => values.indexOf(value) !== place);
}

describe('services', () => {
  it('are named after their folders, and each folder holds one of the registry', () => {
    const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(SERVICES.map(({ name }) => name).sort()).toEqual(folders.sort());
  });

  it('own each shape of an ARN alone, and are found by it', () => {
    const shapes = SERVICES.flatMap(({ arns }) => arns);
    expect(repeated(shapes)).toEqual([]);
    for (const service of SERVICES) for (const shape of service.arns) expect(SERVICES_BY_ARN.get(shape)).toBe(service);
  });

  it('own shapes that an ARN can have: one or two parts', () => {
    for (const shape of SERVICES.flatMap(({ arns }) => arns)) {
      const [service = '', type] = shape.split(':');
      const arn = `arn:aws:${service}:us-east-1:123456789012:${type === undefined ? 'name' : `${type}:name`}`;
      expect(shapesOfArn(arn)).toContain(shape);
    }
  });

  it('share an API only if all but one claim their calls, and those are asked first', () => {
    for (const [api, modules] of SERVICES_BY_API) {
      const rest = modules.filter(({ claims }) => claims === undefined);
      expect([api, rest.length]).toEqual([api, 1]);
      expect(modules.at(-1)).toBe(rest[0]);
    }
  });

  it('share no client', () => {
    expect(repeated(SERVICES.flatMap(({ client }) => (client === null ? [] : [client.package])))).toEqual([]);
  });

  it('have no resource type in common', () => {
    const types = SERVICES.flatMap(({ resourceTypes }) => resourceTypes.map(({ name }) => name));
    expect(repeated(types)).toEqual([]);
    expect([...RESOURCE_TYPES.keys()].sort()).toEqual(types.sort());
  });
});

/** A deep copy in which shared parts stay shared; functions are not copied, since they never change. */
function cloneOf<Value>(value: Value, known = new Map<unknown, unknown>()): Value {
  if (typeof value !== 'object' || value === null) return value;
  const before = known.get(value);
  if (before !== undefined) return before as Value;
  const remember = <Copy>(copy: Copy): Copy => {
    known.set(value, copy);
    return copy;
  };
  if (value instanceof Map) {
    const copy = remember(new Map());
    for (const [key, held] of value) copy.set(key, cloneOf(held, known));
    return copy as Value;
  }
  if (value instanceof Set) return remember(new Set(value)) as Value;
  if (value instanceof Uint8Array) return remember(value.slice()) as Value;
  const copy: object = remember(Array.isArray(value) ? [] : {});
  for (const [name, held] of Object.entries(value)) Object.assign(copy, { [name]: cloneOf(held, known) });
  return copy as Value;
}

/** A call, or one of the events that the service waits for. */
type Act = { readonly call: AwsCall } | { readonly next: number };
type Outcome = Step<unknown, Noted> | Served<unknown, Noted> | undefined;
type Happens = (state: unknown) => Outcome;

/** Runs one service alone: fires its timers, runs its code and accepts its requests, each when an act says so. */
class Alone {
  readonly #service: AnyService;
  readonly #state: unknown;
  readonly #moment: Moment;
  /** What may happen next, by the name under which it can be cancelled. */
  readonly #due: Map<string, Happens>;
  #calls = 0;

  constructor(service: AnyService, state: unknown, moment: Moment, due: ReadonlyMap<string, Happens> = new Map()) {
    this.#service = service;
    this.#state = state;
    this.#moment = moment;
    this.#due = new Map(due);
  }

  /** The same run with another state. */
  with(state: unknown): Alone {
    const other = new Alone(this.#service, state, this.#moment, this.#due);
    other.#calls = this.#calls;
    return other;
  }

  /** The outcomes of these acts, performed in order. */
  play(acts: readonly Act[]): readonly Outcome[] {
    return acts.flatMap((act) => this.#follow('call' in act ? this.#call(act.call) : this.#next(act.next)));
  }

  /** The outcome, and those of the answers that its own step brings. */
  #follow(outcome: Outcome): readonly Outcome[] {
    return [outcome, ...(outcome?.effects ?? []).flatMap((effect) => this.#take(effect))];
  }

  #call({ operation, input }: AwsCall): Outcome {
    this.#calls += 1;
    const call = { id: `call-${this.#calls}`, by: 'tester', operation, input, number: null };
    return this.#service.call(this.#state, call, this.#moment);
  }

  #next(place: number): Outcome {
    const [name, happens] = [...this.#due][place % Math.max(1, this.#due.size)] ?? [];
    if (name !== undefined) this.#due.delete(name);
    return happens?.(this.#state);
  }

  #take(effect: Effect<unknown, Noted>): readonly Outcome[] {
    const [service, moment, due] = [this.#service, this.#moment, this.#due];
    const reports =
      (report: CodeReport): Happens =>
      (state) =>
        service.heard?.(state, report, moment);
    const [option] = effect.kind === 'choose' ? effect.options : [];
    if (option !== undefined) return this.#follow(service.on?.(this.#state, option.message, moment));
    if (effect.kind === 'timer') due.set(effect.of, (state) => service.on?.(state, effect.message, moment));
    if (effect.kind === 'cancel') due.delete(effect.of);
    if (effect.kind === 'call') return this.#follow(service.answered?.(this.#state, effect.as, ok({}), moment));
    if (effect.kind === 'send' && effect.call !== undefined) {
      const { call, request } = effect;
      // Only an invocation is answered later than in the step that asks for it.
      if (request.kind !== 'invoke') return this.#follow(service.answered?.(this.#state, call, ok({}), moment));
      due.set(call, (state) => service.answered?.(state, call, ok({}), moment));
    }
    if (effect.kind === 'start')
      due.set(effect.environment, reports({ kind: 'initialised', environment: effect.environment }));
    if (effect.kind === 'invoke')
      due.set(effect.environment, reports({ kind: 'returned', invocation: effect.invocation, payloadJson: 'null' }));
    if (effect.kind === 'kill') due.delete(effect.environment);
    return [];
  }
}

describe('a copy of a service’s state', () => {
  it.each(EVERY_OPERATION.map((of) => [of.service.name, of] as const))(
    'shares nothing that changes, and lacks nothing: %s',
    (_name, of) => {
      const { service } = of;
      const act = fc.oneof(
        anyCall([of], [service.service]).map((call): Act => ({ call })),
        fc.nat(20).map((next): Act => ({ next })),
      );
      const acts = fc.array(act, { maxLength: 20 });
      fc.assert(
        fc.property(programs, acts, acts, acts, (program, earlier, other, later) => {
          const { account } = withMessages(settingFor(program));
          const original = account.stateOf(service);
          const world = new Alone(service, original, momentBefore(account));
          world.play(earlier);
          const expected = world.with(cloneOf(original)).play(later);
          world.with(service.copy(original)).play(other);
          expect(world.with(service.copy(original)).play(later)).toEqual(expected);
          // All copies share memos. After this the memos hold all of these calls, so the same calls change nothing any more.
          const snapshot = cloneOf(original);
          world.with(service.copy(original)).play(other);
          expect(original).toEqual(snapshot);
        }),
        { numRuns: 500 },
      );
    },
  );
});

describe('operations', () => {
  const clients = SERVICES.flatMap(({ service, client }) =>
    client === null || client.protocol === null ? [] : [[service, client.package] as const],
  );
  const [program = expect.fail('no program')] = fc.sample(programs, { numRuns: 1, seed: 1 });
  const { account } = settingFor(program);

  /** An operation that is not simulated is refused by its own name, with any input. */
  const isSimulated = (call: AwsCall): boolean => {
    const service = account.serviceOf(call);
    const made = { id: 'call-1', by: 'tester', number: null, ...call };
    const { answer } = service.call(service.copy(account.stateOf(service)), made, momentBefore(account));
    if (answer === null || answer.ok || answer.error.code !== NOT_SIMULATED) return true;
    return !answer.error.message.includes(call.operation);
  };

  it.each(clients)('of %s that are simulated all have inputs for tests, and no others do', async (api, client) => {
    const exports = (await import(client)) as Readonly<Record<string, unknown>>;
    const all = Object.keys(exports).flatMap((name) => /^([A-Z]\w*)Command$/.exec(name)?.[1] ?? []);
    const simulated = all.filter((operation) => isSimulated({ service: api, operation, input: {} }));
    const asked = EVERY_OPERATION.filter(({ service }) => service.service === api).flatMap(({ inputs }) =>
      Object.keys(inputs),
    );
    expect(simulated.length).toBeGreaterThan(0);
    expect(simulated.sort()).toEqual([...new Set(asked)].sort());
  });
});
