/** Results as files for build servers and graders. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate } from 'ctrf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as fixtures from '../../grader/fixtures/lab-result.ts';
import type { LabResult } from '../../grader/result.ts';
import { cloneRoot } from '../clone.ts';
import { recordIo } from '../fixtures.ts';
import { runCli } from '../run.ts';
import { reportAsCtrf } from './ctrf.ts';
import { reportAsJunit } from './junit.ts';

const ENDED_MS = Date.UTC(2026, 0, 5, 9);
const results = Object.entries(fixtures).flatMap(([name, value]) =>
  typeof value === 'string' ? [] : [[name, value] as const],
);

/** The tags of an XML text if each is closed in its turn, else what is wrong with it. */
function tagsOf(xml: string): readonly string[] {
  const open: string[] = [];
  const seen: string[] = [];
  for (const [, close = '', name = '', single = ''] of xml.matchAll(/<(\/?)([\w-]+)[^<>]*?(\/?)>/g)) {
    if (close !== '' && open.pop() !== name) return [`</${name}> closes nothing`];
    if (close === '') seen.push(name);
    if (close === '' && single === '') open.push(name);
  }
  return open.length === 0 ? seen : [`<${open.at(-1)}> is never closed`];
}

describe('JUnit XML', () => {
  it.each(results)('has a case for each check of %s', (_, result) => {
    const tags = tagsOf(reportAsJunit(result, ENDED_MS).replace(/^<\?.*\?>\n/, ''));
    expect(tags.filter((tag) => tag === 'testcase')).toHaveLength(result.checks.length);
    expect(tags.filter((tag) => tag === 'testsuite')).toHaveLength(result.tasks.length);
  });

  it('says of a failure what, why, where and how to replay it', () => {
    const xml = reportAsJunit(fixtures.FAILING, ENDED_MS);
    expect(xml).toContain(
      '<testsuites name="raceproof lost-update" tests="3" failures="1" errors="0" skipped="0" time="0.84"',
    );
    expect(xml).toContain(
      '<testcase name="every bump counts (every-bump-counts)" classname="lost-update.task1" file="labs/lost-update/src/bump.ts" line="30" time="0">',
    );
    expect(xml).toContain(
      '<failure message="2 bumps were answered, but the counter says 1: 1 bump is lost." type="lost-update">',
    );
    expect(xml).toContain(`npx --no raceproof replay ${fixtures.TOKEN}</failure>`);
    expect(xml).toContain('<property name="points" value="2"/>');
  });

  it('lets no text of the code break it', () => {
    const message = `</testcase> & "quoted" ${String.fromCharCode(0, 27)}[2J\ud800`;
    const checks = fixtures.DOES_NOT_LOAD.checks.map((check) => ({ ...check, message }));
    const xml = reportAsJunit({ ...fixtures.DOES_NOT_LOAD, checks }, ENDED_MS);
    expect(xml).toContain('<error message="&lt;/testcase&gt; &amp; &quot;quoted&quot; [2J" type="not judged"');
    expect(tagsOf(xml.replace(/^<\?.*\?>\n/, ''))[0]).toBe('testsuites');
  });
});

describe('CTRF', () => {
  it.each(results)('is what the format’s own validator accepts, for %s', (_, result) =>
    expect(validate(JSON.parse(reportAsCtrf(result, ENDED_MS)))).toMatchObject({ valid: true }),
  );

  it('has points and tasks beside the tests', () => {
    const { results: found } = JSON.parse(reportAsCtrf(fixtures.FAILING, ENDED_MS));
    expect(found.summary).toMatchObject({ tests: 3, passed: 2, failed: 1, start: ENDED_MS - 840, stop: ENDED_MS });
    expect(found.tests[0]).toMatchObject({ status: 'failed', line: 30, extra: { points: 0, maxPoints: 3 } });
    expect(found.extra).toMatchObject({ outcome: 'fail', score: { earned: 2, max: 5 }, tasks: [{ task: 1 }] });
  });

  it('blames nobody’s code for a run without a verdict', () => {
    const statusOf = (result: LabResult) => JSON.parse(reportAsCtrf(result, ENDED_MS)).results.tests[0].status;
    expect([fixtures.UNGRADED, fixtures.HARNESS_ERROR, fixtures.DOES_NOT_LOAD].map(statusOf)).toEqual([
      'other',
      'other',
      'failed',
    ]);
  });
});

describe('--report', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'raceproof-report-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(['result.xml', 'in/a/new/folder/result.JSON'])('writes %s, and changes no exit code', async (name) => {
    const io = recordIo({ cwd: cloneRoot() });
    const words = ['grade', 'lost-update', '--from', folder, '--skip-types', '--report', join(folder, name)];
    expect(await runCli(words, io)).toBe(1);
    const text = await readFile(join(folder, name), 'utf8');
    expect(text).toContain('template.yaml is missing');
    expect(text).toMatch(name.endsWith('xml') ? /^<\?xml/ : /^\{/);
  });
});
