/**
 * One payment: however often the queue delivers it, and wherever the function crashes, the bank charges it once.
 */

import { readFileSync } from 'node:fs';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { type Downstream, type ExploredWorld, type ExploreOptions, explore, type Invariant } from 'raceproof';
import { expect, it } from 'vitest';

/** A system outside the account: two pure functions over what it has recorded. Here the first one does it all. */
const bank: Downstream = {
  name: 'bank',
  functionNameParameter: 'BankFunctionName',
  serviceTimeMs: 0,
  ledger: { charges: [] },
  enter(ledger, request) {
    const charges = ledger.charges as readonly { readonly key?: string }[];
    const charge = request as { readonly key?: string };
    const isKnown = charge.key !== undefined && charges.some(({ key }) => key === charge.key);
    return { ledger: isKnown ? ledger : { charges: [...charges, charge] }, answer: { charged: true } };
  },
  leave: (ledger) => ({ ledger, answer: null }),
};

/** What no client can see: how many payments were charged at the same time. The events that it looks at are all that it watches. */
const atMostTwo: Invariant = {
  name: 'no more than two payments are worked on at once',
  watches: ['invocation-started', 'invocation-ended'],
  judge(trace) {
    let running = 0;
    for (const { event } of trace) {
      if (event.kind === 'invocation-started') running += 1;
      if (event.kind === 'invocation-ended') running -= 1;
      if (running > 2) return `${running} were.`;
    }
    return null;
  },
};

const options: ExploreOptions = {
  template: new URL('./template.yaml', import.meta.url),
  code: new URL('./src/', import.meta.url),
  downstreams: [bank],
  faults: { duplicate: 1, 'crash-before': 1, 'crash-after': 1 },
  invariants: [atMostTwo],
};
const fixed = { 'src/pay.ts': readFileSync(new URL('./fixed/pay.ts', import.meta.url), 'utf8') };

async function onePayment({ clients, outputs, downstream, waitUntil }: ExploredWorld): Promise<void> {
  const MessageBody = JSON.stringify({ orderId: 'o-17', cents: 4_200 });
  await clients.sqs.send(new SendMessageCommand({ QueueUrl: outputs.QueueUrl, MessageBody }));
  await waitUntil('the queue is empty', async () => true);
  const { charges } = await downstream('bank');
  expect(charges).toHaveLength(1);
}

it('charges a payment twice if it comes twice, or if the function crashes before it has written that it is done', async () => {
  await expect(explore(options, onePayment)).rejects.toThrow('to have a length of 1 but got 2');
});

it('charges it once in every order, with one duplicate and one crash, when the bank knows the order again', async () => {
  expect(await explore({ ...options, code: fixed }, onePayment)).toMatchObject({ exhaustive: true });
});
