/**
 * Random programs over the real services: small, so that all their schedules can be tried, and of every kind.
 */

import fc from 'fast-check';
import type { FaultKind } from '../contract/fault.ts';
import type { TraceEvent } from '../trace.ts';
import type { Ask, FunctionOfProgram, MappingOfProgram, Operation, Program, ProgramCall } from './program-for-tests.ts';

const item = fc.constantFrom('a' as const, 'a' as const, 'b' as const, 'c' as const);
const source = fc.constantFrom('seen' as const, 'given' as const, 'memory' as const, 'now' as const);

const tableCall: fc.Arbitrary<ProgramCall> = fc.oneof(
  fc.record({
    do: fc.constantFrom('get' as const, 'get any' as const, 'add' as const, 'add and look' as const, 'delete' as const),
    item,
  }),
  fc.record({ do: fc.constant('put' as const), item, value: source }),
  fc.record({ do: fc.constant('put if' as const), item, is: fc.constantFrom('absent' as const, 'as seen' as const) }),
  fc.record({
    do: fc.constant('transact' as const),
    items: fc.uniqueArray(item, { minLength: 2, maxLength: 3 }),
    ifAbsent: fc.boolean(),
  }),
  fc.record({ do: fc.constant('put both' as const), items: fc.uniqueArray(item, { minLength: 2, maxLength: 2 }) }),
);
const queueCall: fc.Arbitrary<ProgramCall> = fc.oneof(
  fc.record({
    do: fc.constant('send' as const),
    queue: fc.constantFrom('other' as const, 'dead' as const),
    delayS: fc.constantFrom(0, 0, 0, 1),
  }),
  fc.record({
    do: fc.constant('receive' as const),
    queue: fc.constantFrom('other' as const, 'dead' as const),
    waitS: fc.constantFrom(0, 0, 1),
  }),
  fc.record({ do: fc.constant('send both' as const), queue: fc.constantFrom('other' as const, 'dead' as const) }),
  fc.constant<ProgramCall>({ do: 'delete received' }),
);
const call: fc.Arbitrary<ProgramCall> = fc.oneof(
  { weight: 6, arbitrary: tableCall },
  { weight: 2, arbitrary: queueCall },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('invoke' as const), event: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant<ProgramCall>({ do: 'downstream' }) },
);

const rare: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ do: fc.constant('sleep' as const), forMs: fc.constantFrom(0, 1, 2, 4_000) }),
  fc.record({ do: fc.constant('within' as const), ms: fc.constantFrom(1, 2), call, givesUp: fc.boolean() }),
  fc.record({ do: fc.constant('at once' as const), calls: fc.array(call, { minLength: 2, maxLength: 2 }) }),
  fc.record({ do: fc.constant('no wait' as const), call }),
  fc.record({ do: fc.constant('if zero' as const), operations: fc.array(call, { minLength: 1, maxLength: 2 }) }),
  fc.record({
    do: fc.constantFrom('return' as const, 'throw' as const, 'exit' as const, 'throw if zero' as const),
  }),
);
const operation: fc.Arbitrary<Operation> = fc.oneof({ weight: 5, arbitrary: call }, { weight: 2, arbitrary: rare });

const aFunction: fc.Arbitrary<FunctionOfProgram> = fc.record({
  operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
  reserved: fc.constantFrom(null, null, 1, 2),
  retries: fc.constantFrom(0, 0, 1),
  ageS: fc.constantFrom(null, null, 60),
});

const aMapping: fc.Arbitrary<MappingOfProgram> = fc
  .record({
    to: fc.constant(0),
    batchSize: fc.constantFrom(1, 2),
    windowS: fc.constantFrom(0, 0, 0, 1),
    maximumConcurrency: fc.constantFrom(null, null, 2),
    maxReceiveCount: fc.constantFrom(1, 2),
    isFifo: fc.constantFrom(false, false, true),
  })
  .map((mapping) => (mapping.isFifo ? { ...mapping, windowS: 0 } : mapping));

const FAULTS: readonly FaultKind[] = [
  'crash-before',
  'crash-after',
  'answer-lost',
  'conflict',
  'cancelled',
  'recycle',
  'split',
  'deadline',
  'duplicate',
  'reorder',
  'slow',
  'throttled',
  'failed-before',
  'failed-after',
  'partial',
  'refused',
  'stale',
];
const faults: fc.Arbitrary<Program['faults']> = fc
  .array(fc.constantFrom(...FAULTS), { maxLength: 2 })
  .map((kinds) => Object.fromEntries(kinds.map((kind) => [kind, kinds.filter((one) => one === kind).length])));

const watches: fc.Arbitrary<readonly TraceEvent['kind'][]> = fc.constantFrom(
  [],
  [],
  ['downstream-entered' as const, 'downstream-left' as const],
  ['invocation-started' as const, 'invocation-ended' as const],
);

