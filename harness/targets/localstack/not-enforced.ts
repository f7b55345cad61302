/**
 * What a template asks for and LocalStack 4.14 does not do. Every verdict says so, since it changes what a run can show.
 *
 * It covers only what a run could depend on. The facts LD-01 and LD-02 compare LocalStack with AWS.
 */

import type { ResolvedResource } from '../../simulator/services/cloudformation/cloudformation.ts';

/** One sentence for each difference that affects this template. */
export function notEnforced(resources: readonly ResolvedResource[], accountConcurrency: number | undefined): string[] {
  const notices: string[] = [];
  const mappings = resources.filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping');
  if (mappings.length > 0) {
    notices.push(
      'LocalStack runs one batch of an event source mapping at a time. On AWS a queue’s batches run in parallel, five to begin with (SE-05).',
    );
  }
  if (mappings.some(({ properties }) => properties.ScalingConfig !== undefined)) {
    notices.push('LocalStack stores MaximumConcurrency of an event source mapping and does not enforce it (LD-02).');
  }
  if (resources.some(({ type }) => type.startsWith('AWS::IAM::'))) {
    notices.push('LocalStack does not enforce IAM: a call that a policy would forbid goes through here.');
  }
  if (accountConcurrency !== undefined && accountConcurrency !== 1_000) {
    notices.push(
      `The scenario asks for an account-wide concurrency of ${accountConcurrency}; on a LocalStack that runs already it can’t be set, and is 1,000.`,
    );
  }
  return notices;
}
