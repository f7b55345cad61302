/** Names of lanes where there is too little room for them. */

import { describe, expect, it } from 'vitest';
import { shortNames } from './lanes.ts';

describe('a lane that is too narrow for its name', () => {
  const short = (lanes: readonly string[], width: number) =>
    shortNames(
      lanes,
      lanes.map(() => width),
    );

  it('keeps the number of an invocation', () =>
    expect(short(['gift-card#1', 'gift-card#2', 'gift-card#10'], 8)).toEqual(['…-card#1', '…-card#2', '…card#10']));

  it('keeps the end of a name whose beginning another lane shares', () =>
    expect(short(['table GiftCards', 'table GiftCardPayments', 'gateway'], 10)).toEqual([
      '…GiftCards',
      '…dPayments',
      'gateway',
    ]));

  it('keeps the beginning of any other', () =>
    expect(short(['queue DebitQueue', 'table Debits'], 9)).toEqual(['queue De…', 'table De…']));

  it('leaves a name alone that fits', () => expect(short(['bump#1', 'bump#2'], 6)).toEqual(['bump#1', 'bump#2']));
});
