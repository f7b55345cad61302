/**
 * `npm run mutations`: proves that each test named after a fact can tell a service that keeps the fact from one that doesn't.
 *
 * `npm run mutations -- sqs lambda` runs only those services. Exit code 1 if a mutation is not caught.
 */

import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { complaintsOf, counted, mutationTable } from './report.ts';
import { runMutations } from './run.ts';
import { readServices } from './service-under-test.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const SERVICES = join(ROOT, 'harness', 'simulator', 'services');

/** A generous limit: a mutated service answers in milliseconds, or never. */
const TIME_LIMIT_MS = 120_000;
/** Every thread loads the harness repeatedly, so more threads cost too much memory. */
const MAX_THREADS = 4;

async function main(wanted: readonly string[]): Promise<number> {
  const all = await readServices(SERVICES);
  const unknown = wanted.find((name) => !all.some((service) => service.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`«${unknown}» is no service. There are: ${all.map(({ name }) => name).join(', ')}.\n`);
    return 2;
  }
  const services = all.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const reports = await runMutations(services, {
    threads: Math.min(MAX_THREADS, availableParallelism()),
    timeLimitMs: TIME_LIMIT_MS,
  });
  const complaints = reports.flatMap((report) => complaintsOf(report, ROOT));
  const mutations = counted(reports.flatMap((report) => report.mutations).length, 'mutation');
  const tests = counted(reports.flatMap((report) => report.tests).length, 'test');
  const summary =
    complaints.length === 0
      ? `${mutations} applied one at a time, all caught; each of ${tests} named after a fact failed under one of them.`
      : [
          `${mutations}, ${tests} named after facts. What is to be done:`,
          ...complaints.map((text) => `  ${text}`),
        ].join('\n');
  process.stdout.write(`${[...reports.map(mutationTable), summary].join('\n\n')}\n`);
  return complaints.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
