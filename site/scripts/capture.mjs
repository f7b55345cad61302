/**
 * Runs the real grader on the starter and on the solution of every lab, and keeps what it says for the pages to show.
 *
 * Written anew at every build, into a folder that git ignores and that is no source of the pages; a grader that fails ends the
 * build, so that no page shows yesterday's verdict. Who works on the pages alone sets RACEPROOF_CAPTURED=keep: then what was
 * captured last is shown again.
 */

import { spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { COMMANDS } from '../../harness/cli/run.ts';
import { labs } from '../../harness/course/labs.ts';

const SITE = join(import.meta.dirname, '..');
const ROOT = join(SITE, '..');
const MAIN = join(ROOT, 'harness', 'cli', 'main.ts');

const SCHEMA = 'raceproof-result/1';

/** Beside Astro's own generated files. */
export const CAPTURED = join(SITE, '.astro', 'captured');

/** What is graded, and which exit code it must have: the starter fails by a check, the solution passes. */
const CAPTURES = [
  { name: 'starter', from: (slug) => `harness/course/${slug}/starter`, exitCode: 1 },
  { name: 'solution', from: (slug) => `solutions/${slug}`, exitCode: 0 },
];

/** Captures every verdict that pages show. Throws a sentence when one can't be had. */
export async function capture(say) {
  if (process.env.RACEPROOF_CAPTURED === 'keep') return say('the verdicts of the last capture are shown again');
  await rm(CAPTURED, { recursive: true, force: true });
  await mkdir(CAPTURED, { recursive: true });
  for (const { slug } of labs) {
    say(`grading the starter and the solution of ${slug}`);
    // Both at once: a child each, and most machines have two cores.
    await Promise.all(CAPTURES.map((wanted) => captureOne(slug, wanted)));
  }
  await writeFile(join(CAPTURED, 'commands.json'), await helpTexts());
  for (const { slug, specimens = [] } of labs) {
    for (const { name, headline } of specimens) {
      say(`looking for a run of ${slug}: ${headline}`);
      await keep(slug, name, await run([join(SITE, 'scripts', 'specimens.ts'), slug, name], 0));
    }
  }
}

/** What `--help` says of each command. */
async function helpTexts() {
  const texts = await Promise.all(
    COMMANDS.map(async ({ name, says }) => ({ name, says, help: await run([MAIN, name, '--help'], 0) })),
  );
  return JSON.stringify(texts);
}

async function captureOne(lab, { name, from, exitCode }) {
  const json = await run([MAIN, 'grade', lab, '--from', from(lab), '--skip-types', '--json'], exitCode);
  const { schema } = JSON.parse(json);
  if (schema !== SCHEMA) throw new Error(`The grader answered in the schema «${schema}»; the pages read ${SCHEMA}.`);
  await keep(lab, name, json);
}

function keep(lab, name, json) {
  return writeFile(join(CAPTURED, `${lab}.${name}.json`), json);
}

function run(args, expected) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { cwd: ROOT });
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
      const [script, ...rest] = args;
      const command = `${relative(ROOT, script)} ${rest.join(' ')}`;
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
