/**
 * The entry file of the course check's threads: grades one submission after the other, each from its first run to its verdict.
 *
 * `graders.ts` starts it. It prints nothing and knows nothing of what a result should be.
 */

import { parentPort } from 'node:worker_threads';
import { findLab } from '../../course/labs.ts';
import { grade } from '../../grader/grade.ts';
import { labFrom } from '../../grader/workers/messages.ts';
import { NODE } from '../../node/platform.ts';
import { threadPort } from '../../node/thread.ts';
import type { ThreadPort } from '../../platform/platform.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import { harnessErrorResult } from '../grading.ts';
import type { GradingOrder } from './graders.ts';

async function serve(port: ThreadPort, { lab: data, files, host }: GradingOrder): Promise<void> {
  const whole = findLab(data.slug);
  invariant(whole !== undefined, `there is no lab «${data.slug}»`);
  const lab = labFrom(data, whole);
  const startedMs = performance.now();
  try {
    port.say(await grade({ platform: NODE, lab, files, host }));
  } catch (error) {
    port.say(harnessErrorResult(lab, host, error, startedMs));
  }
}

if (parentPort !== null) {
  const port = threadPort(parentPort);
  port.onMessage((order) => void serve(port, order as GradingOrder));
}
