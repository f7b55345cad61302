/**
 * CloudFormation as a service: its name and client. Stacks are created before a run begins (cloudformation.ts), never during
 * a run.
 */

import { notSimulated } from '../../contract/answer.ts';
import { answeredAtOnce } from '../../contract/effect.ts';
import { NO_FOOTPRINT } from '../../contract/footprint.ts';
import type { ServiceModule } from '../../contract/service-module.ts';

export const CLOUDFORMATION: ServiceModule<null, never, never> = {
  name: 'cloudformation',
  service: 'CloudFormation',
  client: {
    package: '@aws-sdk/client-cloudformation',
    namespace: 'com.amazonaws.cloudformation',
    endpointPrefix: 'cloudformation',
    protocol: null,
  },
  arns: ['cloudformation:stack'],
  resourceTypes: [],
  faults: [],
  // A policy: no figure is published.
  latency: () => ({ fromMs: 10, toMs: 50 }),
  create: () => null,
  copy: () => null,
  call: (_, { operation }) =>
    answeredAtOnce(notSimulated(`Calling CloudFormation in a run (${operation})`), NO_FOOTPRINT),
};
