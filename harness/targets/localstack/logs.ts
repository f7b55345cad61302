/**
 * The two calls of CloudWatch Logs that a run needs, over plain HTTP: this project has no SDK client for it yet.
 *
 * Lambda creates log groups outside any stack, and this removes them. LocalStack reads account and service from the header and
 * checks no signature, so this works only with LocalStack.
 */

import { REGION } from './clients.ts';

/** Removes every log group of the account, which belongs to one grading. */
export async function removeLogGroups(endpoint: string, accountId: string): Promise<void> {
  const { logGroups } = (await call(endpoint, accountId, 'DescribeLogGroups', {})) as {
    readonly logGroups?: readonly { readonly logGroupName: string }[];
  };
  for (const { logGroupName } of logGroups ?? []) await call(endpoint, accountId, 'DeleteLogGroup', { logGroupName });
}

async function call(endpoint: string, accountId: string, operation: string, input: unknown): Promise<unknown> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `Logs_20140328.${operation}`,
      Authorization: `AWS4-HMAC-SHA256 Credential=${accountId}/20260101/${REGION}/logs/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  return text === '' || !response.ok ? {} : JSON.parse(text);
}
