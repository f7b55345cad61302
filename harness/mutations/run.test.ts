/**
 * The mutation runner, on a kettle whose list of mutations has every possible fault.
 *
 * It uses real threads; a short time limit ends the endless mutations.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { factsModelled } from './facts.ts';
import { isCaught, type ServiceReport } from './judge.ts';
import { complaintsOf, mutationTable } from './report.ts';
import { runMutations } from './run.ts';
import { readService } from './service-under-test.ts';

const FOLDER = join(import.meta.dirname, 'fixtures', 'kettle');
const SOURCE = join(FOLDER, 'kettle.ts');
const before = readFileSync(SOURCE, 'utf8');

let report: ServiceReport;
let complaints: readonly string[];

beforeAll(async () => {
  [report] = (await runMutations([await readService(FOLDER)], { threads: 2, timeLimitMs: 15_000 })) as [ServiceReport];
  complaints = complaintsOf(report, import.meta.dirname);
});

function complaintAbout(name: string): string {
  const about = complaints.filter((complaint) => complaint.includes(`«${name}»`));
  expect(about).toHaveLength(1);
  return about[0] ?? '';
}

const verdictOn = (name: string) => report.mutations.find(({ mutation }) => mutation.name === name)?.verdict;

describe('a mutation', () => {
  it('is caught if an assertion of a test named after its fact fails', () => {
    expect(verdictOn('warms by five degrees')).toEqual({ kind: 'caught', by: 2, of: 3 });
  });

  it('that never ends is caught only if it is marked as endless', () => {
    expect(verdictOn('never switches itself off')).toEqual({ kind: 'caught-by-time' });
    expect(complaintAbout('never switches itself off, unmarked')).toContain(
      '(fixtures/kettle/kettle.ts:20) never ends, or fills memory. Write one that ends, or mark it «endless: true»',
    );
    expect(complaintAbout('begins at 30 degrees')).toContain('is marked as endless, and it ends. Take the mark away');
  });

  it('that no test notices survives, and is reported with fact, file, line and what to do', () => {
    expect(complaintAbout('boils at 200 degrees')).toBe(
      'ZZ-03 «boils at 200 degrees» (fixtures/kettle/kettle.ts:10) survives: the test of ZZ-03 passes. Assert what the mutation changes, or write one that breaks the fact.',
    );
  });

  it('that stops a test before it asserts anything is not caught', () => {
    expect(complaintAbout('is off from the beginning')).toContain(
      'stops its tests, but no assertion fails: Error: the kettle is off. Assert it with expect(…)',
    );
  });

  it('whose text is not found exactly once does not apply', () => {
    expect(complaintAbout('is off twice')).toContain('does not apply: its text was found 5 times, and must be found');
    expect(complaintAbout('cools down')).toContain(
      '(fixtures/kettle/kettle.ts) does not apply: its text was found nowhere',
    );
    expect(complaintAbout('loses its lid')).toContain(
      'there is no such file. Correct the path in fixtures/kettle/mutations.ts',
    );
  });

  it('that is no program is not caught', () => {
    expect(complaintAbout('is no program')).toMatch(/kettle\.ts:31\) does not load: .+\. Replace it in/);
  });

  it('is reported if no test is named after its fact', () => {
    expect(complaintAbout('whistles')).toContain(
      'has no test: none of this service is named after ZZ-06. Write «ZZ-06 …»',
    );
  });

  it('is never written to the working tree', () => {
    expect(readFileSync(SOURCE, 'utf8')).toBe(before);
  });
});

describe('a test named after a fact', () => {
  it('is reported if it fails under no mutation', () => {
    expect(complaintAbout('ZZ-03 never gets hotter than boiling water')).toContain(
      'fixtures/kettle/kettle.test.ts «ZZ-03 never gets hotter than boiling water» fails under no mutation. Add one to fixtures/kettle/mutations.ts',
    );
  });

  it('counts once, whatever the number of its rows, and for each fact that it begins with', () => {
    expect(report.tests.map(({ name }) => name)).toEqual([
      'ZZ-01 gets ten degrees warmer each of 1 times',
      'ZZ-01 gets ten degrees warmer each of 2 times',
      'ZZ-02 boils after eight times',
      'ZZ-03 never gets hotter than boiling water',
      'ZZ-01 ZZ-04 says how warm it is',
    ]);
    expect(complaints.filter((complaint) => complaint.includes('ZZ-01 gets'))).toEqual([]);
  });
});

describe('a fact', () => {
  it('is modelled if a README names it in its table’s first column, or in the text beside it', () => {
    const table = '| fact | what |\n|---|---|\n| ZZ-01 ZZ-02 | not ZZ-08 |\n';
    const readme = `# A\n\nZZ-09\n\n## What is modelled\n\n${table}\nAnd ZZ-03.\n\n## Refused by name\n\nZZ-07\n`;
    expect(factsModelled(readme)).toEqual(['ZZ-01', 'ZZ-02', 'ZZ-03']);
    expect(factsModelled('# A\n')).toEqual([]);
  });

  it('must be named by the README of a service that has tests of facts', () => {
    const silent = { ...report, service: { ...report.service, modelled: [] }, untested: [] };
    expect(complaintsOf(silent, import.meta.dirname).at(-1)).toContain(
      'fixtures/kettle/README.md names no fact under «What is modelled»',
    );
  });

  it('that a README lists as modelled needs a test', () => {
    expect(complaints.at(-1)).toBe(
      'fixtures/kettle/README.md says that ZZ-05 is modelled, and no test of this service is named after it. Write «ZZ-05 …» and a mutation, or take it out of «What is modelled».',
    );
  });
});

describe('the report', () => {
  it('has exactly one complaint for everything that is wrong', () => {
    const uncaught = report.mutations.filter(({ verdict }) => !isCaught(verdict));
    expect(uncaught).toHaveLength(9);
    expect(complaints).toHaveLength(uncaught.length + report.neverFailed.length + report.untested.length);
  });

  it('shows every mutation in a table', () => {
    const table = mutationTable(report).split('\n');
    expect(table[0]).toBe('kettle: 11 mutations, 5 tests');
    expect(table[1]).toMatch(/^ {2}ZZ-01 {2}warms by five degrees +kettle\.ts:19 +caught by 2 of 3 tests$/);
    expect(table[5]).toMatch(/^ {2}ZZ-03 {2}boils at 200 degrees +kettle\.ts:10 +NOT CAUGHT$/);
  });
});
