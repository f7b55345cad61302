/**
 * The scenario of task 3: five teams whose work comes in bursts, and checkout, in an account that has ten units of concurrency.
 *
 * The account of the story has 1,000, and plan.ts reads what the template does with them.
 */

import { InvokeCommand } from '@aws-sdk/client-lambda';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { exhaustive, timed } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { ScenarioContext, Situation } from '../../lab.ts';

/** The functions of the five teams. */
export const TEAMS = ['search', 'prices', 'mails', 'images', 'reports'] as const;
export type Team = (typeof TEAMS)[number];

/** What became of the requests to one function. */
export interface ServedRequests {
  readonly functionName: string;
  readonly asked: number;
  /** Answered, and with what was asked for. */
  readonly served: number;
  /** Refused with 429. */
  readonly turnedAway: number;
  /** Whether it has written down that it did its work. */
  readonly isWrittenDown: boolean;
  /** The first answer that was something else. */
  readonly otherwise?: string;
}

/** What the checks of task 3 see. */
export interface NeighbourRun {
  readonly checkout: ServedRequests;
  readonly teams: readonly ServedRequests[];
  /** How many requests of each team have to be served at once. */
  readonly teamNeeds: number;
}

interface Rush extends Situation {
  /** The teams whose bursts come, in this order. */
  readonly teams: readonly Team[];
}

/**
 * A plan that holds is proved with 64 schedules. Without one the functions share everything, there are too many schedules to try them all, and other checks say what
 * is missing.
 */
const SOON_OVER = { maxSchedules: 100, samples: 20 };

/** The sizes at which every schedule can be tried: each team has one execution, and two requests come. */
const ACCOUNT = 10;
const TEAM = 1;
const BURST = 2;
const SMALL = { LegacyCapacity: '2', TeamConcurrency: String(TEAM), CheckoutConcurrency: '1' };

export const neighbours: LabScenario<NeighbourRun, Rush> = {
  name: 'neighbours',
  title: 'five bursts and a customer, in an account with ten units',
  // Without the pause at the end of each piece of work no clock is moved, which would multiply the schedules.
  parameters: { ...SMALL, WorkSeconds: '0' },
  accountConcurrency: ACCOUNT,
  unreservedFloor: 1,
  equalCallsAreAlike: true,
  plan: exhaustive(SOON_OVER),
  situations: [
    { title: 'The work of five teams comes at once, two things each, and a customer pays.', teams: TEAMS },
    {
      title: 'The work of five teams comes as the year ends, and the teams are in another order.',
      startsAtMs: Date.UTC(2026, 11, 31, 23, 59, 59, 990),
      teams: ['reports', 'mails', 'search', 'images', 'prices'],
    },
  ],
  async run(context, { title, teams }) {
    context.note(title);
    const answers = await context.together(requests(teams).map((name) => (lane) => ask(lane, name)));
    return runOf(requests(teams), answers, await doneIn(context));
  },
};

/** Each seed draws other latencies. */
const SEEDS = 5;
/** When the customer comes: each piece of work takes a second. */
const CUSTOMER_COMES_MS = 300;

export const rushHour: LabScenario<NeighbourRun, Rush> = {
  name: 'rush-hour',
  title: 'the same by the clock: a customer comes when all teams are at work',
  parameters: { ...SMALL, WorkSeconds: '1' },
  accountConcurrency: ACCOUNT,
  unreservedFloor: 1,
  plan: timed({ seeds: SEEDS }),
  situations: [
    {
      title: 'The work of five teams comes, two things each, and a customer pays while it is being done.',
      teams: TEAMS,
    },
  ],
  async run(context, { title, teams }) {
    context.note(title);
    const names = requests(teams);
    const answers = await Promise.all(
      names.map(async (name) => {
        if (name === CHECKOUT) await context.sleep(CUSTOMER_COMES_MS);
        return ask(context, name);
      }),
    );
    return runOf(names, answers, await doneIn(context));
  },
};

const CHECKOUT = 'checkout';

/** The functions that are asked, as often as they are. */
function requests(teams: readonly Team[]): readonly string[] {
  return [...teams.flatMap((team) => Array.from({ length: BURST }, () => team)), CHECKOUT];
}

function runOf(names: readonly string[], answers: readonly string[], done: readonly string[]): NeighbourRun {
  const served = (functionName: string): ServedRequests => {
    const own = answers.filter((_, at) => names[at] === functionName);
    const otherwise = own.find((answer) => answer !== 'served' && answer !== 'turned away');
    return {
      functionName,
      asked: own.length,
      served: own.filter((answer) => answer === 'served').length,
      turnedAway: own.filter((answer) => answer === 'turned away').length,
      isWrittenDown: done.includes(functionName),
      ...(otherwise === undefined ? {} : { otherwise }),
    };
  };
  return { checkout: served(CHECKOUT), teams: TEAMS.map(served), teamNeeds: TEAM };
}

/** Asks a function once, and says what became of it. */
async function ask({ clients }: ScenarioContext, FunctionName: string): Promise<string> {
  const Payload = new TextEncoder().encode(JSON.stringify({ item: FunctionName }));
  try {
    const answer = await clients.lambda.send(new InvokeCommand({ FunctionName, Payload }));
    const text = new TextDecoder().decode(answer.Payload);
    return text === JSON.stringify({ item: FunctionName, done: true }) ? 'served' : text;
  } catch (error) {
    // LS-13.
    if (error instanceof Error && error.name === 'TooManyRequestsException') return 'turned away';
    return String(error);
  }
}

/** What the neighbours have written down. */
async function doneIn({ clients, outputs }: ScenarioContext): Promise<readonly string[]> {
  const { Items = [] } = await clients.documents.send(
    new ScanCommand({ TableName: outputs.WorkTable, ConsistentRead: true }),
  );
  return Items.map(({ item }) => String(item));
}
