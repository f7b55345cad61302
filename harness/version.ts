/**
 * The version of the harness, as its package.json has it.
 */

import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

export const HARNESS_VERSION: string = version;
