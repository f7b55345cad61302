/**
 * IAM, as far as a template needs it: roles and policies are parsed and validated, and nothing enforces them.
 *
 * It has no calls: handlers and scenarios that make one are refused by name.
 */

import { notSimulated } from '../../contract/answer.ts';
import { answeredAtOnce } from '../../contract/effect.ts';
import { NO_FOOTPRINT } from '../../contract/footprint.ts';
import type { ServiceModule } from '../../contract/service-module.ts';
import { IAM_MANAGED_POLICY } from './managed-policy.ts';
import { IAM_POLICY } from './policy.ts';
import { IAM_ROLE } from './role.ts';

export const IAM: ServiceModule<null, never, never> = {
  name: 'iam',
  service: 'IAM',
  client: null,
  arns: ['iam'],
  resourceTypes: [IAM_ROLE, IAM_POLICY, IAM_MANAGED_POLICY],
  faults: [],
  // A policy: no figure is published.
  latency: () => ({ fromMs: 10, toMs: 50 }),
  create: () => null,
  copy: () => null,
  call: (_, { operation }) => answeredAtOnce(notSimulated(`IAM ${operation}`), NO_FOOTPRINT),
};
