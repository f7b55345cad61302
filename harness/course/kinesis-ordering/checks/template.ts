/**
 * What must be true of the template of lab 5: its sizes follow their parameters.
 */

import type { TemplateCheck } from '../../lab.ts';

/** Values that neither the story nor a scenario uses. */
const PROBES = { Shards: '3', Parallel: '7', HighWaterMark: '17', ScreeningMs: '19' } as const;

export const templateChecks: readonly TemplateCheck[] = [
  {
    id: 'shards-is-a-parameter',
    task: 1,
    title: 'the stream has as many shards as Shards says',
    points: 1,
    guard: true,
    hintId: 'shards-literal',
    follows: [{ logicalId: 'Events', property: 'ShardCount', parameter: 'Shards', probe: PROBES.Shards }],
  },
  {
    id: 'sizes-are-parameters',
    task: 2,
    title: 'parallel batches follow Parallel, and screening is as slow as ScreeningMs says',
    points: 1,
    guard: true,
    hintId: 'parallel-literal',
    follows: [
      {
        logicalId: 'ApplyEvents',
        property: 'ParallelizationFactor',
        parameter: 'Parallel',
        probe: PROBES.Parallel,
        mayBeAbsent: true,
      },
      {
        logicalId: 'Apply',
        property: 'Environment.Variables.SCREENING_MS',
        parameter: 'ScreeningMs',
        probe: PROBES.ScreeningMs,
      },
    ],
  },
  {
    id: 'high-water-is-a-parameter',
    task: 5,
    title: 'the producer’s high-water mark is the parameter’s',
    points: 1,
    guard: true,
    hintId: 'high-water-literal',
    follows: [
      {
        logicalId: 'Publish',
        property: 'Environment.Variables.HIGH_WATER_MARK',
        parameter: 'HighWaterMark',
        probe: PROBES.HighWaterMark,
      },
    ],
  },
];
