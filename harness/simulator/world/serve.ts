/**
 * Gives a call to its service, and says what follows from it in the same words for every service.
 */

import { unreachable } from '../kernel/bug.ts';
import { applyDynamoDB } from '../services/dynamodb/dynamodb.ts';
import { handleLambda } from '../services/lambda/lambda.ts';
import { type AwsAnswer, type Footprint, NO_FOOTPRINT, notSimulated } from '../services/service.ts';
import { handleSqs } from '../services/sqs/sqs.ts';
import { instantOf, type PendingCall, type RunContext } from './context.ts';
import { downstreamOf, enter } from './downstream-calls.ts';
import { carryOut } from './lambda-effects.ts';
import { serveMappingCall } from './mapping-calls.ts';
import { carryOutMapping } from './mapping-effects.ts';
import { asFarAsItMatters, carryOutSqs } from './sqs-effects.ts';

export interface Served {
  /** Null if the answer comes later: an invocation has begun, a poll waits. */
  readonly answer: AwsAnswer | null;
  readonly footprint: Footprint;
  /** Everything else that comes of it; without the answer to this call. */
  follow(cause: number): void;
}

/** Applies the call. What follows must be carried out once it is in the trace. */
export function serve(context: RunContext, call: PendingCall): Served {
  switch (call.service) {
    case 'DynamoDB': {
      const { answer, footprint, notes } = applyDynamoDB(
        context.account.dynamodb,
        call.operation,
        call.input,
        instantOf(context),
      );
      const follow = (cause: number) => {
        for (const event of notes) context.recorder.note(call.actor, cause, event);
      };
      return { answer, footprint, follow };
    }
    case 'Lambda':
      return serveLambda(context, call);
    case 'SQS': {
      const { id, actor: by, operation, input } = call;
      const message = { kind: 'call', call: id, by, operation, input } as const;
      const { effects, footprint: all } = handleSqs(context.account.sqs, message, instantOf(context));
      const footprint = asFarAsItMatters(context, all);
      const { answer, others } = split(effects, id);
      return { answer, footprint, follow: (cause) => void carryOutSqs(context, others, cause) };
    }
    case 'CloudFormation':
      return {
        answer: notSimulated(`Calling CloudFormation in a run (${call.operation})`),
        footprint: NO_FOOTPRINT,
        follow() {},
      };
    default:
      return unreachable(call.service, 'service');
  }
}

/** Functions, the mappings that invoke them, and the downstreams that only look like functions. */
function serveLambda(context: RunContext, call: PendingCall): Served {
  const { id, operation, input } = call;
  const { account, clock } = context;
  const downstream = downstreamOf(context, call);
  if (downstream !== null) return enter(context, call, downstream);
  const mapping = serveMappingCall(account, call, clock.nowMs);
  if (mapping !== null) {
    const { answer, others } = split(mapping.effects, id);
    return { answer, footprint: mapping.footprint, follow: (cause) => carryOutMapping(context, others, cause) };
  }
  const { invocationNumber: number } = call;
  const message = { kind: 'call', call: id, operation, input, ...(number === null ? {} : { number }) } as const;
  const { effects, footprint } = handleLambda(account.lambda, message, clock.nowMs);
  const { answer, others } = split(effects, id);
  return { answer, footprint, follow: (cause) => carryOut(context, others, cause) };
}

type Reply = { readonly kind: 'reply'; readonly call: string; readonly answer: AwsAnswer };

/** The reply to this call, and all other effects. */
function split<Effect extends { readonly kind: string }>(
  effects: readonly (Effect | Reply)[],
  call: string,
): { readonly answer: AwsAnswer | null; readonly others: readonly (Effect | Reply)[] } {
  const others: (Effect | Reply)[] = [];
  let answer: AwsAnswer | null = null;
  for (const effect of effects) {
    if (effect.kind !== 'reply' || (effect as Reply).call !== call) others.push(effect);
    else answer ??= (effect as Reply).answer;
  }
  return { answer, others };
}
