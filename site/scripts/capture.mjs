/**
 * Runs the real grader on the starter and on the solution, and keeps what it says for the pages to show.
 *
 * Written anew at every build, into a folder that git ignores and that is no source of the pages; a grader that fails ends the
 * build, so that no page shows yesterday's verdict.
 */

import { spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const SITE = join(import.meta.dirname, '..');
const ROOT = join(SITE, '..');
const MAIN = join(ROOT, 'harness', 'cli', 'main.ts');

const SCHEMA = 'raceproof-result/1';

/** Beside Astro's own generated files. */
export const CAPTURED = join(SITE, '.astro', 'captured');

/** What is graded, and which exit code it must have: the starter fails by a check, the solution passes. */
const CAPTURES = [
  { lab: 'lost-update', name: 'starter', from: 'harness/course/lost-update/starter', exitCode: 1 },
  { lab: 'lost-update', name: 'solution', from: 'solutions/lost-update', exitCode: 0 },
];

/** Captures every verdict that pages show. Throws a sentence when one can't be had. */
export async function capture(say) {
  await rm(CAPTURED, { recursive: true, force: true });
  await mkdir(CAPTURED, { recursive: true });
  for (const { lab, name, from, exitCode } of CAPTURES) {
    say(`grading ${from}`);
    const json = await runGrader(['grade', lab, '--from', from, '--json'], exitCode);
    const { schema } = JSON.parse(json);
    if (schema !== SCHEMA) throw new Error(`The grader answered in the schema «${schema}»; the pages read ${SCHEMA}.`);
    await writeFile(join(CAPTURED, `${lab}.${name}.json`), json);
  }
}

function runGrader(args, expected) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], { cwd: ROOT });
    let out = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      complaint = `${complaint}${text}`.slice(-2_000);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === expected) return resolve(out);
      const command = `raceproof ${args.join(' ')}`;
      const said = (complaint.trim() || out.trim()).slice(-2_000);
      reject(
        new Error(`«${command}» ended with ${code}, not ${expected}: the pages would show a wrong verdict.\n${said}`),
      );
    });
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await capture((line) => console.error(line));
  console.error(`written to ${relative(process.cwd(), CAPTURED)}`);
}
