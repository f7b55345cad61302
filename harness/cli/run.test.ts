import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabResult } from '../grader/result.ts';
import { HARNESS_VERSION } from '../version.ts';
import { cloneRoot } from './clone.ts';
import { recordIo } from './fixtures.ts';
import { COMMANDS, runCli } from './run.ts';

const SCHEMA: object = JSON.parse(readFileSync(new URL('../grader/result.schema.json', import.meta.url), 'utf8'));
const STARTER = 'harness/course/lost-update/starter';

async function run(...words: readonly string[]) {
  const io = recordIo({ cwd: cloneRoot() });
  const code = await runCli(words, io);
  return { code, ...io.printed };
}

describe('a command line that can’t be understood', () => {
  it.each([
    [['tset'], 'raceproof has no command «tset». Did you mean test?'],
    [['frobnicate'], 'raceproof has no command «frobnicate». There are: learn, test, hint,'],
    [['--verison'], 'raceproof has no option --verison. Did you mean --version?'],
    [['test'], 'raceproof test needs a lab: npx --no raceproof test <lab>'],
    [['test', 'lost-updat'], 'There is no lab «lost-updat». Did you mean lost-update?'],
    [
      ['test', 'semaphore'],
      'There is no lab «semaphore». There are: lost-update, thread-pool, dedupe, kinesis-ordering, fifo-fan-out.',
    ],
    [['test', '__proto__'], 'There is no lab «__proto__».'],
    [['test', 'lost-update', 'now'], 'raceproof test does not know what to do with «now»'],
    [['test', 'lost-update', '--target'], '--target needs a value: simulator'],
    [
      ['test', 'lost-update', '--target', 'aws'],
      'The target aws is not there yet. Run «npm test -w labs/lost-update» without --target',
    ],
    [['test', 'lost-update', '--target', 'simulater'], 'There is no target «simulater». Did you mean simulator?'],
    [['grade', 'lost-update'], 'Say which folder to grade: npx --no raceproof grade <lab> --from <folder>'],
    [['grade', 'lost-update', '--form', 'x'], 'raceproof grade has no option --form. Did you mean --from?'],
    [['grade', 'lost-update', '--json=yes'], '--json takes no value; leave out «yes».'],
    [['grade', 'lost-update', '--seed', 'x'], '--seed needs a whole number, and «x» is none.'],
    [['test', 'lost-update', '--for', '60'], '--for needs a time such as 60s, 5m or 1h, and «60» is none.'],
    [['test', 'lost-update', '--for', '0s'], '--for needs a time such as 60s, 5m or 1h, and «0s» is none.'],
    [['test', 'lost-update', '--samples', '0'], '--samples is a number from 1 to 1,000,000,000.'],
    [['test', 'lost-update', '--schedules', '0'], '--schedules is a number from 1 to 1,000,000,000.'],
    [['test', 'lost-update', '--seed', '4294967296'], '--seed is a number from 0 to 4,294,967,295.'],
    [
      ['test', 'lost-update', '--samples', '9', '--for', '9s'],
      '--samples and --for both say when to stop sampling; give one of them.',
    ],
    [
      ['test', 'lost-update', '--target', 'localstack', '--for', '9s'],
      '--for has no meaning here: real time runs a scenario as often as --runs says.',
    ],
    [
      ['grade', 'lost-update', '--from', 'x', '--quick', '--schedules', '9'],
      '--schedules has no meaning here: --quick has its own numbers.',
    ],
    [
      ['grade', 'lost-update', '--from', 'x', '--task', '1'],
      '--task has no meaning without --quick: a verdict is on all tasks.',
    ],
    [['grade', 'dedupe', '--from', 'x', '--quick', '--task', '4'], '--task needs a number from 1 to 3, and 4 is none.'],
    [['grade', 'lost-update', '--from', 'no/such/folder'], 'There is no folder no/such/folder.'],
    [['hint', 'lost-update', '--tier', '4'], 'There are three hints'],
    [['replay', 'nonsense'], '«nonsense» is not a replay token'],
    [['replay', 'semaphore@1.twice.00000000.0'], 'This token is of a lab «semaphore», which is not here.'],
    [
      ['replay', 'lost-update@9.three-at-once.00000000.0'],
      'This token was made by version 9 of the lab lost-update; you have version 2.',
    ],
    [['trace', 'lost-update@2.four-at-once.00000000.0'], 'The lab lost-update has no scenario «four-at-once».'],
    [
      ['trace', 'lost-update@2.three-at-once.00000000.0', '--json', '--perfetto'],
      '--json and --perfetto are two forms of the same; choose one.',
    ],
    [['diff'], 'raceproof diff needs a lab: npx --no raceproof diff <lab>'],
    [['reset', 'lostupdate', '--yes'], 'There is no lab «lostupdate». Did you mean lost-update?'],
    [['reset', 'lost-update', '--yse'], 'raceproof reset has no option --yse. Did you mean --yes?'],
    [['update', 'nothing'], 'There is no lab «nothing».'],
    [['learn', 'nothing'], 'There is no lab «nothing».'],
    [['serve', '--port', '70000'], '--port needs a number up to 65535, not 70000.'],
  ])('%j is answered with one sentence and exit code 2', async (words, sentence) => {
    const { code, out, err } = await run(...words);
    expect(err).toContain(sentence);
    expect(err.trimEnd()).not.toContain('\n');
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('help', () => {
  it('lists every command', async () => {
    const { code, out } = await run('--help');
    for (const { name, says } of COMMANDS) expect(out).toMatch(new RegExp(`^ {2}${name} +${says}$`, 'm'));
    expect(code).toBe(0);
  });

  it('is printed for an empty command line, too', async () => {
    expect((await run()).out).toBe((await run('--help')).out);
  });

  it.each(COMMANDS.map(({ name }) => name))('lists the arguments of %s', async (name) => {
    const { code, out } = await run(name, '--help');
    expect(out).toContain(`npx --no raceproof ${name}`);
    expect(code).toBe(0);
  });

  it('--version prints only the version', async () => {
    expect(await run('--version')).toEqual({ code: 0, out: `${HARNESS_VERSION}\n`, err: '' });
  });

  it('list says how to run each lab', async () => {
    expect((await run('list')).out).toContain('npm test -w labs/lost-update');
  });
});

describe('grade', () => {
  let empty = '';
  beforeAll(async () => {
    empty = await mkdtemp(join(tmpdir(), 'raceproof-test-'));
  });
  afterAll(() => rm(empty, { recursive: true }));

  it('passes the solution, and prints the result as JSON', async () => {
    const { code, out } = await run('grade', 'lost-update', '--from', 'solutions/lost-update', '--json', '--in-realm');
    const result = JSON.parse(out) as LabResult;
    expect(result).toMatchObject({
      schema: 'raceproof-result/1',
      lab: 'lost-update',
      outcome: 'pass',
      host: 'in-realm',
    });
    expect(result.checks.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'pass'));
    expect(code).toBe(0);
  });

  it.each([
    ['a folder that is not there', ['lost-update', '--from', 'no/such/folder', '--json'], 'There is no folder'],
    ['a lab that is not there', ['lost-updat', '--from', '.', '--json'], 'There is no lab «lost-updat»'],
    ['an option that is misspelt', ['lost-update', '--form', 'x', '--json'], 'raceproof grade has no option --form'],
    [
      'a report of no known format',
      ['lost-update', '--from', '.', '--report', 'a.txt', '--json'],
      '--report writes JUnit',
    ],
  ])('prints a result as JSON for %s, too', async (_, words, message) => {
    const { code, out, err } = await run('grade', ...words);
    const result = JSON.parse(out) as LabResult;
    expect(result).toMatchObject({ outcome: 'ungraded', checks: [], tasks: [], lab: words[0] });
    expect(result.message).toContain(message);
    expect(err).toContain(message);
    expect(new Ajv().validate(SCHEMA, result)).toBe(true);
    expect(code).toBe(2);
  });

  it('prints nothing on standard output of an error where no JSON is asked for', async () =>
    expect((await run('grade', 'lost-update', '--from', 'no/such/folder')).out).toBe(''));

  it('blames a missing file on the submission, not on the machine', async () => {
    const { code, out } = await run('grade', 'lost-update', '--from', empty);
    expect(out).toContain('lost-update · could not be run');
    expect(out).toContain('template.yaml is missing.');
    expect(code).toBe(1);
  });
});

describe('replay', () => {
  const TOKEN = 'lost-update@2.three-at-once.00000000.6_1';

  it('shows a run that breaks a check, and says that the code differs from the token’s', async () => {
    const { code, out } = await run('replay', TOKEN, '--from', STARTER);
    expect(out.split('\n')[0]).toBe('✗ lost-update@2 · three-at-once · broken under this schedule');
    expect(out).toContain('3 bumps were answered, but the counter says');
    expect(out).toContain('table Counters');
    expect(out).toContain('Your code has changed since this token was printed');
    expect(code).toBe(1);
  });

  it('ends well if nothing is broken', async () => {
    const { code, out } = await run(
      'replay',
      'lost-update@2.three-at-once.00000000.0',
      '--from',
      'solutions/lost-update',
    );
    expect(out.split('\n')[0]).toBe('✓ lost-update@2 · three-at-once · holds under this schedule');
    expect(code).toBe(0);
  });
});

describe('trace', () => {
  const run1 = ['trace', 'lost-update@2.three-at-once.00000000.6_1', '--from', STARTER];

  it('prints every event, one a line, or as JSON', async () => {
    const text = await run(...run1);
    const json = JSON.parse((await run(...run1, '--json')).out) as readonly unknown[];
    expect(text.out.trimEnd().split('\n')).toHaveLength(json.length);
    expect(text.out).not.toContain('…');
    expect(text.code).toBe(0);
  });

  it('prints the format that ui.perfetto.dev opens', async () => {
    const { code, out } = await run(...run1, '--perfetto');
    const { traceEvents } = JSON.parse(out) as { traceEvents: { ph: string; name: string }[] };
    expect(traceEvents.filter(({ ph, name }) => ph === 'X' && name === 'PutItem')).toHaveLength(3);
    expect(code).toBe(0);
  });
});
