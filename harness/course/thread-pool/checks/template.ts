/**
 * The checks on the template: every size follows its parameter, so that the lab can run in two sizes.
 */

import { capital } from '../../../words/phrases.ts';
import type { TemplateCheck } from '../../lab.ts';
import { TEAMS } from '../scenarios/neighbours.ts';

/** Values that neither the story nor a scenario uses. */
const PROBES = { LegacyCapacity: '3', TeamConcurrency: '7', CheckoutConcurrency: '8', WorkSeconds: '4' } as const;

export const templateChecks: readonly TemplateCheck[] = [
  {
    id: 'capacity-is-a-parameter',
    task: 1,
    title: 'the cap in the template follows LegacyCapacity',
    points: 1,
    hintId: 'capacity-literal',
    follows: [
      // Of any resource: the cap may belong to the function, to a worker behind it, or to an event source mapping. A stream caps by its shards, by the
      // batches of each, or by the size of the only batch.
      {
        somewhere: [
          ...['ReservedConcurrentExecutions', 'ScalingConfig.MaximumConcurrency'],
          ...['BatchSize', 'ParallelizationFactor', 'ShardCount'],
        ],
        parameter: 'LegacyCapacity',
        probe: PROBES.LegacyCapacity,
      },
    ],
  },
  {
    id: 'legacy-is-a-parameter',
    task: 1,
    title: 'the legacy system is the one that the parameter names',
    points: 1,
    guard: true,
    hintId: 'legacy-literal',
    follows: [
      {
        logicalId: 'Book',
        property: 'Environment.Variables.LEGACY_FUNCTION',
        parameter: 'LegacyFunctionName',
        probe: 'another-system',
      },
    ],
  },
  {
    id: 'shares-are-parameters',
    task: 3,
    title: 'what is reserved for teams and for checkout follows its parameter',
    points: 1,
    guard: true,
    hintId: 'share-literal',
    follows: [
      ...TEAMS.map((team) => share(capital(team), 'TeamConcurrency')),
      share('Checkout', 'CheckoutConcurrency'),
      ...[...TEAMS, 'checkout'].map((name) => ({
        logicalId: capital(name),
        property: 'Environment.Variables.WORK_SECONDS',
        parameter: 'WorkSeconds',
        probe: PROBES.WorkSeconds,
      })),
    ],
  },
];

/** A function without a reservation follows nothing: other checks say whether it needs one. */
function share(logicalId: string, parameter: 'TeamConcurrency' | 'CheckoutConcurrency') {
  return {
    logicalId,
    property: 'ReservedConcurrentExecutions',
    parameter,
    probe: PROBES[parameter],
    mayBeAbsent: true,
  } as const;
}
