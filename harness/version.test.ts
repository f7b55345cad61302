import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { HARNESS_VERSION } from './version.ts';

it('the version is that of the package: change both', () => {
  const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(HARNESS_VERSION).toBe(version);
});
