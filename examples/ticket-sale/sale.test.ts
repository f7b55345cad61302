/**
 * One ticket, two buyers: the first handler sells it twice in some order, the second one in none.
 */

import { readFileSync } from 'node:fs';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type ExploredWorld, explore } from 'raceproof';
import { expect, it } from 'vitest';

const template = new URL('./template.yaml', import.meta.url);
const code = new URL('./src/', import.meta.url);
const fixed = { 'src/sell.ts': readFileSync(new URL('./fixed/sell.ts', import.meta.url), 'utf8') };

async function twoBuyers({ clients, outputs }: ExploredWorld): Promise<void> {
  await clients.documents.send(new PutCommand({ TableName: outputs.TableName, Item: { id: 'opera', left: 1 } }));
  const buy = async (): Promise<boolean> => {
    const Payload = JSON.stringify({ show: 'opera' });
    const answer = await clients.lambda.send(new InvokeCommand({ FunctionName: 'sell', Payload }));
    return JSON.parse(answer.Payload?.transformToString() ?? '{}').sold;
  };
  const answers = await Promise.all([buy(), buy()]);
  expect(answers.filter((sold) => sold)).toHaveLength(1);
}

it('sells one ticket twice when it reads first and writes later', async () => {
  await expect(explore({ template, code }, twoBuyers)).rejects.toThrow('Both had read before either wrote');
});

it('sells one ticket once in every order when the table decides', async () => {
  expect(await explore({ template, code: fixed }, twoBuyers)).toMatchObject({ exhaustive: true });
});
