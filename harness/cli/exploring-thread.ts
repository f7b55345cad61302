/**
 * The entry file of the grader's threads: explores scenarios of the course on the grader's orders.
 *
 * `grader/workers/thread-worker.ts` starts it. It is in this folder because the grader does not know the labs.
 */

import { parentPort } from 'node:worker_threads';
import { findLab } from '../course/labs.ts';
import { serveTasks } from '../grader/workers/inside-thread.ts';
import { NODE } from '../node/platform.ts';
import { threadPort } from '../node/thread.ts';

if (parentPort !== null) serveTasks(NODE, threadPort(parentPort), findLab);
