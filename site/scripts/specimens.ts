/**
 * Finds the runs that a lab wants to show beside those that break its starter: «the consumer crashes after the charge, and all ends well».
 *
 * Which they are says the lab (`specimens` in its definition). The grader looks for the shortest run of a kind; it grades nothing here:
 * a check that is broken by what is looked for makes the grader bring it. Prints the counterexample as JSON: `node specimens.ts dedupe healed`.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { CourseLab, Specimen } from '../../harness/course/kit/definition.ts';
import type { Check, Lab } from '../../harness/course/lab.ts';
import { findLab } from '../../harness/course/labs.ts';
import { grade } from '../../harness/grader/grade.ts';
import type { Counterexample } from '../../harness/grader/result.ts';
import { NODE } from '../../harness/node/platform.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** The shortest run of this kind, of the lab's solution or of a wrong fix. Throws a sentence if there is none. */
export async function find(lab: CourseLab, specimen: Specimen): Promise<Counterexample> {
  const files = new Map(lab.editable.map((path) => [path, readFileSync(placeOf(lab, specimen, path), 'utf8')]));
  const result = await grade({ platform: NODE, lab: lookingFor(specimen, lab), files, host: 'isolated' });
  const found = result.checks.find(({ id }) => id === SPECIMEN)?.counterexample;
  if (found === undefined)
    throw new Error(`No run of ${lab.slug} shows this: ${specimen.headline} ${result.message ?? ''}`);
  return found;
}

/** A mutant has the files in which it differs from the solution. */
function placeOf({ slug }: CourseLab, { mutant }: Specimen, path: string): string {
  const own = join(ROOT, 'harness', 'course', slug, 'mutants', mutant ?? '', path);
  return mutant !== undefined && existsSync(own) ? own : join(ROOT, 'solutions', slug, path);
}

const SPECIMEN = 'specimen';

/** The lab with one scenario, and one check that is broken by what is looked for. */
function lookingFor({ scenario, headline, shows }: Specimen, lab: CourseLab): Lab {
  const check: Check = {
    id: SPECIMEN,
    task: 1,
    title: headline,
    kind: 'invariant',
    scenario: scenario.name,
    points: 1,
    sees: 'trace',
    judge: ({ trace }) => (shows(trace) ? { headline, hintId: lab.hints[0]?.id ?? '' } : null),
  };
  const { templateChecks: _, ...rest } = lab;
  return { ...rest, scenarios: lab.scenarios.filter(({ name }) => name === scenario.name), checks: [check] };
}

if (process.argv[1] === import.meta.filename) {
  const [slug = '', name] = process.argv.slice(2);
  const lab = findLab(slug);
  const specimen = lab?.specimens?.find((known) => known.name === name);
  if (lab === undefined || specimen === undefined) throw new Error(`There is no specimen «${slug} ${name}».`);
  process.stdout.write(`${JSON.stringify(await find(lab, specimen))}\n`);
}
