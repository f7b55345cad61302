/**
 * What holds of all services together, whichever they are: names and ARNs that belong to one, and copies that share nothing that changes.
 */

import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AwsCall, NOT_SIMULATED } from '../contract/answer.ts';
import { shapesOfArn } from '../contract/arn.ts';
import type { Served } from '../contract/effect.ts';
import type { Noted } from '../contract/trace-entry.ts';
import { programs } from '../programs/arbitrary-for-tests.ts';
import { withMessages } from '../programs/calls-at-once-for-tests.ts';
import { anyCall, everyOperation } from '../programs/every-operation-for-tests.ts';
import { settingFor } from '../programs/exploration-for-tests.ts';
import type { Account } from '../world/account.ts';
import { momentBefore } from '../world/deploy.ts';
import { type AnyService, RESOURCE_TYPES, SERVICES, SERVICES_BY_API, SERVICES_BY_ARN } from './all.ts';

const EVERY_OPERATION = await everyOperation();

/** Those that there are more than one of. */
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

  it('share an API only if all but one say which calls of it are theirs, and these are asked first', () => {
    for (const [api, modules] of SERVICES_BY_API) {
      const rest = modules.filter(({ claims }) => claims === undefined);
      expect([api, rest.length]).toEqual([api, 1]);
      expect(modules.at(-1)).toBe(rest[0]);
    }
  });

  it('share no client', () => {
    expect(repeated(SERVICES.flatMap(({ client }) => (client === null ? [] : [client.package])))).toEqual([]);
  });

  it('give every resource type another name', () => {
    const types = SERVICES.flatMap(({ resourceTypes }) => resourceTypes.map(({ name }) => name));
    expect(repeated(types)).toEqual([]);
    expect([...RESOURCE_TYPES.keys()].sort()).toEqual(types.sort());
  });
});

/** Everything that a value holds, with what it holds twice as one; functions never change. */
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

/** What a service does with these calls, one after the other. */
function done(
  service: AnyService,
  state: unknown,
  calls: readonly AwsCall[],
  account: Account,
): readonly Served<unknown, Noted>[] {
  const moment = momentBefore(account);
  return calls.map(({ operation, input }, place) =>
    service.call(state, { id: `call-${place}`, by: 'tester', operation, input, number: null }, moment),
  );
}

describe('a copy of what a service knows', () => {
  it.each(EVERY_OPERATION.map((of) => [of.service.name, of] as const))(
    'shares nothing that changes, and lacks nothing: %s',
    (_name, of) => {
      const { service } = of;
      const calls = fc.array(anyCall([of], [service.service]), { maxLength: 15 });
      fc.assert(
        fc.property(programs, calls, calls, (program, earlier, later) => {
          const { account } = withMessages(settingFor(program));
          const original = account.stateOf(service);
          done(service, original, earlier, account);
          const kept = cloneOf(original);
          const onCopy = done(service, service.copy(original), later, account);
          expect(done(service, service.copy(original), later, account)).toEqual(onCopy);
          expect(done(service, kept, later, account)).toEqual(onCopy);
          // Memos, which all copies share, know these calls by now: nothing at all is different when they come again.
          const snapshot = cloneOf(original);
          done(service, service.copy(original), later, account);
          expect(original).toEqual(snapshot);
        }),
        { numRuns: 60 },
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

  /** One that is not is refused by its own name, whatever it is asked. */
  const isSimulated = (call: AwsCall): boolean => {
    const service = account.serviceOf(call);
    const [served] = done(service, service.copy(account.stateOf(service)), [call], account);
    const { answer } = served ?? expect.fail('nothing was served');
    if (answer === null || answer.ok || answer.error.code !== NOT_SIMULATED) return true;
    return !answer.error.message.includes(call.operation);
  };

  it.each(clients)('of %s that are simulated are all asked for in tests, and no others', async (api, client) => {
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
