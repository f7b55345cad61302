/**
 * Runs all mutations of some services: first the unchanged tests, then for each mutation the tests of its fact.
 */

import { applyMutation } from './apply.ts';
import { factsOfTest } from './facts.ts';
import type { Job, JobResult, TestEnd } from './job.ts';
import { neverFailed, type ServiceReport, untested, verdictOf } from './judge.ts';
import type { ServiceUnderTest } from './service-under-test.ts';
import { runJobs, type ThreadOptions } from './threads.ts';

/** Reports, in the order of the services. The same sources give the same reports. */
export async function runMutations(
  services: readonly ServiceUnderTest[],
  options: ThreadOptions,
): Promise<readonly ServiceReport[]> {
  const asTheyAre = await runJobs(
    services.map(({ testFiles }) => ({ testFiles, fact: null, changed: null })),
    options,
  );
  const plans = services.flatMap((service, at) => {
    const tests = testsOf(asTheyAre[at]);
    return service.mutations.map((mutation) => {
      const applied = applyMutation(service.folder, mutation);
      const testFiles = [
        ...new Set(
          tests.filter(({ name }) => factsOfTest(name).includes(mutation.fact)).map(({ testFile }) => testFile),
        ),
      ];
      const job: Job | null =
        applied.kind === 'applied' && testFiles.length > 0
          ? { testFiles, fact: mutation.fact, changed: applied.changed }
          : null;
      return { service, mutation, applied, job };
    });
  });
  const jobs = plans.flatMap(({ job }) => (job === null ? [] : [job]));
  const results = await runJobs(jobs, options);
  const resultOf = (job: Job | null): JobResult | null => (job === null ? null : (results[jobs.indexOf(job)] ?? null));

  return services.map((service, at) => {
    const own = plans.filter((plan) => plan.service === service);
    const tests = testsOf(asTheyAre[at]);
    return {
      service,
      tests,
      problem: problemOf(asTheyAre[at]),
      mutations: own.map(({ mutation, applied, job }) => ({
        mutation,
        line: applied.kind === 'applied' ? applied.line : null,
        verdict: verdictOf(mutation, applied, resultOf(job)),
      })),
      neverFailed: neverFailed(
        tests,
        own.map(({ job }) => resultOf(job)),
      ),
      untested: untested(service.modelled, tests),
    };
  });
}

function testsOf(result: JobResult | undefined): readonly TestEnd[] {
  return result?.kind === 'ran' ? result.tests : [];
}

function problemOf(result: JobResult | undefined): string | null {
  if (result === undefined || result.kind === 'ran') return null;
  return result.kind === 'never-ended' ? 'they do not come to an end' : result.problem;
}
