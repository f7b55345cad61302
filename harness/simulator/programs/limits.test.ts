/**
 * Limits of concurrency hold in every schedule: in random programs over the real services, in accounts that are as small as their reservations allow.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seeded } from '../kernel/choices.ts';
import type { Trace } from '../trace.ts';
import { accountFor } from './account-for-tests.ts';
import { programs } from './arbitrary-for-tests.ts';
import { InterpretingHost } from './host-for-tests.ts';
import { functionName } from './names-for-tests.ts';
import type { Program } from './program-for-tests.ts';
import { runProgram } from './run-for-tests.ts';

const RUNS = Number(process.env.RACEPROOF_PROGRAMS ?? 1_000);

/** The largest number of invocations in flight at once, of functions of this kind. */
function mostInFlight(trace: Trace, counts: (functionName: string) => boolean): number {
  const running = new Set<string>();
  let most = 0;
  for (const { event } of trace) {
    if (event.kind === 'invocation-started' && counts(event.functionName)) running.add(event.invocation);
    if (event.kind === 'invocation-ended') running.delete(event.invocation);
    most = Math.max(most, running.size);
  }
  return most;
}

function reservationsOf({ functions }: Program): ReadonlyMap<string, number> {
  return new Map(
    functions.flatMap(({ reserved }, place) => (reserved === null ? [] : [[functionName(place), reserved]])),
  );
}

// Seen to fail under the mutations «a reservation lets one more in» (LS-02) and «the account lets one more in» (LS-01) of services/lambda.
it('P1 a function has at most its reservation in flight, the others what is left, and all together the limit of the account', async () => {
  const met = { reservations: 0, rest: 0, throttles: 0 };
  await fc.assert(
    fc.asyncProperty(programs, fc.integer({ min: 1, max: 2 }), fc.nat(), async (program, unreserved, seed) => {
      const reserved = reservationsOf(program);
      const sum = [...reserved.values()].reduce((all, one) => all + one, 0);
      const account = accountFor(program, { accountConcurrency: sum + unreserved, unreservedFloor: 0 });
      const { trace } = await runProgram({ program, account, host: new InterpretingHost(program) }, seeded(seed));
      for (const [name, limit] of reserved) {
        const most = mostInFlight(trace, (other) => other === name);
        expect(most).toBeLessThanOrEqual(limit);
        if (most === limit) met.reservations += 1;
      }
      const others = mostInFlight(trace, (name) => !reserved.has(name));
      expect(others).toBeLessThanOrEqual(unreserved);
      expect(mostInFlight(trace, () => true)).toBeLessThanOrEqual(sum + unreserved);
      if (others === unreserved) met.rest += 1;
      met.throttles += trace.filter(({ event }) => event.kind === 'invocation-throttled').length;
    }),
    { numRuns: RUNS, seed: 1 },
  );
  for (const often of Object.values(met)) expect(often).toBeGreaterThan(RUNS / 20);
}, 600_000);
