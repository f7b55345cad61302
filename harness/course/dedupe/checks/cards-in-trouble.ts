/**
 * The checks of task 3 where AWS or the charge API is in trouble: calls are refused, fail, or are slow.
 */

import { atLeast, check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { CLIENT_ATTEMPTS } from '../../kit/client-attempts.ts';
import { strikesOf } from '../../kit/counters/faults.ts';
import { mostHoldersAtOnce } from '../../kit/counters/holders.ts';
import { chargeApi } from '../charge-api.ts';
import { cardSlow, cardThrottled, cardTrouble } from '../scenarios/cards.ts';
import { WRONG_CHARGE, wrongCharge } from './charges.ts';
import { orderOfRequest } from './orders.ts';

const chargeThrottled = countingCheck(cardThrottled, strikesOf('throttled'), {
  id: 'charge-throttled',
  task: 3,
  title: 'AWS refused as many calls as a client attempts',
  kind: 'reach',
  points: 0,
  failures: ['nothing-troubled'],
  judge: atLeast(CLIENT_ATTEMPTS, {
    headline: `In no order did AWS refuse ${CLIENT_ATTEMPTS} calls.`,
    hintId: 'nothing-troubled',
  }),
});

const refusalLosesNoCharge = check(cardThrottled, {
  id: 'refusal-loses-no-charge',
  task: 3,
  title: 'while AWS refuses calls, each order is charged once, and each attempt answered',
  kind: 'at-rest',
  points: 1,
  provokedBy: chargeThrottled,
  failures: WRONG_CHARGE,
  judge: ({ observation }) => wrongCharge(observation),
});

const chargeTurnedAway = countingCheck(cardTrouble, strikesOf('refused'), {
  id: 'charge-turned-away',
  task: 3,
  title: 'the charge API turned a request away',
  kind: 'reach',
  points: 0,
  failures: ['nothing-troubled'],
  judge: atLeast(1, { headline: 'In no order did the charge API turn 1 request away.', hintId: 'nothing-troubled' }),
});

const troubleLosesNoCharge = check(cardTrouble, {
  id: 'trouble-loses-no-charge',
  task: 3,
  title: 'while calls fail and requests are turned away, each order is charged once, and each attempt answered',
  kind: 'at-rest',
  points: 1,
  provokedBy: chargeTurnedAway,
  failures: WRONG_CHARGE,
  judge: ({ observation }) => wrongCharge(observation),
});

const callWasSlow = countingCheck(cardSlow, strikesOf('slow'), {
  id: 'call-was-slow',
  task: 3,
  title: 'a call was slow while another attempt came',
  kind: 'reach',
  points: 0,
  failures: ['nothing-troubled'],
  judge: atLeast(1, { headline: 'In no order was 1 call of your function slow.', hintId: 'nothing-troubled' }),
});

const claimOutlastsSlowness = countingCheck(cardSlow, mostHoldersAtOnce(chargeApi.name, orderOfRequest), {
  id: 'claim-outlasts-slowness',
  task: 3,
  title: 'while a call is slow, no other delivery takes the order over',
  kind: 'invariant',
  points: 1,
  guard: true,
  provokedBy: callWasSlow,
  failures: ['claim-too-short'],
  judge: ({ count }) => {
    if (count <= 1) return null;
    const headline = `${count} invocations were at work at once, and each of them asked the charge API for the same order.`;
    return { headline, hintId: 'claim-too-short' };
  },
});

const slownessLosesNoCharge = check(cardSlow, {
  id: 'slowness-loses-no-charge',
  task: 3,
  title: 'when a call is slow, the order is still charged once, and each attempt answered',
  kind: 'at-rest',
  points: 1,
  provokedBy: callWasSlow,
  failures: WRONG_CHARGE,
  judge: ({ observation }) => wrongCharge(observation),
});

export const troubledCardChecks: readonly LabCheck[] = [
  refusalLosesNoCharge,
  troubleLosesNoCharge,
  claimOutlastsSlowness,
  slownessLosesNoCharge,
  chargeThrottled,
  chargeTurnedAway,
  callWasSlow,
];
