/** Plans that can't be deployed are no checks that fail: AWS's refusal is told, by the line of the template, with the sum. */

import { describe, expect, it } from 'vitest';
import { prepare } from '../../grader/submission/submission.ts';
import { NODE } from '../../node/platform.ts';
import { filesOf } from '../kit/runs-for-tests.ts';
import { threadPool } from './lab.ts';

/** What is said about the solution with this change in its template, and the line at which it is said. */
async function refusal(
  was: string | RegExp,
  is: string,
): Promise<readonly [message: string, text: string | undefined]> {
  const files = new Map(await filesOf(threadPool, 'solution'));
  files.set('template.yaml', (files.get('template.yaml') ?? '').replace(was, is));
  const prepared = await prepare(NODE, threadPool, files);
  if (prepared.ok) throw new Error('it can be deployed');
  const [{ message, frame } = { message: '' }] = prepared.findings;
  return [message, frame?.text];
}

const MINIMUM =
  "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].";

describe('a plan that AWS refuses (LS-04)', () => {
  it('5 × 200: at the first reservation that is too much, with all of them added up', async () => {
    const [message, text] = await refusal('Default: 150', 'Default: 200');
    expect(text?.trim()).toBe('ReservedConcurrentExecutions: !Ref TeamConcurrency');
    expect(message).toBe(
      `The resource Images cannot be made. Lambda says: ${MINIMUM} The account has 1,000 units, and the template reserves 1,105: 5 for Book, 100 for Checkout, 200 for Search, 200 for Prices, 200 for Mails, 200 for Images and 200 for Reports.`,
    );
  });

  it.each(['160', '200', '1000'])('%s for each team is too much', async (share) => {
    expect((await refusal('Default: 150', `Default: ${share}`))[0]).toContain(MINIMUM);
  });

  it('950 for legacy, and 150 for a team, written as literals: the mistake is the literal', async () => {
    const [ofBook] = await refusal('!Ref LegacyCapacity', '950');
    expect(ofBook).toBe(
      'ReservedConcurrentExecutions of Book is 950 whatever LegacyCapacity says. The lab is run in two sizes, so write !Ref LegacyCapacity.',
    );
    const [ofTeams, text] = await refusal(/!Ref TeamConcurrency/g, '150');
    expect(ofTeams).toContain('ReservedConcurrentExecutions of Search is 150 whatever TeamConcurrency says.');
    expect(text?.trim()).toBe('ReservedConcurrentExecutions: 150');
  });

  it('every share is a literal: the one that is refused first is told, whichever the check looks at first', async () => {
    const [message, text] = await refusal(/!Ref (Team|Checkout)Concurrency/g, '140');
    expect(message).toBe(
      'ReservedConcurrentExecutions of Checkout is 140 whatever CheckoutConcurrency says. The lab is run in two sizes, so write !Ref CheckoutConcurrency.',
    );
    expect(text?.trim()).toBe('ReservedConcurrentExecutions: 140');
  });
});
