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
      const rendered = await renderMarkdown(body);
      store.set({ id, data: { title }, body, rendered: { ...rendered, html: withTablesInReach(rendered.html) } });
    }
  },
};

/** A table that is wider than the page scrolls by itself, so the keyboard must be able to get to it. */
function withTablesInReach(html: string): string {
  return html.replaceAll('<table>', '<table tabindex="0">');
}

export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }),
  repository: defineCollection({ loader: repositoryTexts, schema: z.object({ title: z.string() }) }),
};
