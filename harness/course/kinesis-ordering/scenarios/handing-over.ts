/**
 * How the bank's core system hands events to the learner's producer.
 */

import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { ScenarioContext } from '../../lab.ts';
import type { AccountEvent } from '../bank.ts';

/** How often the core system calls the producer with the same events before a person has to look: more often than any scenario makes a call fail. */
const CALLS = 20;

/** Calls the producer with events in order, and again with all of them as long as it fails; returns whether it succeeded in the end. */
export async function handToProducer({ clients }: ScenarioContext, events: readonly AccountEvent[]): Promise<boolean> {
  const Payload = new TextEncoder().encode(JSON.stringify({ events }));
  for (let call = 1; call <= CALLS; call += 1) {
    const { FunctionError } = await clients.lambda.send(new InvokeCommand({ FunctionName: 'publish', Payload }));
    if (FunctionError === undefined) return true;
  }
  return false;
}
