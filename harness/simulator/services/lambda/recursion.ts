/**
 * The guard against loops: after 16 passages of one chain of events, a function is not run again (LS-32).
 *
 * Whose event it is decides what becomes of it: a caller gets the error, a queue keeps its messages, an event is given up. Which
 * calls and messages carry a chain stands in `contract/event-chain.ts`.
 */

import { type AwsAnswer, fail, type Input, ok } from '../../contract/answer.ts';
import { readFunctionName } from '../../contract/arn.ts';
import { type EventChain, passagesOf } from '../../contract/event-chain.ts';
import { notFound } from './function-name.ts';
import { LOOP_STOPPED, MOST_PASSAGES } from './loop-words.ts';
import type { LambdaEffect } from './messages.ts';
import { note } from './notes.ts';
import { lambdaMemberMissing, lambdaNotOneOf } from './refusal.ts';
import type { LambdaState } from './state.ts';

/** How often this chain has passed the function, if it may not pass again; null if it may. */
export function loopIn(state: LambdaState, functionName: string, chain: EventChain | undefined): number | null {
  const passages = passagesOf(chain, functionName);
  return passages < MOST_PASSAGES || state.mayLoop.has(functionName) ? null : passages;
}

/** What the caller is answered whose request would be the next passage. */
export function loopRefused(): AwsAnswer {
  return fail('RecursiveInvocationException', LOOP_STOPPED, 400, { Type: 'User' });
}

/** The line of the trace that says so. */
export function loopNote(state: LambdaState, name: string, passages: number): LambdaEffect {
  const functionName = state.displayNames.get(name) ?? name;
  return note({ kind: 'loop-stopped', functionName, passages: Math.min(passages, MOST_PASSAGES) });
}

/** `PutFunctionRecursionConfig`: whether a function may be part of a loop (LS-49). */
export function putFunctionRecursionConfig(state: LambdaState, input: Input): AwsAnswer {
  const target = functionIn(state, input);
  if (typeof target !== 'string') return target;
  const { RecursiveLoop: wanted } = input;
  if (wanted === undefined) return lambdaMemberMissing('RecursiveLoop');
  if (wanted !== 'Allow' && wanted !== 'Terminate')
    return lambdaNotOneOf(wanted, 'RecursiveLoop', ['Terminate', 'Allow']);
  if (wanted === 'Allow') state.mayLoop.add(target);
  else state.mayLoop.delete(target);
  return ok({ RecursiveLoop: wanted });
}

/** `GetFunctionRecursionConfig`. */
export function getFunctionRecursionConfig(state: LambdaState, input: Input): AwsAnswer {
  const target = functionIn(state, input);
  if (typeof target !== 'string') return target;
  return ok({ RecursiveLoop: state.mayLoop.has(target) ? 'Allow' : 'Terminate' });
}

/** The name of a function that exists; loops are a matter of the whole function, never of a version. */
function functionIn(state: LambdaState, input: Input): string | AwsAnswer {
  const { name, qualifier } = readFunctionName(String(input.FunctionName ?? ''));
  return state.functions.has(name) && qualifier === undefined ? name : notFound(state, name, qualifier);
}
