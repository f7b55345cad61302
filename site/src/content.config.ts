/**
 * Where the texts of pages come from: Starlight's own collection in src/content/docs, and texts of the repository that become
 * pages.
 */

import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
import type { Loader } from 'astro/loaders';
import { z } from 'astro/zod';
import { factsText, serviceTexts } from './repository-texts.ts';

const repositoryTexts: Loader = {
  name: 'repository-texts',
  async load({ store, renderMarkdown }) {
    store.clear();
    for (const { id, title, body } of [factsText(), ...serviceTexts()]) {
      store.set({ id, data: { title }, body, rendered: await renderMarkdown(body) });
    }
  },
};

export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }),
  repository: defineCollection({ loader: repositoryTexts, schema: z.object({ title: z.string() }) }),
};
