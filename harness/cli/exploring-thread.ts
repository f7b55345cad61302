/**
 * What a thread of the grader runs: explores scenarios of the course, as the grader tells it.
 *
 * Started by `grader/crew/thread.ts`. It stands here since the grader does not know which labs there are.
 */

import { parentPort } from 'node:worker_threads';
import { findLab } from '../course/labs.ts';
import { work } from '../grader/workers/inside-thread.ts';

if (parentPort !== null) work(parentPort, findLab);
