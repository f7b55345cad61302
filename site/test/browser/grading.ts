/**
 * The grader in a worker of a page: the same verdicts and the same tokens as in Node.
 *
 * The page that will use it comes later; what stands here is the proof that nothing of Node is in the way.
 */

import type { Browser } from 'playwright-core';
import { bundleForBrowser } from '../../../harness/browser/fixtures/for-browser.ts';
import type { GradingOrder } from '../../../harness/browser/fixtures/grading-worker.ts';
import { casesOf } from '../../../harness/cli/course/cases.ts';
import type { CourseLab } from '../../../harness/course/kit/definition.ts';
import { labs } from '../../../harness/course/labs.ts';
import { grade } from '../../../harness/grader/grade.ts';
import type { LabResult } from '../../../harness/grader/result.ts';
import { prepare } from '../../../harness/grader/submission/submission.ts';
import { NODE } from '../../../harness/node/platform.ts';
import { check } from './check.ts';
import type { TestServer } from './server.ts';

/** A browser, the server whose pages start the workers, and the workers' scripts. */
interface Pages {
  readonly browser: Browser;
  readonly server: TestServer;
  readonly scripts: { readonly grading: string; readonly slot: string };
}

/** Grades each lab's starter and solution in Chromium and in Node. */
export async function checkGrading(browser: Browser, server: TestServer): Promise<void> {
  const pages = { browser, server, scripts: await bundleForBrowser() };
  for (const lab of labs) {
    const { cases } = await casesOf(lab);
    for (const { kind, files } of cases) {
      if (kind !== 'starter' && kind !== 'solution') continue;
      await check(`a worker of a page grades the ${kind} of ${lab.slug} as Node does`, () =>
        sameInPage(pages, lab, files, kind === 'solution' ? 'pass' : 'fail'),
      );
    }
  }
  await check('a page in another time zone than UTC grades nothing, and says why', () => refusedInTokyo(pages));
}

async function sameInPage(
  pages: Pages,
  lab: CourseLab,
  files: ReadonlyMap<string, string>,
  outcome: LabResult['outcome'],
): Promise<void> {
  // Both at once: each keeps one core busy.
  const [inPage, inNode] = await Promise.all([
    gradedInPage(pages, await orderFor(lab, files)),
    grade({ platform: NODE, lab, files, host: 'in-realm' }),
  ]);
  const [expected, got] = [said(inNode), said(inPage)];
  if (expected !== got) throw new Error(`In Node: ${expected}\nin the page: ${got}`);
  if (inPage.outcome !== outcome) throw new Error(`It ended as ${inPage.outcome}.`);
}

async function refusedInTokyo(pages: Pages): Promise<void> {
  const [lab] = labs;
  if (lab === undefined) throw new Error('There is no lab.');
  const [first] = (await casesOf(lab)).cases;
  const order = await orderFor(lab, first?.files ?? new Map());
  const refused = String(await gradedInPage(pages, order, 'Asia/Tokyo').catch(String));
  if (!refused.includes('its time zone is Asia/Tokyo')) throw new Error(`The page said: ${refused}`);
}

/** Everything that a result says of the submission: not how long it took, and not where. */
function said({ durationMs: _, node: __, host: ___, ...rest }: LabResult): string {
  return JSON.stringify(rest);
}

async function orderFor(lab: CourseLab, files: ReadonlyMap<string, string>): Promise<Omit<GradingOrder, 'slotScript'>> {
  const prepared = await prepare(NODE, lab, files);
  if (!prepared.ok) throw new Error(prepared.findings.map(({ message }) => message).join('\n'));
  const { bundles, sources } = prepared.submission;
  return { lab: lab.slug, files: [...files], bundles, sources };
}

async function gradedInPage(
  { browser, server, scripts }: Pages,
  order: Omit<GradingOrder, 'slotScript'>,
  timezoneId = 'UTC',
): Promise<LabResult> {
  const page = await browser.newPage({ timezoneId });
  try {
    await page.goto(`http://127.0.0.1:${server.port}/`);
    const answer = await page.evaluate(
      ({ scripts: { grading, slot }, order }) => {
        const urlOf = (text: string) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
        const worker = new Worker(urlOf(grading));
        return new Promise<{ result?: unknown; error?: string }>((resolve) => {
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => resolve({ error: message });
          worker.postMessage({ ...order, slotScript: urlOf(slot) });
        });
      },
      { scripts, order },
    );
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.result as LabResult;
  } finally {
    await page.close();
  }
}
