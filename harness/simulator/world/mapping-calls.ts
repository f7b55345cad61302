/**
 * Calls about event source mappings: looks up the queue and the function that they name, since no service knows another.
 */

import {
  handleMapping,
  isMappingOperation,
  subjectsOf,
} from '../services/event-source-mapping/event-source-mapping.ts';
import type { MappingStep, Subjects } from '../services/event-source-mapping/messages.ts';
import { settingsPath } from '../services/lambda/footprints.ts';
import { readFunctionName } from '../services/lambda/invoke.ts';
import { queueByArn } from '../services/sqs/sqs.ts';
import type { Account } from './account.ts';

/** What a call about mappings does and what follows from it, or null if it is about something else. */
export function serveMappingCall(
  account: Account,
  call: { readonly id: string; readonly operation: string; readonly input: Readonly<Record<string, unknown>> },
  nowMs: number,
): MappingStep | null {
  const { id, operation, input } = call;
  if (!isMappingOperation(operation)) return null;
  const { queueArn, functionName } = subjectsOf(account.mappings, input);
  const subjects = subjectsIn(account, input);
  const step = handleMapping(account.mappings, { kind: 'call', call: id, operation, input, subjects }, nowMs);
  const { reads, writes } = step.footprint;
  const named = [`sqs/${queueArn.split(':').at(-1)}`, settingsPath(readFunctionName(functionName).name)];
  return { ...step, footprint: { reads: [...reads, ...named], writes } };
}

function subjectsIn({ sqs, lambda, mappings }: Account, input: Readonly<Record<string, unknown>>): Subjects {
  const { queueArn, functionName } = subjectsOf(mappings, input);
  const queue = queueByArn(sqs, queueArn);
  const { name, qualifier } = readFunctionName(functionName);
  const target = qualifier === undefined || qualifier === '$LATEST' ? lambda.functions.get(name) : undefined;
  return {
    queue:
      queue === undefined
        ? null
        : { arn: queue.arn, visibilityTimeoutMs: queue.settings.visibilityTimeoutSeconds * 1_000 },
    target:
      target === undefined
        ? null
        : {
            functionName: name,
            functionArn: target.FunctionArn,
            shownName: lambda.displayNames.get(name) ?? name,
            timeoutMs: target.Timeout * 1_000,
          },
  };
}
