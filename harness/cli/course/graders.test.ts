import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lostUpdate } from '../../course/lost-update/lab.ts';
import { reportAsJson } from '../../grader/report/json.ts';
import type { LabResult } from '../../grader/result.ts';
import { solutionFolder, starterFolder } from '../clone.ts';
import { recordIo } from '../fixtures.ts';
import { gradeFiles } from '../grading.ts';
import { Interrupted } from '../interrupted.ts';
import { Graders } from './graders.ts';

const filesIn = (folder: string) =>
  new Map(lostUpdate.editable.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));

const STARTER = filesIn(starterFolder('lost-update'));
const SOLUTION = filesIn(solutionFolder('lost-update'));
const ENDLESS = new Map([...STARTER, ['src/bump.ts', 'export const handler = async () => { for (;;); };']]);

const text = (result: LabResult): string => reportAsJson({ ...result, durationMs: 0 });

let stop: AbortController;
let graders: Graders;

beforeEach(() => {
  stop = new AbortController();
  graders = new Graders({ threads: 2, host: 'in-realm', signal: stop.signal });
});

afterEach(() => graders.close());

describe('submissions that are graded side by side', () => {
  it('have the results that each has alone, in their own order', async () => {
    const answers = [STARTER, SOLUTION, STARTER];
    const together = await Promise.all(graders.each(answers, (files) => graders.grade(lostUpdate, files)));
    for (const [at, files] of answers.entries()) {
      const alone = await gradeFiles(lostUpdate, { kind: 'read', files }, recordIo(), { host: 'in-realm' });
      expect(text(together[at] ?? alone)).toBe(text(alone));
    }
    expect(together.map(({ outcome }) => outcome)).toEqual(['fail', 'pass', 'fail']);
  });

  it('are asked what the lab asks, and not more', async () => {
    const few = { ...lostUpdate, scenarios: lostUpdate.scenarios.slice(0, 1), templateChecks: [] };
    const names = new Set(few.scenarios.map(({ name }) => name));
    const checks = few.checks.filter(({ scenario }) => names.has(scenario));
    const { checks: judged } = await graders.grade({ ...few, checks }, SOLUTION);
    expect(judged.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
  });
});

describe('at most as many as there are threads', () => {
  it('are in hand at once', async () => {
    let inHand = 0;
    let most = 0;
    const each = graders.each([1, 2, 3, 4, 5], async (item) => {
      inHand += 1;
      most = Math.max(most, inHand);
      await new Promise((resolve) => setImmediate(resolve));
      inHand -= 1;
      return item;
    });
    expect(await Promise.all(each)).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });
});

describe('Ctrl-C', () => {
  it('ends what is being graded, and begins nothing more', async () => {
    const graded = graders.grade(lostUpdate, ENDLESS);
    stop.abort();
    await expect(graded).rejects.toBeInstanceOf(Interrupted);
    await expect(graders.grade(lostUpdate, SOLUTION)).rejects.toBeInstanceOf(Interrupted);
  });
});

describe('a thread that is gone', () => {
  it('leaves a result that says so, and the next submission has another one', async () => {
    const graded = graders.grade(lostUpdate, ENDLESS);
    graders.close();
    const { outcome, message } = await graded;
    expect([outcome, message]).toEqual([
      'harness-error',
      expect.stringContaining('a thread of the course check is gone'),
    ]);
    expect((await graders.grade(lostUpdate, SOLUTION)).outcome).toBe('pass');
  });
});
