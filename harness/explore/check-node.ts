/**
 * Throws when it is imported on a Node that is too old. It comes before everything else that the public API imports: on Node 20 some
 * of that can't even be loaded.
 */

import process from 'node:process';
import { olderThanNeeded } from './needed-node.ts';

const problem = olderThanNeeded(process.versions.node);
if (problem !== null) {
  const error = new Error(problem);
  // The sentence says all; the stack would lead into Node's loader.
  error.stack = problem;
  throw error;
}
