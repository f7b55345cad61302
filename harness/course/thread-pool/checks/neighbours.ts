/**
 * The checks of task 3: checkout and five teams in one account.
 */

import { count } from '../../../words/phrases.ts';
import { check, type Failing, type LabCheck } from '../../kit/check.ts';
import { type NeighbourRun, neighbours, rushHour, type Served } from '../scenarios/neighbours.ts';
import { type Plan, plan, type Share, STORY, sureOf } from '../scenarios/plan.ts';

const burstsOverflow = check(neighbours, {
  id: 'bursts-overflow',
  task: 3,
  title: 'a burst was more than its function may have at once, and its team was served',
  kind: 'reach',
  points: 0,
  failures: ['no-burst'],
  judge: ({ observation: { teams } }) =>
    teams.some(({ turnedAway }) => turnedAway > 0) && teams.every(({ served }) => served > 0)
      ? null
      : { headline: 'In no schedule did a burst find its function’s places taken.', hintId: 'no-burst' },
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
  title: 'and no team finds all places taken by others',
  kind: 'timed',
  points: 1,
  guard: true,
  failures: ['team-starved'],
  judge: ({ observation }) => starvedTeam(observation),
});

const hundredCustomers = check(plan, {
  id: 'hundred-customers',
  task: 3,
  title: `of the account's 1,000 units, checkout is sure of ${STORY.checkout.needs}`,
  kind: 'at-rest',
  points: 1,
  failures: ['checkout-unsure'],
  judge: ({ observation }) => unsure(observation, ({ functionName }) => functionName === 'checkout', 'checkout-unsure'),
});

const hundredAndFiftyEach = check(plan, {
  id: 'hundred-and-fifty-each',
  task: 3,
  title: `and each team is sure of ${STORY.team.needs}`,
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
      ? `it has no reservation, and of the ${run.unreserved} units without one others may take all but ${sureOf(short, run)}`
      : `${reserved} are reserved for it`;
  return { headline: `The function ${functionName} needs ${needs} executions at once: ${because}.`, hintId };
}

function starvedCheckout({ checkout }: NeighbourRun): Failing<'checkout-starved'> | null {
  const { asked, served, turnedAway, isWrittenDown, otherwise } = checkout;
  if (served === asked && isWrittenDown) return null;
  const why = turnedAway > 0 ? `${turnedAway} got a 429` : (otherwise ?? 'what they asked for is not written down');
  return {
    headline: `Of ${count(asked, 'customer')} at checkout ${served} ${served === 1 ? 'was' : 'were'} served: ${why}.`,
    hintId: 'checkout-starved',
  };
}

function starvedTeam({ teams, teamNeeds }: NeighbourRun): Failing<'team-starved'> | null {
  const isServed = ({ served, isWrittenDown, otherwise }: Served): boolean =>
    served >= teamNeeds && isWrittenDown && otherwise === undefined;
  const starved = teams.find((team) => !isServed(team));
  if (starved === undefined) return null;
  const { functionName, asked, served, turnedAway, otherwise } = starved;
  const why = otherwise ?? (turnedAway === asked ? 'others had all places' : 'what was asked for is not written down');
  const headline = `Of ${count(asked, 'request')} to ${functionName} ${served} ${served === 1 ? 'was' : 'were'} served: ${why}.`;
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
