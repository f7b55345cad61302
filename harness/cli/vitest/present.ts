/**
 * Shows a finished result through vitest, for editors and CI systems that know vitest's output.
 *
 * Root, configuration and files are the harness's own: no config file, package.json or environment of a learner's folder has
 * any effect. The caller has already decided the exit code, and vitest's is ignored.
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { LabResult } from '../../grader/result.ts';

/** True if vitest ran; false if it could not be started, which does not change the verdict. */
export async function presentThroughVitest(result: LabResult, color: boolean): Promise<boolean> {
  // vitest reads it when it is loaded, not when it starts.
  if (!color) process.env.NO_COLOR ??= '1';
  const folder = await mkdtemp(join(tmpdir(), 'raceproof-'));
  const exitCode = process.exitCode;
  try {
    const path = join(folder, 'result.json');
    await writeFile(path, JSON.stringify(result));
    const { startVitest, VerboseReporter } = await import('vitest/node');
    /** Omits the list of failures at the end, because the report above has shown them already. */
    class VerdictReporter extends VerboseReporter {
      override reportSummary(
        ...[files, errors]: Parameters<InstanceType<typeof VerboseReporter>['reportSummary']>
      ): void {
        if (errors.length > 0) super.reportSummary(files, errors);
        else this.reportTestSummary(files, errors, 0);
      }
    }
    const vitest = await startVitest(
      'test',
      [],
      {
        config: false,
        root: import.meta.dirname,
        include: ['verdict.ts'],
        watch: false,
        pool: 'threads',
        isolate: false,
        maxWorkers: 1,
        cache: false,
        ui: false,
        coverage: { enabled: false },
        reporters: [new VerdictReporter()],
        provide: { raceproofResult: path },
      },
      { cacheDir: folder, envDir: false, publicDir: false, logLevel: 'error' },
    );
    await vitest.close();
    return true;
  } catch {
    return false;
  } finally {
    process.exitCode = exitCode;
    await rm(folder, { recursive: true, force: true });
  }
}
