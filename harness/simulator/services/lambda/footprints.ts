/**
 * What Lambda's messages look at and change: limits, free environments, settings, numbers, events.
 *
 * Two invocations of one function commute as long as nobody can notice which was first: a place in the pool matters only
 * where places can run out, an environment only where one is free. Decides nothing.
 */

import type { Footprint } from '../../contract/footprint.ts';
import type { LambdaState } from './state.ts';

/**
 * While so many places are left, nobody looks at their number: an exploration in which hundreds of invocations run at once
 * does not come to an end anyway. Where fewer are left, everybody looks.
 */
const PLENTY = 400;

export const settingsPath = (functionName: string): string => `lambda/${functionName}/settings`;
/** Reservations and the account's quota. */
export const limitsPath = (): string => 'lambda/limits';
/** Which functions there are. */
export const functionsPath = (): string => 'lambda/functions';
/** Whether an environment is free. */
export const freePath = (environment: string): string => `lambda/free/${environment}`;
/** How many invocations were asked for: their numbers are names that code can see. */
export const numbersPath = (functionName: string): string => `lambda/${functionName}/numbers`;
export const eventPath = (functionName: string, event: string): string => `lambda/${functionName}/events/${event}`;

/** The pool that a function's invocations take places from; empty if it can't run out. */
export function poolPaths(state: LambdaState, functionName: string): readonly string[] {
  if (state.reserved.has(functionName)) return [`lambda/${functionName}/pool`];
  if (state.rates === 'enforced') return ['lambda/pool'];
  const reserved = [...state.reserved.values()].reduce((total, units) => total + units, 0);
  const left = state.accountConcurrency - reserved - state.invocations.size;
  return left < PLENTY ? ['lambda/pool'] : [];
}

/** An invocation ends: its environment is free for whoever comes next, and so is its place. */
export function endFootprint(state: LambdaState, functionName: string, environment: string): Footprint {
  return { reads: [limitsPath()], writes: [freePath(environment)], adds: poolPaths(state, functionName) };
}
