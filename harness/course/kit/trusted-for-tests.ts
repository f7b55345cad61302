/**
 * Node as a platform for code that the tests know to end: realms in this process, without a watch on each step.
 *
 * A watch is a thread of its own for every step, a fifth of what grading an answer costs. No learner's code comes here.
 */

import { NODE } from '../../node/platform.ts';
import { InRealmHost } from '../../node/realm/host.ts';
import type { Platform } from '../../platform/platform.ts';

export const TRUSTING: Platform = { ...NODE, startBareHost: async (_kind, sources) => new InRealmHost(sources) };
