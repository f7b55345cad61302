/**
 * The thread of the type check: one question, one answer, end.
 */

import { parentPort, workerData } from 'node:worker_threads';
import { typeErrors } from './type-errors.ts';

parentPort?.postMessage(typeErrors(workerData as ReadonlyMap<string, string>));
