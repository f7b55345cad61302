/**
 * Compose and testcontainers start the same release of LocalStack, the one on which the labs were tried.
 */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { LOCALSTACK_IMAGE } from './endpoint.ts';

it('compose and testcontainers start the same image', () => {
  const compose = parse(readFileSync(new URL('../../../docker-compose.yml', import.meta.url), 'utf8')) as {
    readonly services: { readonly localstack: { readonly image: string } };
  };
  expect(compose.services.localstack.image).toBe(LOCALSTACK_IMAGE);
});
