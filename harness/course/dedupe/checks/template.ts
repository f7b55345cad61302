/**
 * The check on the template: every size and limit follows its parameter, so that the lab can run in two sizes.
 */

import type { FollowedValue, TemplateCheck } from '../../lab.ts';

/** Values that neither the story nor a scenario uses. */
const PROBES = {
  FunctionTimeoutSeconds: '11',
  VisibilityTimeoutSeconds: '77',
  MaxReceiveCount: '7',
  BatchSize: '3',
  LeaseSeconds: '123',
  GatewayFunctionName: 'another-gateway',
  ChargeFunctionName: 'another-api',
} as const;

function follow(logicalId: string, property: string, parameter: keyof typeof PROBES): FollowedValue {
  return { logicalId, property, parameter, probe: PROBES[parameter] };
}

const consumers = ['Debit', 'GiftCard', 'Card'].flatMap((name) => [
  follow(name, 'Timeout', 'FunctionTimeoutSeconds'),
  follow(`${name}Queue`, 'VisibilityTimeout', 'VisibilityTimeoutSeconds'),
  follow(`${name}Queue`, 'RedrivePolicy.maxReceiveCount', 'MaxReceiveCount'),
  follow(`${name}Mapping`, 'BatchSize', 'BatchSize'),
]);

export const templateChecks: readonly TemplateCheck[] = [
  {
    id: 'sizes-are-parameters',
    task: 3,
    title: 'every size in the template follows its parameter',
    points: 1,
    guard: true,
    hintId: 'sizes',
    follows: [
      ...consumers,
      follow('Card', 'Environment.Variables.LEASE_SECONDS', 'LeaseSeconds'),
      follow('Card', 'Environment.Variables.CHARGE_FUNCTION', 'ChargeFunctionName'),
      follow('Debit', 'Environment.Variables.GATEWAY_FUNCTION', 'GatewayFunctionName'),
    ],
  },
];
