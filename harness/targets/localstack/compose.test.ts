/**
 * Whoever starts LocalStack by compose gets the release that testcontainers starts, and that the labs were tried on.
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
