/**
 * `node site/test/printed-commands.ts <clone>`: types every command that a page prints, in a clone of the course.
 *
 * The pages are those that the clone builds when it is started. A page that prints a command which this doesn't know fails, so that none
 * is printed that nobody has typed. It looks at exit codes; what a command does is tested where it is made.
 */

import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

/** How a command ends, or what shows that one that doesn't end has begun, or who else types it. */
type Expected = { readonly ends: readonly number[] } | { readonly begins: RegExp } | { readonly elsewhere: string };

const EXPECTED: readonly (readonly [RegExp, Expected])[] = [
  // A lab is graded as it is given out, or solved: neither is a matter of the command.
  [/^npm test -w labs\/[a-z-]+( -- --fresh| -- --samples 50| -- --all)?$/, { ends: [0, 1] }],
  // Without a LocalStack and without Docker it says what to start; with one it takes minutes, and has tests of its own.
  [/^npm test -w labs\/[a-z-]+ -- --target localstack$/, { begins: /LocalStack/ }],
  [/^npx --no raceproof hint [a-z-]+$/, { ends: [0] }],
  [/^npx --no raceproof diff [a-z-]+$/, { ends: [0] }],
  [/^npx --no raceproof grade [a-z-]+ --from labs\/[a-z-]+ --json$/, { ends: [0, 1] }],
  // There is nothing to put back, or nobody to ask.
  [/^npx --no raceproof reset [a-z-]+$/, { ends: [0, 2] }],
  [/^npx --no raceproof update --pull$/, { ends: [0] }],
  [/^npm run learn$/, { begins: /lab/ }],
  [/^npm start$/, { begins: /The pages are built\./ }],
  [/^git diff --no-index labs\/[a-z-]+\/src solutions\/[a-z-]+\/src$/, { ends: [0, 1] }],
  [/^docker compose /, { elsewhere: 'docker-compose.yml is tried where there is Docker' }],
];

const PATIENCE_MS = 600_000;

async function printedCommands(clone: string): Promise<readonly string[]> {
  const dist = join(clone, 'site', 'dist');
  const pages = (await readdir(dist, { recursive: true })).filter((path) => path.endsWith('.html'));
  const texts = await Promise.all(pages.map((path) => readFile(join(dist, path), 'utf8')));
  const found = texts.flatMap((html) => [
    ...html.matchAll(/<copy-command[^>]*>\s*<pre class="command">([^<]*)<\/pre>/g),
  ]);
  return [...new Set(found.map(([, command = '']) => command.trim()))].sort();
}

/** Types it; resolves to what is wrong, or to null. */
function type(
  command: string,
  expected: Exclude<Expected, { readonly elsewhere: string }>,
  clone: string,
): Promise<string | null> {
  const [program = '', ...args] = command.split(' ');
  return new Promise((resolve) => {
    // A group of its own, so that what it starts ends with it.
    const child = spawn(program, args, { cwd: clone, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = (): void => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    };
    const timer = setTimeout(() => {
      stop();
      resolve(`did not ${'ends' in expected ? 'end' : 'begin'} within ${PATIENCE_MS / 1_000} s. ${said.slice(-400)}`);
    }, PATIENCE_MS);
    let said = '';
    let begun = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (!begun && 'begins' in expected && expected.begins.test(said)) {
          begun = true;
          stop();
        }
      });
    }
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => {
      clearTimeout(timer);
      const isRight = 'ends' in expected ? expected.ends.includes(code ?? -1) : begun;
      resolve(isRight ? null : `ended with ${code}. ${said.slice(-800)}`);
    });
  });
}

/** What builds the pages, and so is typed first. */
const START = 'npm start';

async function main(clone: string): Promise<void> {
  await tryCommand(START, clone);
  const commands = await printedCommands(clone);
  if (!commands.includes(START))
    throw new Error(`No page prints «${START}». The pages that were built: ${clone}/site/dist`);
  for (const command of commands) if (command !== START) await tryCommand(command, clone);
}

async function tryCommand(command: string, clone: string): Promise<void> {
  const expected = EXPECTED.find(([pattern]) => pattern.test(command))?.[1];
  const wrong =
    expected === undefined
      ? 'is printed on a page, and nobody types it here'
      : 'elsewhere' in expected
        ? null
        : await type(command, expected, clone);
  const note = expected !== undefined && 'elsewhere' in expected ? ` (${expected.elsewhere})` : '';
  console.log(wrong === null ? `✓ ${command}${note}` : `✗ ${command}\n    ${wrong}`);
  if (wrong !== null) process.exitCode = 1;
}

const [clone] = process.argv.slice(2);
if (clone === undefined) throw new Error('Say in which clone the commands are to be typed.');
await main(clone);
