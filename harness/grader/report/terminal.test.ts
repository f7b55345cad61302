import { describe, expect, it } from 'vitest';
import { drawTrace } from '../draw/terminal.ts';
import {
  BOUNDED,
  DOES_NOT_LOAD,
  FAILING,
  HARNESS_ERROR,
  PASSING,
  SAMPLED,
  TOKEN,
  UNGRADED,
} from '../fixtures/lab-result.ts';
import { lostUpdateTrace } from '../fixtures/trace-writer.ts';
import type { LabResult } from '../result.ts';
import { reportAsJson } from './json.ts';
import { PLAIN_PAGE } from './page.ts';
import { reportForTerminal } from './terminal.ts';

const report = (result: LabResult, columns = 80) => reportForTerminal(result, { ...PLAIN_PAGE, columns });
const ESCAPE = String.fromCharCode(27);

describe('a pass', () => {
  it('says how much was explored, one line per check', () => {
    expect(report(PASSING)).toBe(
      [
        '✓ task 1 · every bump counts             holds in every order: 1,680 explored',
        '✓ task 1 · every visitor gets a number   holds in every order: 1,680 explored',
        '✓ task 1 · invocations overlapped        seen among 1,680 schedules',
        '',
        'lost-update · 5 of 5 points · 840 ms',
        '',
      ].join('\n'),
    );
  });

  it('names the lab on every line where there is room', () => {
    expect(report(PASSING, 100).split('\n')[0]).toBe(
      '✓ lost-update · task 1 · every bump counts             holds in every order: 1,680 explored',
    );
  });

  it('gives the numbers a line of their own where there is little room', () => {
    expect(report(PASSING, 50).split('\n').slice(0, 2)).toEqual([
      '✓ task 1 · every bump counts',
      '    holds in every order: 1,680 explored',
    ]);
  });
});

describe('what was not explored again', () => {
  const explored = { mode: 'exhaustive', explored: 1680, failing: 0, cached: true } as const;
  const [first, ...others] = PASSING.checks;
  const partly =
    first === undefined ? PASSING : { ...PASSING, checks: [{ ...first, exploration: explored }, ...others] };

  it('is told by each check, with how to have it explored', () => {
    const lines = report(partly).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      '✓ task 1 · every bump counts',
      '    holds in every order: 1,680 explored · unchanged',
      '✓ task 1 · every visitor gets a number',
      '    holds in every order: 1,680 explored',
    ]);
    expect(lines.slice(7, 9).join(' ')).toBe(
      'Explored before on this machine, and unchanged in all that it depends on: 1 of 3 checks. Explore again: npm test -w labs/lost-update -- --fresh',
    );
  });
});

describe('a failure', () => {
  it('answers on the first line whether it held', () => {
    expect(report(FAILING).split('\n')[0]).toBe('✗ lost-update · task 1 · every bump counts');
  });

  it('tells what happened, draws it, says why, then what to do', () => {
    const drawing = drawTrace(lostUpdateTrace(), { columns: 78, color: false }).map((line) => `  ${line}`.trimEnd());
    expect(report(FAILING)).toBe(
      [
        '✗ lost-update · task 1 · every bump counts',
        '',
        '  2 bumps were answered, but the counter says 1: 1 bump is lost.',
        '  It takes no fault. This is the shortest of the 1,512 failing schedules.',
        '',
        ...drawing,
        '',
        '  bump#2 found no item at step 4, before bump#1 wrote bumps = 1 at step 5.',
        '',
        '  src/bump.ts:30  const { Item } = await documents.send(new ddb.GetCommand({ Ta…',
        `  replay   npx --no raceproof replay ${TOKEN}`,
        `  see it   http://127.0.0.1:4321/labs/lost-update/?trace=${TOKEN}`,
        '  hint     npx --no raceproof hint lost-update',
        '',
        '✓ task 1 · every visitor gets a number   holds in every order: 1,680 explored',
        '✓ task 1 · invocations overlapped        seen among 1,680 schedules',
        '',
        'lost-update · 2 of 5 points · 840 ms',
        '',
      ].join('\n'),
    );
  });

  it('shows one failure in full and the others in a line and a command', () => {
    const [first] = FAILING.checks;
    const second = { ...FAILING, checks: [first, { ...first, id: 'other', title: 'other' }] } as LabResult;
    const text = report(second);
    expect(text).toContain('✗ lost-update · task 1 · other   broken in 1,512 of 1,680 schedules');
    expect(text.split('the shortest of').length).toBe(2);
    expect(text.split(`replay ${TOKEN}`).length).toBe(3);
  });
});

