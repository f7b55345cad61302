/**
 * How the pages are built: Astro with Starlight, static files only.
 *
 * RACEPROOF_BASE is the path under which a host serves them (default `/`). Before a build the verdicts that pages show are
 * captured from the real grader. Nothing here, and nothing in what it builds, calls out.
 */

import process from 'node:process';
import starlight from '@astrojs/starlight';
import { defineConfig, passthroughImageService } from 'astro/config';
import { capture } from './scripts/capture.mjs';
import { builtLabs } from './src/course.ts';

/** A build that shows verdicts runs the grader first, whoever started the build. */
const capturedVerdicts = {
  name: 'raceproof-captured-verdicts',
  hooks: {
    'astro:config:setup': async ({ command, logger }) => {
      if (command === 'build' || command === 'dev') await capture((line) => logger.info(line));
    },
  },
};

export default defineConfig({
  base: process.env.RACEPROOF_BASE ?? '/',
  trailingSlash: 'always',
  image: { service: passthroughImageService() },
  devToolbar: { enabled: false },
  integrations: [
    capturedVerdicts,
    starlight({
      title: 'raceproof',
      description: 'A course on concurrency in AWS whose grader tries every schedule.',
      customCss: [
        './src/styles/tokens.css',
        './src/styles/starlight.css',
        './src/styles/drawing.css',
        './src/styles/lesson.css',
        './src/styles/player.css',
        './src/styles/contents.css',
        './src/styles/verdict.css',
        './src/styles/widgets.css',
      ],
      components: {
        SiteTitle: './src/components/SiteTitle.astro',
        PageTitle: './src/components/PageTitle.astro',
        Search: './src/components/Search.astro',
        Sidebar: './src/components/Sidebar.astro',
      },
      favicon: '/favicon.svg',
      tableOfContents: false,
      disable404Route: true,
      expressiveCode: {
        themes: ['github-dark', 'github-light'],
        // Code that scrolled sideways would be one more place to stop at for the keyboard.
        defaultProps: { wrap: true },
        styleOverrides: {
          borderRadius: '0.2rem',
          borderColor: 'var(--rule)',
          codeBackground: 'var(--paper-raised)',
          codeFontSize: '0.8125rem',
          frames: {
            shadowColor: 'transparent',
            editorBackground: 'var(--paper-raised)',
            editorTabBarBackground: 'var(--paper)',
            editorTabBarBorderBottomColor: 'var(--rule)',
            editorActiveTabBackground: 'var(--paper-raised)',
            editorActiveTabForeground: 'var(--ink)',
            editorActiveTabIndicatorTopColor: 'transparent',
          },
        },
      },
      sidebar: [
        {
          label: 'Labs',
          items: builtLabs().map(({ number, slug, title }) => ({
            label: `${number} · ${title}`,
            slug: `labs/${slug}`,
          })),
        },
        {
          label: 'Reference',
          items: [
            { label: 'Commands', slug: 'reference/commands' },
            { label: 'How a verdict works', slug: 'reference/verdicts' },
            { label: 'Simulator fidelity', link: '/reference/fidelity/' },
            { label: 'Facts about AWS', link: '/reference/facts/' },
            { label: 'Glossary', slug: 'reference/glossary' },
          ],
        },
      ],
    }),
  ],
});
