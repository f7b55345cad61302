/**
 * The plan of the account at the size of the story: what the template reserves, read as a person with a terminal would read it.
 *
 * 1,300 executions at once are too many to run for a verdict of seconds, and need not be run: what a function is sure of beside all others follows
 * from the reservations (LS-02, LS-03). The small scenario of the neighbours shows that functions do get it.
 */

import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { exhaustive } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { ScenarioContext } from '../../lab.ts';
import { TEAMS } from './neighbours.ts';
import { CAPACITY } from './sale.ts';

/** What the story says: how much each function wants at once, and with how much it can live. */
export const STORY = { team: { wants: 200, needs: 150 }, checkout: { wants: 100, needs: 100 }, orders: 200 } as const;

/** One function of the plan. */
export interface Share {
  readonly functionName: string;
  readonly wants: number;
  readonly needs: number;
  /** Null: it takes from what no reservation has taken. */
  readonly reserved: number | null;
}

/** What the checks of the plan see. */
export interface Plan {
  /** The account's concurrency, and the part of it that is not reserved. */
  readonly account: number;
  readonly unreserved: number;
  /** Checkout and the teams. */
  readonly shares: readonly Share[];
  /** What other functions without a reservation may take of the unreserved part. */
  readonly othersWant: number;
}

export const plan: LabScenario<Plan> = {
  name: 'plan',
  title: 'at the size of the story, what is reserved of 1,000 units',
  parameters: { LegacyCapacity: String(CAPACITY) },
  plan: exhaustive(),
  async run(context) {
    context.note('A person reads what the template has reserved, and adds it up.');
    const { AccountLimit = {} } = await context.clients.lambda.send(new GetAccountSettingsCommand({}));
    const { ConcurrentExecutions: account = 0, UnreservedConcurrentExecutions: unreserved = 0 } = AccountLimit;
    const shares = [await shareOf(context, 'checkout', STORY.checkout)];
    for (const team of TEAMS) shares.push(await shareOf(context, team, STORY.team));
    return { account, unreserved, shares, othersWant: await wantedByBook(context) };
  },
};

/** What the function is sure of while all others are at their busiest: its reservation, or what the other ones without a reservation leave of the rest. */
export function sureOf(share: Share, { unreserved, shares, othersWant }: Plan): number {
  if (share.reserved !== null) return Math.min(share.reserved, share.wants);
  const rivals = shares.filter((other) => other !== share && other.reserved === null);
  const taken = rivals.reduce((sum, { wants }) => sum + wants, othersWant);
  return Math.max(0, Math.min(unreserved - taken, share.wants));
}

async function shareOf(
  context: ScenarioContext,
  functionName: string,
  wish: { readonly wants: number; readonly needs: number },
): Promise<Share> {
  return { functionName, ...wish, reserved: await reservedOf(context, functionName) };
}

async function reservedOf({ clients }: ScenarioContext, FunctionName: string): Promise<number | null> {
  const answer = await clients.lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
  return answer.ReservedConcurrentExecutions ?? null;
}

/** The function behind the event bus, if it has no reservation: an execution for each order, unless an event source mapping allows it fewer. */
async function wantedByBook(context: ScenarioContext): Promise<number> {
  if ((await reservedOf(context, 'book')) !== null) return 0;
  const { EventSourceMappings = [] } = await context.clients.lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: 'book' }),
  );
  return EventSourceMappings[0]?.ScalingConfig?.MaximumConcurrency ?? STORY.orders;
}