function askOf(functions: number, hasMapping: boolean): fc.Arbitrary<Ask> {
  const toFunction: fc.Arbitrary<Ask> = fc.record({
    ask: fc.constantFrom('invoke' as const, 'invoke' as const, 'event' as const),
    function: fc.integer({ min: 0, max: functions - 1 }),
    given: fc.integer({ min: 0, max: 2 }),
  });
  const toQueue: fc.Arbitrary<Ask> = fc.record({
    ask: fc.constant('send' as const),
    given: fc.integer({ min: 0, max: 2 }),
    twice: fc.boolean(),
  });
  const toService: fc.Arbitrary<Ask> = fc.record({
    ask: fc.constant('call' as const),
    call: fc.oneof(tableCall, queueCall).filter(({ do: what }) => what !== 'delete received'),
  });
  return fc.oneof(
    { weight: 6, arbitrary: toFunction },
    { weight: hasMapping ? 6 : 0, arbitrary: toQueue },
    { weight: 1, arbitrary: toService },
  );
}

const readOrWrite: fc.Arbitrary<ProgramCall> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('get any' as const), item }) },
  { weight: 1, arbitrary: fc.constant<ProgramCall>({ do: 'scan any' }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('add given' as const), item }) },
  { weight: 4, arbitrary: tableCall },
);

/** Programs in which functions that share items read them without asking for the newest. */
export const programsThatReadStale: fc.Arbitrary<Program> = fc.record({
  functions: fc.array(
    fc.record({
      operations: fc.array(fc.oneof({ weight: 6, arbitrary: readOrWrite }, { weight: 1, arbitrary: rare }), {
        minLength: 1,
        maxLength: 3,
      }),
      reserved: fc.constant(null),
      retries: fc.constant(0),
      ageS: fc.constant(null),
    }),
    { minLength: 2, maxLength: 2 },
  ),
  mapping: fc.constant(null),
  serviceTimeMs: fc.constant(0),
  lanes: fc.array(
    fc.array(
      fc.record({
        ask: fc.constant('invoke' as const),
        function: fc.integer({ min: 0, max: 1 }),
        given: fc.integer({ min: 0, max: 2 }),
      }),
      { minLength: 1, maxLength: 1 },
    ),
    { minLength: 2, maxLength: 3 },
  ),
  later: fc.constant([]),
  apart: fc.constant(true),
  faults: fc.constantFrom({ stale: 1 }, { stale: 1 }, { stale: 2 }, { stale: 1, 'crash-after': 1 }),
  watches: fc.constant([]),
});

/** Programs in which events wait for the few places of a function, and no code looks at the time. */
export const programsThatWait: fc.Arbitrary<Program> = fc.record({
  functions: fc.array(
    fc.record({
      operations: fc.array(fc.oneof(tableCall.filter(isTimeless), fc.constant<Operation>({ do: 'throw if zero' })), {
        minLength: 1,
        maxLength: 2,
      }),
      reserved: fc.constantFrom(1, 1, 2),
      retries: fc.constantFrom(0, 0, 1),
      ageS: fc.constant(null),
    }),
    { minLength: 1, maxLength: 1 },
  ),
  mapping: fc.constant(null),
  serviceTimeMs: fc.constant(0),
  lanes: fc.array(
    fc.array(
      fc.record({
        ask: fc.constantFrom('event' as const, 'event' as const, 'event' as const, 'invoke' as const),
        function: fc.constant(0),
        given: fc.integer({ min: 0, max: 2 }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    { minLength: 2, maxLength: 3 },
  ),
  later: fc.constant([]),
  apart: fc.constant(true),
  faults: fc.constantFrom({}, {}, { 'crash-before': 1 }, { duplicate: 1 }, { recycle: 1 }),
  watches: fc.constant([]),
});

function isTimeless(call: ProgramCall): boolean {
  return call.do !== 'put' || call.value !== 'now';
}

/** Programs of one to three functions, with or without a queue that feeds the first. */
export const programs: fc.Arbitrary<Program> = fc
  .record({
    functions: fc.array(aFunction, { minLength: 1, maxLength: 3 }),
    mapping: fc.option(aMapping, { freq: 2 }),
  })
  .chain(({ functions, mapping }) => {
    const ask = askOf(functions.length, mapping !== null);
    return fc.record({
      functions: fc.constant(functions),
      mapping: fc.constant(mapping),
      serviceTimeMs: fc.constantFrom(0, 5),
      lanes: fc.array(fc.array(ask, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
      later: fc.array(ask, { maxLength: 1 }),
      apart: fc.boolean(),
      faults,
      watches,
    });
  });
