/**
 * A thread that runs tests on a changed text, one job after another. It does not decide whether a mutation was noticed.
 */

import { parentPort } from 'node:worker_threads';
// Properties draw what they draw in the project's own tests, so that a mutation is noticed in every run or in none.
import '../seed-of-properties.ts';
import { factsOfTest } from './facts.ts';
import { FreshModules } from './fresh-modules.ts';
import type { Job, JobResult, TestEnd } from './job.ts';
import { type CollectedTest, collectedTests, runTest, startCollecting } from './test-api.ts';

const modules = new FreshModules();

parentPort?.on('message', async (job: Job) => parentPort?.postMessage(await work(job)));

async function work({ testFiles, fact, changed }: Job): Promise<JobResult> {
  modules.begin(changed);
  const tests: TestEnd[] = [];
  for (const testFile of testFiles) {
    startCollecting();
    try {
      await modules.load(testFile);
    } catch (error) {
      return { kind: 'not-loaded', problem: firstLine(error) };
    }
    for (const test of collectedTests()) {
      const facts = factsOfTest(test.name);
      if (fact === null ? facts.length > 0 : facts.includes(fact)) tests.push({ testFile, ...(await endOf(test)) });
    }
  }
  return { kind: 'ran', tests };
}

async function endOf(test: CollectedTest): Promise<Omit<TestEnd, 'testFile'>> {
  const { name, title } = test;
  try {
    await runTest(test);
    return { name, title, end: 'passed', message: '' };
  } catch (error) {
    return { name, title, end: isAssertion(error) ? 'assertion-failed' : 'threw', message: firstLine(error) };
  }
}

/** fast-check wraps the error that a property threw. Then the assertion is the cause. */
function isAssertion(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'AssertionError' || isAssertion(error.cause);
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.split('\n', 1)[0] ?? '';
}
