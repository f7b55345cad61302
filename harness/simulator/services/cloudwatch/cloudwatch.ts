/**
 * CloudWatch, as far as a template needs it: alarms may be declared.
 *
 * It measures nothing and has no calls: handlers and scenarios that make one are refused by name.
 */

import { notSimulated } from '../../contract/answer.ts';
import { answeredAtOnce } from '../../contract/effect.ts';
import { NO_FOOTPRINT } from '../../contract/footprint.ts';
import type { ServiceModule } from '../../contract/service-module.ts';
import { CLOUDWATCH_ALARM } from './alarm.ts';

export const CLOUDWATCH: ServiceModule<null, never, never> = {
  name: 'cloudwatch',
  service: 'CloudWatch',
  client: null,
  arns: ['cloudwatch:alarm'],
  resourceTypes: [CLOUDWATCH_ALARM],
  faults: [],
  // A policy: no figure is published.
  latency: () => ({ fromMs: 10, toMs: 50 }),
  create: () => null,
  copy: () => null,
  call: (_, { operation }) => answeredAtOnce(notSimulated(`CloudWatch ${operation}`), NO_FOOTPRINT),
};
