/**
 * The page that stands in for the course while its pages are built for the first time, or if they can't be.
 *
 * It opens the page that was asked for as soon as that is there. It uses no file of the built pages, since there are none.
 */

import type { NoPages } from './course-pages.ts';

const BUILDING_STATUS = 503;
const FAILED_STATUS = 500;

/** The status of the page's answer tells the two apart. */
export function waitingStatus({ kind }: NoPages): number {
  return kind === 'building' ? BUILDING_STATUS : FAILED_STATUS;
}

/** The page as HTML. */
export function waitingPage(noPages: NoPages): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${noPages.kind === 'building' ? 'The pages are being built' : 'There are no pages yet'} · raceproof</title>
<style>${STYLE}</style>
${noPages.kind === 'building' ? NO_SCRIPT : ''}
</head>
<body>
<main>
${noPages.kind === 'building' ? building(noPages.step) : failed(noPages.reason)}
<p>The labs don’t need the pages: edit <code>labs/lost-update/src/bump.ts</code>, save it, and the verdict appears in the terminal.</p>
</main>
${noPages.kind === 'building' ? `<script>${SCRIPT}</script>` : ''}
</body>
</html>
`;
}

function building(step: string): string {
  return `<h1>The pages are being built, once</h1>
<p>Every verdict on them comes from the grader itself, so it grades all labs first. That takes a minute or two; this page opens when they are there.</p>
<p role="status">Now: <span id="step">${escaped(step)}</span></p>`;
}

function failed(reason: string): string {
  return `<h1>The pages could not be built</h1>
<pre>${escaped(reason)}</pre>
<p>End <code>npm start</code> with Ctrl-C, mend what these lines name, and start it again.</p>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const NO_SCRIPT = '<noscript><meta http-equiv="refresh" content="5"></noscript>';

/**
 * The server sends `pages` when the answer to this address is another one than now. That may have happened before this page
 * listened, so it asks once when it does.
 */
const SCRIPT = `
const events = new EventSource('/api/events');
events.addEventListener('building', ({ data }) => { document.getElementById('step').textContent = JSON.parse(data).step; });
events.addEventListener('pages', () => location.reload());
events.addEventListener('open', async () => {
  const { status } = await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
  if (status !== ${BUILDING_STATUS}) location.reload();
});
events.addEventListener('error', () => setTimeout(() => location.reload(), 3000));
`;

/** Ink on paper, as on the pages that come (site/src/styles/tokens.css). */
const STYLE = `
:root { color-scheme: light dark; --paper: #fbf9f4; --ink: #1d1b18; --soft: #57534a; --rule: #dcd5c5; }
@media (prefers-color-scheme: dark) { :root { --paper: #161613; --ink: #ebe7de; --soft: #b5afa2; --rule: #35332c; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
main { max-width: 38rem; margin: 18vh auto; padding: 0 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; font-weight: 600; }
[role="status"] { border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); padding: 0.75rem 0; }
code, pre, #step { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.875rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--rule); padding: 0.75rem; }
p { color: var(--soft); }
`;
