/**
 * The number of threads changes nothing: the verdict, the runs and the tokens are identical.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dedupe } from '../course/dedupe/lab.ts';
import type { Lab } from '../course/lab.ts';
import { lostUpdate } from '../course/lost-update/lab.ts';
import { reportAsJson } from '../grader/report/json.ts';
import type { HostKind } from '../platform/platform.ts';
import { solutionFolder, starterFolder } from './clone.ts';
import { recordIo } from './fixtures.ts';
import { gradeFiles } from './grading.ts';

const MINUTES = 60_000;

const filesIn = (lab: Lab, folder: string) => ({
  kind: 'read' as const,
  files: new Map(lab.editable.map((path) => [path, readFileSync(join(folder, path), 'utf8')])),
});

async function verdict(lab: Lab, folder: string, host: HostKind, workers: number): Promise<string> {
  const result = await gradeFiles(lab, filesIn(lab, folder), recordIo(), { host, workers });
  expect(['pass', 'fail']).toContain(result.outcome);
  return reportAsJson({ ...result, durationMs: 0 });
}

/** The checks of the first scenarios, which are many runs in several situations and with faults. */
function begun(lab: Lab): Lab {
  const scenarios = lab.scenarios.slice(0, 2);
  const names = new Set(scenarios.map(({ name }) => name));
  return { ...lab, scenarios, checks: lab.checks.filter(({ scenario }) => names.has(scenario)) };
}

describe.each<[string, Lab, string, HostKind, number]>([
  ['the starter of lost-update', lostUpdate, starterFolder('lost-update'), 'in-realm', 4],
  ['the solution of lost-update', lostUpdate, solutionFolder('lost-update'), 'in-realm', 2],
  ['the starter of dedupe', begun(dedupe), starterFolder('dedupe'), 'isolated', 2],
  ['the solution of dedupe', begun(dedupe), solutionFolder('dedupe'), 'isolated', 4],
])('%s', (_name, lab, folder, host, workers) => {
  it(
    `is judged the same by one thread and by ${workers}`,
    async () => {
      expect(await verdict(lab, folder, host, workers)).toBe(await verdict(lab, folder, host, 1));
    },
    10 * MINUTES,
  );
});

describe('Ctrl-C', () => {
  it(
    'ends all threads',
    async () => {
      const stop = new AbortController();
      const grading = gradeFiles(dedupe, filesIn(dedupe, solutionFolder('dedupe')), recordIo({ signal: stop.signal }), {
        workers: 3,
        onProgress: () => stop.abort(),
      });
      await expect(grading).rejects.toMatchObject({ name: 'Interrupted' });
    },
    10 * MINUTES,
  );
});

describe('the number of workers', () => {
  it.each([0, 33])('is not %i', async (workers) => {
    const io = recordIo();
    const { runCli } = await import('./run.ts');
    const words = ['grade', 'lost-update', '--from', solutionFolder('lost-update'), '--workers', `${workers}`];
    expect(await runCli(words, io)).toBe(2);
    expect(io.printed.err).toBe(`--workers needs a number from 1 to 32, and ${workers} is none.\n`);
  });
});
