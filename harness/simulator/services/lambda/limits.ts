/**
 * How much concurrency there is, and how much of it is taken (LS-01 to LS-05, LS-08, LS-12): the account's, the reservations', and the provisioned.
 *
 * Provisioned environments count whether they run or not, within their function's reservation if it has one. The others count while
 * they are busy. Which request may run is decided in admission.ts.
 */

import { functionOf } from './qualified.ts';
import type { Environment, LambdaState } from './state.ts';

/** The units that are provisioned for all versions of a function together; what failed counts no more (UV-74). */
export function provisionedUnits(state: LambdaState, functionName: string): number {
  let sum = 0;
  for (const [qualified, { requested, status }] of state.provisioned) {
    if (status !== 'FAILED' && functionOf(qualified) === functionName) sum += requested;
  }
  return sum;
}

/** What the account has left beside reservations, and beside what is provisioned outside of them (LS-03, LS-05, LS-12). */
export function unreservedUnits(state: LambdaState): number {
  const reserved = [...state.reserved.values()].reduce((total, units) => total + units, 0);
  let outside = 0;
  for (const [qualified, { requested, status }] of state.provisioned) {
    if (status !== 'FAILED' && !state.reserved.has(functionOf(qualified))) outside += requested;
  }
  return state.accountConcurrency - reserved - outside;
}

/** The units from which a function's requests take theirs on demand, and how many of them are taken (LS-02, LS-08). */
export function onDemandConcurrency(
  state: LambdaState,
  name: string,
): { readonly units: number; readonly taken: number } {
  const reserved = state.reserved.get(name);
  if (reserved !== undefined) {
    const units = reserved - provisionedUnits(state, name);
    return { units, taken: inFlight(state, (other) => other === name) };
  }
  return { units: unreservedUnits(state), taken: inFlight(state, (other) => !state.reserved.has(other)) };
}

/** The number of environments that are busy or starting (LS-17), without those that are provisioned. */
function inFlight(state: LambdaState, counts: (functionName: string) => boolean): number {
  let busy = 0;
  for (const environment of state.environments.values()) {
    if (isTakenOnDemand(environment) && counts(environment.functionName)) busy += 1;
  }
  return busy;
}

function isTakenOnDemand({ invocation, provisionedFor }: Environment): boolean {
  return invocation !== null && provisionedFor === null;
}
