/**
 * The scenario: two buyers want a seat at the same moment, and one is left.
 *
 * A scenario does what a person with a terminal could do, through SDK clients, and says what it saw. It judges nothing and knows
 * nothing of schedules. Its sizes are small, so that every schedule can be tried.
 */

import { InvokeCommand } from '@aws-sdk/client-lambda';
import { exhaustive } from '../kit/plans.ts';
import type { LabScenario } from '../kit/scenario.ts';
import type { ScenarioContext } from '../lab.ts';

/** What one buyer was told: yes or no, or an error in its place. */
export type Answer =
  | { readonly buyer: number; readonly sold: boolean }
  | { readonly buyer: number; readonly error: string };

/** What the checks see. */
export interface Sale {
  readonly seats: number;
  readonly answers: readonly Answer[];
}

/** The story has fifty, which is the default of the template's parameter. */
const SEATS = 1;

export const twoBuyers: LabScenario<Sale> = {
  name: 'two-buyers',
  title: 'two buyers at once, and one seat',
  parameters: { Seats: String(SEATS) },
  plan: exhaustive(),
  async run(context) {
    context.note('Two buyers click «Buy» at the same moment. One seat is left.');
    const answers = await context.together([1, 2].map((buyer) => (lane) => buy(lane, buyer)));
    return { seats: SEATS, answers };
  },
};

async function buy({ clients, outputs }: ScenarioContext, buyer: number): Promise<Answer> {
  const Payload = new TextEncoder().encode(JSON.stringify({ show: 'opening-night', buyer }));
  const response = await clients.lambda.send(new InvokeCommand({ FunctionName: outputs.FunctionName, Payload }));
  const answer: unknown = JSON.parse(new TextDecoder().decode(response.Payload));
  // A function error is HTTP 200 with an error as its payload (LS-27): only `FunctionError` distinguishes it from an answer.
  if (response.FunctionError !== undefined) return { buyer, error: String(fieldOf(answer, 'errorMessage')) };
  const sold = fieldOf(answer, 'sold');
  return typeof sold === 'boolean' ? { buyer, sold } : { buyer, error: 'the function answered without `sold`' };
}

function fieldOf(answer: unknown, name: string): unknown {
  return typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;
}
