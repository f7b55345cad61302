/**
 * The thread of the type check: it gets one request, gives one answer and ends.
 */

import { parentPort, workerData } from 'node:worker_threads';
import { typeErrors } from './type-errors.ts';

parentPort?.postMessage(typeErrors(workerData as ReadonlyMap<string, string>));