describe('a failure of which one schedule of each kind was run', () => {
  const explored = { mode: 'exhaustive', explored: 354, failing: 264 } as const;
  const told = (standsFor: { orders: number; atLeast: boolean; failing?: number }): string => {
    const [first] = FAILING.checks;
    const second = { ...first, id: 'other', title: 'other', exploration: { ...explored, standsFor } };
    return report({ ...FAILING, checks: [first, second] } as LabResult, 100);
  };

  it('says in how many of how many orders it is broken, where they were counted', () => {
    expect(told({ orders: 1680, atLeast: false, failing: 1512 })).toContain(
      'broken in 1,512 of 1,680 orders: 264 of 354 explored',
    );
  });

  it('says in how many runs, where the orders were not counted', () => {
    expect(told({ orders: 1680, atLeast: true })).toContain(
      'broken in 264 of 354 explored, standing for at least 1,680',
    );
  });
});

describe('sampling', () => {
  it('is never called proved', () => {
    const text = report(SAMPLED);
    expect(text).toContain('◐ task 1 · every visitor gets a number');
    expect(text).toContain('held in 500 sampled schedules with ≤ 1 crash, seed 42: not a proof');
    expect(text).not.toContain('every order');
  });
});

describe('no verdict', () => {
  it('names the place in the learner’s code that could not be run', () => {
    expect(report(DOES_NOT_LOAD)).toBe(
      [
        '✗ lost-update · could not be run',
        '',
        '  src/bump.ts:12 — Unexpected token. The file could not be bundled.',
        '',
        '  again    npm test -w labs/lost-update',
        '',
      ].join('\n'),
    );
  });

  it('blames no one for a run that did not end', () => {
    const text = report(UNGRADED);
    expect(text.split('\n')[0]).toBe('? lost-update · could not be graded');
    expect(text).toContain('The run took longer than 60 s of real time.');
    expect(text).toContain('This is no verdict on your code.');
  });

  it('says that an error of the harness is ours, asks for no change and prints what to send', () => {
    const text = report(HARNESS_ERROR);
    expect(text.split('\n')[0]).toBe('! lost-update · an error of ours');
    expect(text).toContain('There is nothing to change in your code.');
    expect(text).toContain(
      'raceproof 0.1.0, Node 24.21.0, isolated\n           lost-update@1, seed 7\n           code 0f0f',
    );
  });
});

describe('every report', () => {
  const all = { PASSING, FAILING, SAMPLED, BOUNDED, DOES_NOT_LOAD, UNGRADED, HARNESS_ERROR };

  it.each(Object.entries(all))('%s reads the same without colour', (_, result) => {
    const coloured = reportForTerminal(result, { columns: 80, color: true });
    expect(coloured).toContain(ESCAPE);
    expect(coloured.replace(new RegExp(`${ESCAPE}\\[\\d+m`, 'g'), '')).toBe(report(result));
  });

  it.each(Object.entries(all))('%s fits into 80 columns, except for texts that are copied whole', (_, result) => {
    const long = report(result)
      .split('\n')
      .filter((line) => [...line].length > 80);
    expect(long.filter((line) => !/see it|code {3}|replay/.test(line))).toEqual([]);
  });

  it('lets no text from a learner’s code repaint the verdict', () => {
    const forged = `${ESCAPE}[2J${ESCAPE}[32m✓ all is well`;
    const text = report({ ...FAILING, learnerOutput: forged, notices: [{ kind: 'other', message: forged }] });
    expect(text).not.toContain(ESCAPE);
  });

  it('shows ten lines of what the code printed, and counts the rest', () => {
    const text = report({ ...PASSING, learnerOutput: Array.from({ length: 12 }, (_, n) => `line ${n}`).join('\n') });
    expect(text).toContain('Your code printed:\n  line 0\n');
    expect(text.endsWith('  line 9\n  … and 2 more lines\n')).toBe(true);
  });

  it('names the place of a notice', () => {
    const message = "Type 'string' is not assignable to type 'number'.";
    const text = report({
      ...PASSING,
      notices: [{ kind: 'type-error', message, frame: { file: 'src/bump.ts', line: 3, column: 1 } }],
    });
    expect(text).toContain(`warning: src/bump.ts:3 — ${message}`);
  });
});

it('JSON is the result itself', () => {
  expect(JSON.parse(reportAsJson(FAILING))).toEqual(FAILING);
});
