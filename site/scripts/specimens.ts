/**
 * Runs that a page wants to show although nothing breaks in them: «the consumer crashes after the charge, and all ends well».
 *
 * The grader looks for the shortest run of a kind; a specimen says which kind. It grades nothing: a check that is broken by what
 * is looked for makes the grader bring it. Prints the counterexample as JSON: `node specimens.ts dedupe healed`.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Check, Lab } from '../../harness/course/lab.ts';
import { findLab } from '../../harness/course/labs.ts';
import { grade } from '../../harness/grader/grade.ts';
import type { Counterexample } from '../../harness/grader/result.ts';
import type { Trace } from '../../harness/simulator/trace.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface Specimen {
  readonly lab: string;
  readonly name: string;
  readonly scenario: string;
  /** What is to be seen in the run. */
  readonly headline: string;
  shows(trace: Trace): boolean;
}

/** By lab and name. All are runs of the lab's solution. */
export const SPECIMENS: readonly Specimen[] = [
  {
    lab: 'dedupe',
    name: 'healed',
    scenario: 'card-crash',
    headline: 'The consumer crashes after the charge, and order o-31 is charged once.',
    shows: isAbandoned,
  },
];

/** Whether the API finished a charge whose caller was dead by then. */
function isAbandoned(trace: Trace): boolean {
  return trace.some(({ event }) => event.kind === 'downstream-left' && event.abandoned);
}

/** The shortest run of this kind. Throws a sentence if there is none. */
export async function find(specimen: Specimen): Promise<Counterexample> {
  const lab = findLab(specimen.lab);
  if (lab === undefined) throw new Error(`There is no lab «${specimen.lab}».`);
  const files = new Map(
    lab.editable.map((path) => [path, readFileSync(join(ROOT, 'solutions', lab.slug, path), 'utf8')]),
  );
  const result = await grade({ lab: lookingFor(specimen, lab), files, host: 'isolated' });
  const found = result.checks.find(({ id }) => id === SPECIMEN)?.counterexample;
  if (found === undefined)
    throw new Error(`No run of ${lab.slug} shows this: ${specimen.headline} ${result.message ?? ''}`);
  return found;
}

const SPECIMEN = 'specimen';

/** The lab with one scenario, and one check that is broken by what is looked for. */
function lookingFor({ scenario, headline, shows }: Specimen, lab: Lab): Lab {
  const check: Check = {
    id: SPECIMEN,
    task: 1,
    title: headline,
    kind: 'invariant',
    scenario,
    points: 1,
    sees: 'trace',
    judge: ({ trace }) => (shows(trace) ? { headline, hintId: lab.hints[0]?.id ?? '' } : null),
  };
  const { templateChecks: _, ...rest } = lab;
  return { ...rest, scenarios: lab.scenarios.filter(({ name }) => name === scenario), checks: [check] };
}

if (process.argv[1] === import.meta.filename) {
  const [slug, name] = process.argv.slice(2);
  const specimen = SPECIMENS.find((known) => known.lab === slug && known.name === name);
  if (specimen === undefined) throw new Error(`There is no specimen «${slug} ${name}».`);
  process.stdout.write(`${JSON.stringify(await find(specimen))}\n`);
}
