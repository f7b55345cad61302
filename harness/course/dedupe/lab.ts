/**
 * Lab 4, `dedupe`: the trusted side.
 *
 * Assembles scenarios, checks, downstreams, hints and mutants. The learner's side is labs/dedupe; starter/ has the files of a
 * fresh clone.
 */

import { defineLab } from '../kit/define-lab.ts';
import { chargeApi } from './charge-api.ts';
import { cardChecks } from './checks/cards.ts';
import { debitChecks } from './checks/debits.ts';
import { debitChecksInTrouble } from './checks/debits-in-trouble.ts';
import { giftCardChecks } from './checks/gift-cards.ts';
import { giftCardChecksInTrouble } from './checks/gift-cards-in-trouble.ts';
import { templateChecks } from './checks/template.ts';
import { equivalentMutants } from './equivalent-mutants.ts';
import { gateway } from './gateway.ts';
import { hints } from './hints.ts';
import { mutants } from './mutants.ts';
import { otherAnswers } from './other-answers.ts';
import { cardBatch, cardCrash, cardLater, cardSlow, cardThrottled, cardTrouble, cardTwice } from './scenarios/cards.ts';
import {
  debitBatch,
  debitBesideUnreadable,
  debitLater,
  debitOutage,
  debitSameAmount,
  debitSlow,
  debitTrouble,
  debitTwice,
} from './scenarios/debits.ts';
import {
  giftCardAlike,
  giftCardBatch,
  giftCardBatchTrouble,
  giftCardBesideUnreadable,
  giftCardLater,
  giftCardOutage,
  giftCardTrouble,
  giftCardTwice,
  giftCardTwoOrders,
} from './scenarios/gift-cards.ts';
import { saturday } from './scenarios/saturday.ts';
import { specimens } from './specimens.ts';
import { targets } from './targets.ts';

export const dedupe = defineLab({
  number: 4,
  slug: 'dedupe',
  version: 2,
  title: 'Charged twice',
  about: 'deliveries come more than once, money must not',
  editable: ['template.yaml', 'src/debit.ts', 'src/gift-card.ts', 'src/card.ts', 'src/payments.ts', 'src/ask.ts'],
  tasks: [
    { number: 1, title: 'claim the order with one conditional write' },
    { number: 2, title: 'put effect and marker into one transaction' },
    { number: 3, title: 'survive a crash around an effect that is elsewhere' },
  ],
  scenarios: [
    debitTwice,
    debitSameAmount,
    debitBesideUnreadable,
    debitBatch,
    debitLater,
    debitTrouble,
    debitOutage,
    debitSlow,
    giftCardTwice,
    giftCardTwoOrders,
    giftCardAlike,
    giftCardBesideUnreadable,
    giftCardBatch,
    giftCardLater,
    giftCardTrouble,
    giftCardBatchTrouble,
    giftCardOutage,
    cardTwice,
    cardCrash,
    cardBatch,
    cardLater,
    cardThrottled,
    cardTrouble,
    cardSlow,
    saturday,
  ],
  checks: [...debitChecks, ...debitChecksInTrouble, ...giftCardChecks, ...giftCardChecksInTrouble, ...cardChecks],
  templateChecks,
  downstreams: [gateway, chargeApi],
  targets,
  hints,
  mutants,
  equivalentMutants,
  otherAnswers,
  puzzle: 'by-hand',
  specimens,
});
