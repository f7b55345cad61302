/**
 * What Lambda's messages read and change: limits, free environments, settings, numbers, events.
 *
 * Two invocations of one function commute as long as their order is not visible: concurrency matters only where it can run
 * out, an environment only where one is free. This file decides nothing.
 */

import type { Footprint } from '../../contract/footprint.ts';
import { unreservedUnits } from './limits.ts';
import { LATEST } from './qualified.ts';
import type { LambdaState } from './state.ts';

/**
 * While at least this number of places is left, no step reads how many there are. An exploration with hundreds of concurrent
 * invocations does not finish anyway. If fewer are left, every step reads the number.
 */
const PLENTY = 400;

export const settingsPath = (functionName: string): string => `lambda/${functionName}/settings`;
/** The versions, the aliases and the provisioned concurrency of a function. */
export const qualifiersPath = (functionName: string): string => `lambda/${functionName}/qualifiers`;

/** What a request reads to find its version. That of an alias may be the unpublished one. */
export function namedPaths(functionName: string, qualifier: string | null | undefined): readonly string[] {
  const settings = settingsPath(functionName);
  return (qualifier ?? LATEST) === LATEST ? [settings] : [settings, qualifiersPath(functionName)];
}
/** Reservations and the account's quota. */
export const limitsPath = (): string => 'lambda/limits';
/** The set of functions. */
export const functionsPath = (): string => 'lambda/functions';
/** The addresses of functions. */
export const urlsPath = (): string => 'lambda/urls';
/** Whether an environment is free. */
export const freePath = (environment: string): string => `lambda/free/${environment}`;
/** How many invocations were asked for. Their numbers are part of names that code can see. */
export const numbersPath = (functionName: string): string => `lambda/${functionName}/numbers`;
export const eventPath = (functionName: string, event: string): string => `lambda/${functionName}/events/${event}`;

/** The pool from which a function's invocations take concurrency; empty if it can't run out. */
export function poolPaths(state: LambdaState, functionName: string): readonly string[] {
  if (state.reserved.has(functionName)) return [`lambda/${functionName}/pool`];
  if (state.rates === 'enforced') return ['lambda/pool'];
  const left = unreservedUnits(state) - state.invocations.size;
  return left < PLENTY ? ['lambda/pool'] : [];
}

/** The end of an invocation frees its environment and its concurrency for the next request. */
export function endFootprint(state: LambdaState, functionName: string, environment: string): Footprint {
  return { reads: [limitsPath()], writes: [freePath(environment)], adds: poolPaths(state, functionName) };
}
