/**
 * What a thread of the grader runs: explores scenarios of the course, as the grader tells it.
 *
 * `grader/workers/thread-worker.ts` starts it. It stands here since the grader does not know which labs there are.
 */

import { parentPort } from 'node:worker_threads';
import { findLab } from '../course/labs.ts';
import { serveTasks } from '../grader/workers/inside-thread.ts';
import { NODE } from '../node/platform.ts';
import { threadPort } from '../node/thread.ts';

if (parentPort !== null) serveTasks(NODE, threadPort(parentPort), findLab);
