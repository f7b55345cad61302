/**
 * What `import … from 'raceproof'` leads to: the public API, behind a check of the Node that runs it.
 */

import './check-node.ts';

export * from './explore.ts';
