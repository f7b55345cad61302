/**
 * CloudWatch Logs, as far as a template needs it: log groups may be declared.
 *
 * What handlers print goes into the trace. It has no calls: handlers and scenarios that make one are refused by name.
 */

import { notSimulated } from '../../contract/answer.ts';
import { answeredAtOnce } from '../../contract/effect.ts';
import { NO_FOOTPRINT } from '../../contract/footprint.ts';
import type { ServiceModule } from '../../contract/service-module.ts';
import { LOGS_LOG_GROUP } from './log-group.ts';

export const LOGS: ServiceModule<null, never, never> = {
  name: 'logs',
  service: 'CloudWatch Logs',
  client: null,
  arns: ['logs'],
  resourceTypes: [LOGS_LOG_GROUP],
  faults: [],
  // A policy: no figure is published.
  latency: () => ({ fromMs: 10, toMs: 50 }),
  create: () => null,
  copy: () => null,
  call: (_, { operation }) => answeredAtOnce(notSimulated(`CloudWatch Logs ${operation}`), NO_FOOTPRINT),
};
