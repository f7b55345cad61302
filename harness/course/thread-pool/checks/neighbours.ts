/**
 * The checks of task 3: checkout and five teams in one account.
 */

import { count } from '../../../words/phrases.ts';
import { check, type Failing, type LabCheck } from '../../kit/check.ts';
import { type NeighbourRun, neighbours, rushHour, type ServedRequests } from '../scenarios/neighbours.ts';
import { type Plan, plan, type Share, STORY, sureOf } from '../scenarios/plan.ts';

/**
 * At least this many teams' bursts have to find their own places taken in one schedule. Where the teams share what there is, fewer can: no request is turned away before
 * all of it is taken.
 */
const TEAMS_AT_THEIR_PEAK = 4;

const burstsOverflow = check(neighbours, {
  id: 'bursts-overflow',
  task: 3,
  title: `${TEAMS_AT_THEIR_PEAK} of the teams had more work at one time than they may do at once`,
  kind: 'reach',
  points: 0,
  failures: ['no-burst'],
  judge: ({ observation: { teams } }) => {
    const atTheirPeak = teams.filter(({ turnedAway, served }) => turnedAway > 0 && served > 0).length;
    if (atTheirPeak >= TEAMS_AT_THEIR_PEAK) return null;
    const headline = `In no schedule did ${TEAMS_AT_THEIR_PEAK} teams have more work than they may do at once: they share what there is, or do nothing.`;
    return { headline, hintId: 'no-burst' };
  },
});

const checkoutServed = check(neighbours, {
  id: 'checkout-never-429',
  task: 3,
  title: 'checkout turns no customer away while all teams are busy',
  kind: 'invariant',
  points: 3,
  provokedBy: burstsOverflow,
  failures: ['checkout-starved'],
  judge: ({ observation }) => starvedCheckout(observation),
});

const everyTeamServed = check(neighbours, {
  id: 'every-team-served',
  task: 3,
  title: 'each team has what it needs while all others are busy',
  kind: 'invariant',
  points: 1,
  provokedBy: burstsOverflow,
  failures: ['team-starved'],
  judge: ({ observation }) => starvedTeam(observation),
});

const checkoutInTheRush = check(rushHour, {
  id: 'checkout-in-the-rush',
  task: 3,
  title: 'checkout turns no customer away when all teams are at work already',
  kind: 'timed',
  points: 2,
  failures: ['checkout-starved'],
  judge: ({ observation }) => starvedCheckout(observation),
});

const teamsInTheRush = check(rushHour, {
  id: 'teams-in-the-rush',
  task: 3,
  title: 'no team finds all places taken by the others',
  kind: 'timed',
  points: 1,
  guard: true,
  failures: ['team-starved'],
  judge: ({ observation }) => starvedTeam(observation),
});

const hundredCustomers = check(plan, {
  id: 'hundred-customers',
  task: 3,
  title: `checkout is sure of ${STORY.checkout.needs} of the account’s 1,000 units`,
  kind: 'at-rest',
  points: 1,
  failures: ['checkout-unsure'],
  judge: ({ observation }) => unsure(observation, ({ functionName }) => functionName === 'checkout', 'checkout-unsure'),
});

const hundredAndFiftyEach = check(plan, {
  id: 'hundred-and-fifty-each',
  task: 3,
  title: `each team is sure of ${STORY.team.needs} of them`,
  kind: 'at-rest',
  points: 2,
  failures: ['team-unsure'],
  judge: ({ observation }) => unsure(observation, ({ functionName }) => functionName !== 'checkout', 'team-unsure'),
});

function unsure<const Failure extends string>(
  run: Plan,
  isMeant: (share: Share) => boolean,
  hintId: Failure,
): Failing<Failure> | null {
  const short = run.shares.filter(isMeant).find((share) => sureOf(share, run) < share.needs);
  if (short === undefined) return null;
  const { functionName, needs, reserved } = short;
  const because =
    reserved === null
      ? `it has no reservation, and of the ${run.unreserved} unreserved units others may take ${allBut(sureOf(short, run))}`
      : `${reserved} are reserved for it`;
  return { headline: `The function ${functionName} needs ${needs} executions at once: ${because}.`, hintId };
}

function allBut(left: number): string {
  return left === 0 ? 'all' : `all but ${left}`;
}

function starvedCheckout({ checkout }: NeighbourRun): Failing<'checkout-starved'> | null {
  const { asked, served, turnedAway, isWrittenDown, otherwise } = checkout;
  if (served === asked && isWrittenDown) return null;
  const headline =
    turnedAway > 0
      ? `Checkout turned ${count(turnedAway, 'customer')} away with a 429: all units were taken.`
      : `Checkout served ${served} of ${count(asked, 'customer')}: ${otherwise ?? 'it has not written down what it did'}.`;
  return { headline, hintId: 'checkout-starved' };
}

function starvedTeam({ teams, teamNeeds }: NeighbourRun): Failing<'team-starved'> | null {
  const isServed = ({ served, isWrittenDown, otherwise }: ServedRequests): boolean =>
    served >= teamNeeds && isWrittenDown && otherwise === undefined;
  const starved = teams.find((team) => !isServed(team));
  if (starved === undefined) return null;
  const { functionName, asked, served, turnedAway, otherwise } = starved;
  const why = otherwise ?? (turnedAway === asked ? 'others had all units' : 'it has not written down what it did');
  const headline = `The function ${functionName} served ${served} of ${count(asked, 'request')}: ${why}.`;
  return { headline, hintId: 'team-starved' };
}

export const neighbourChecks: readonly LabCheck[] = [
  checkoutServed,
  everyTeamServed,
  checkoutInTheRush,
  teamsInTheRush,
  hundredCustomers,
  hundredAndFiftyEach,
  burstsOverflow,
];
