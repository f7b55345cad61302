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
import { totalsOfTasks } from '../judgement/totals.ts';
import type { CheckResult, LabResult } from '../result.ts';
import { reportAsJson } from './json.ts';
import { PLAIN_PAGE } from './page.ts';
import { reportForTerminal } from './terminal.ts';

const report = (result: LabResult, columns = 80) => reportForTerminal(result, { ...PLAIN_PAGE, columns });
const everything = (result: LabResult, columns = 80) =>
  reportForTerminal(result, { ...PLAIN_PAGE, columns }, { all: true });
const ESCAPE = String.fromCharCode(27);

/** npm prints up to eight lines after a script that failed, and the prompt is another one. */
const LINES_OF_NPM = 9;
/** What stays of a report on a terminal of 24 lines when npm has said what it says. */
const lastScreen = (result: LabResult) =>
  report(result)
    .trimEnd()
    .split('\n')
    .slice(LINES_OF_NPM - 24);

/** The same checks in other tasks: the numbers say, check by check, in which. */
function inTasks(result: LabResult, ...numbers: readonly number[]): LabResult {
  const checks = result.checks.map((check, index) => ({ ...check, task: numbers[index] ?? 1 }));
  return { ...result, checks, tasks: totalsOfTasks({ tasks: [1, 2, 3].map(titled) }, checks) };
}

function titled(number: number) {
  return { number, title: `task number ${number}` };
}

function with1st(result: LabResult, more: Partial<CheckResult>): LabResult {
  const [first, ...others] = result.checks;
  return inTasks({ ...result, checks: first === undefined ? [] : [{ ...first, ...more }, ...others] });
}

describe('a pass', () => {
  it('answers on the first line that all holds, and says how much was explored, one line per check', () => {
    expect(report(PASSING)).toBe(
      [
        '✓ lost-update: task 1 holds · 5 of 5 points · 840 ms',
        '',
        '✓ task 1 · every bump counts             holds under every schedule: all 1,680',
        '✓ task 1 · every visitor gets a number   holds under every schedule: all 1,680',
        '✓ task 1 · invocations overlapped        seen among 1,680 schedules',
        '',
      ].join('\n'),
    );
  });

  it('gives the numbers a line of their own where there is little room', () => {
    expect(report(PASSING, 50).split('\n').slice(3, 5)).toEqual([
      '✓ task 1 · every bump counts',
      '    holds under every schedule: all 1,680',
    ]);
  });

  it('of several tasks is folded by task, each with what it rests on', () => {
    expect(report(inTasks(PASSING, 1, 2, 2))).toBe(
      [
        '✓ lost-update: all 2 tasks hold · 5 of 5 points · 840 ms',
        '',
        '✓ task 1 · its check holds · 3 of 3 points',
        '    1 under every schedule',
        '✓ task 2 · all 2 checks hold · 2 of 2 points',
        '    1 under every schedule, 1 danger seen',
        '',
      ].join('\n'),
    );
  });

  it('says of each task how much of it is not proved', () => {
    const [check] = BOUNDED.checks;
    const mixed = { ...BOUNDED, checks: [...PASSING.checks, ...(check === undefined ? [] : [check])] };
    expect(report(inTasks(mixed, 1, 1, 1, 2))).toContain('    1 in samples: not proved\n');
  });

  it('ends with what to do next', () => {
    const steps = [['next', 'npm test -w labs/dedupe']] as const;
    const text = reportForTerminal(PASSING, PLAIN_PAGE, { afterPass: steps });
    expect(text.endsWith('\n\n  next     npm test -w labs/dedupe\n')).toBe(true);
  });
});

describe('what was not explored again', () => {
  const explored = { mode: 'exhaustive', explored: 1680, failing: 0, cached: true } as const;

  it('is told by each check, with how to have it explored', () => {
    const lines = report(with1st(PASSING, { exploration: explored })).split('\n');
    expect(lines.slice(2, 6)).toEqual([
      '✓ task 1 · every bump counts',
      '    holds under every schedule: all 1,680 · unchanged',
      '✓ task 1 · every visitor gets a number',
      '    holds under every schedule: all 1,680',
    ]);
    expect(lines.slice(9, 11).join(' ')).toBe(
      'Explored before on this machine, and unchanged in all that it depends on: 1 of 3 checks. Explore again: npm test -w labs/lost-update -- --fresh',
    );
  });
});

describe('the first line', () => {
  const first = (result: LabResult) => report(result).split('\n')[0];

  it('names the task that does not hold', () =>
    expect(first(FAILING)).toBe('✗ lost-update: task 1 does not hold yet · 2 of 5 points · 840 ms'));

  it('ends no line between a number and its unit', () => {
    const width = '✗ lost-update: task 1 does not hold yet · 2 of 5 points · 840 m'.length;
    expect(report(FAILING, width).split('\n').slice(0, 2)).toEqual([
      '✗ lost-update: task 1 does not hold yet · 2 of 5 points ·',
      '  840 ms',
    ]);
  });

  it('names the tasks that hold, and the next one', () =>
    expect(first(inTasks(FAILING, 3, 1, 2))).toBe(
      '✗ lost-update: tasks 1 and 2 hold, task 3 is next · 2 of 5 points · 840 ms',
    ));

  it('names a later task that holds before an earlier one does', () =>
    expect(first(inTasks(FAILING, 1, 2, 2))).toBe(
      '✗ lost-update: task 1 does not hold yet, task 2 does · 2 of 5 points · 840 ms',
    ));

  it('has the sign of what is not proved where nothing is', () =>
    expect(first(inTasks(BOUNDED))).toBe('◐ lost-update: task 1 holds · 3 of 5 points · 840 ms'));

  it('never calls runs in real time a proof', () => {
    const runs = { count: 3, failing: 0 };
    const checks = PASSING.checks.map(({ exploration: _, ...check }) => ({ ...check, runs }));
    const result = { ...PASSING, target: 'localstack', targetDetail: 'LocalStack 4.14.0', checks } as const;
    expect(first(result)).toContain('held in real time, which proves nothing');
  });
});

describe('a failure', () => {
  it('tells what happened, draws it, says why, what to do, what else there is, and ends with what to type', () => {
    const drawing = drawTrace(lostUpdateTrace(), { columns: 78, color: false }).map((line) => `  ${line}`.trimEnd());
    expect(report(FAILING)).toBe(
      [
        '✗ lost-update: task 1 does not hold yet · 2 of 5 points · 840 ms',
        '',
        '✗ task 1 · every bump counts',
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
        `  see it   after npm start: http://127.0.0.1:4321/labs/lost-update/?trace=${TOKEN}`,
        '  hint     npx --no raceproof hint lost-update',
        '',
        '✗ task 1 · 1 of 3 checks fails',
        '  ✓ every visitor gets a number',
        '  ✓ invocations overlapped',
        '',
        '✗ every bump counts · src/bump.ts:30',
        '  2 bumps were answered, but the counter says 1: 1 bump is lost.',
        '  hint     npx --no raceproof hint lost-update',
        '  all      npm test -w labs/lost-update -- --all',
        '',
      ].join('\n'),
    );
  });

  it('gives the address as it stands where the pages are served', () => {
    const text = reportForTerminal(FAILING, PLAIN_PAGE, { pagesAt: 'http://127.0.0.1:4322' });
    expect(text).toContain(`  see it   http://127.0.0.1:4322/labs/lost-update/?trace=${TOKEN}\n`);
  });

  it('shows the first failing check of the first open task, and folds the other tasks', () => {
    const [lost, answered, overlapped] = FAILING.checks;
    if (lost === undefined || answered === undefined || overlapped === undefined) throw new Error('three checks');
    const checks = [{ ...lost, id: 'later', title: 'later' }, lost, answered, overlapped];
    const text = report(inTasks({ ...FAILING, checks }, 2, 1, 1, 3));
    expect(text.split('\n')[2]).toBe('✗ task 1 · every bump counts');
    expect(text).toContain('\n✗ task 2 · 1 of 1 check fails · 0 of 3 points\n');
    expect(text).toContain('\n✓ task 3 · its check holds · 0 of 0 points\n');
    expect(text).not.toContain('later');
  });

  it('says in one line that many other checks of the task hold, and what they rest on', () => {
    const [lost, answered, overlapped] = FAILING.checks;
    const six = [1, 2, 3, 4, 5].map((number) => ({ ...answered, id: `held-${number}`, title: `held ${number}` }));
    const text = report(inTasks({ ...FAILING, checks: [lost, ...six, overlapped] } as LabResult));
    expect(text).toContain('\n  ✓ 6 other checks hold: 5 under every schedule, 1 danger seen\n');
    expect(text).not.toContain('held 1');
  });

  it('shows one failure in full, and the other ones of its task in a line', () => {
    const [lost] = FAILING.checks;
    const two = { ...FAILING, checks: [lost, { ...lost, id: 'other', title: 'other' }] } as LabResult;
    expect(report(inTasks(two)).split('the shortest of')).toHaveLength(2);
    expect(report(inTasks(two))).toContain(
      '  ✗ other: 2 bumps were answered, but the counter says 1: 1 bump is lost.\n',
    );
  });

  it('shows every check with evidence and replay where all is asked for', () => {
    const [lost] = FAILING.checks;
    const two = { ...FAILING, checks: [lost, { ...lost, id: 'other', title: 'other' }] } as LabResult;
    const text = everything(inTasks(two));
    expect(text).toContain('✗ task 1 · other   broken in 1,512 of 1,680 schedules');
    expect(text.split(`replay ${TOKEN}`)).toHaveLength(3);
    expect(text).not.toContain('-- --all');
  });

  it.each([
    ['a lab of one task', FAILING],
    ['a lab of three', inTasks(FAILING, 2, 1, 3)],
    ['many warnings', { ...FAILING, notices: Array(9).fill({ kind: 'other', message: 'Hm.' }) }],
  ] as const)('stands with its place and its next command on the last screen: %s', (_, result) => {
    const text = lastScreen(result).join('\n');
    expect(text).toContain('every bump counts · src/bump.ts:30');
    expect(text).toContain('1 bump is lost');
    expect(text).toContain('npx --no raceproof hint lost-update');
  });

  it('names the folder where it is known', () => {
    const text = reportForTerminal(FAILING, PLAIN_PAGE, { folder: 'labs/lost-update' });
    expect(text).toContain('✗ every bump counts · labs/lost-update/src/bump.ts:30\n');
  });
});

describe('a failure of which one schedule of each kind was run', () => {
  const explored = { mode: 'exhaustive', explored: 354, failing: 264 } as const;
  const told = (standsFor: { orders: number; atLeast: boolean; failing?: number }): string => {
    const [first] = FAILING.checks;
    const second = { ...first, id: 'other', title: 'other', exploration: { ...explored, standsFor } };
    return everything({ ...FAILING, checks: [first, second] } as LabResult, 100);
  };

  it('says in how many of how many orders it is broken, where they were counted', () => {
    expect(told({ orders: 1680, atLeast: false, failing: 1512 })).toContain(
      'broken under 1,512 of 1,680 schedules: 264 of the 354 that were run',
    );
  });

  it('says in how many runs, where the orders were not counted', () => {
    expect(told({ orders: 1680, atLeast: true })).toContain(
      'broken in 264 of the 354 that were run, which cover at least 1,680',
    );
  });
});

describe('sampling', () => {
  it('is never called proved', () => {
    const text = everything(SAMPLED);
    expect(text).toContain('◐ task 1 · every visitor gets a number');
    expect(text).toContain('held in 500 sampled schedules with ≤ 1 crash, seed 42: not a proof');
    expect(text).not.toContain('every schedule');
    expect(report(SAMPLED)).toContain('  ◐ every visitor gets a number: held in samples, not proved');
    expect(report(SAMPLED)).not.toMatch(/every (order|schedule)/);
  });
});

describe('a name that the code uses and never imports', () => {
  const frame = { file: 'src/bump.ts', line: 3, column: 1 };
  const missing = { kind: 'type-error', message: "Cannot find name 'ddb'. (TS2304)", frame } as const;
  const told = (notices: LabResult['notices']) => report({ ...FAILING, notices }).split('\n');

  it('stands beside the failing check, once, and not among the warnings', () => {
    const lines = told([missing, { ...missing, frame: { ...frame, line: 9 } }]);
    const [at, ...more] = lines.flatMap((line, index) => (line.includes('TS2304') ? [index] : []));
    expect(lines[at ?? 0]).toBe("  warning  src/bump.ts:3 — Cannot find name 'ddb'. (TS2304)");
    expect(lines[(at ?? 0) - 1]).toContain('src/bump.ts:30');
    expect(more).toEqual([]);
  });

  it('of a file that had no part in the failing run stays a warning', () =>
    expect(told([{ ...missing, frame: { ...frame, file: 'src/other.ts' } }])).toContain(
      "warning: src/other.ts:3 — Cannot find name 'ddb'. (TS2304)",
    ));
});

describe('what the code printed', () => {
  const payload = `{"orderId":"o-31","note":"${'x'.repeat(300)}"} will be delivered again: `;
  const line = `${payload}TooManyRequestsException: Rate Exceeded.`;
  const [lost] = FAILING.checks;
  const printing = (level: 'log' | 'error', lines: readonly string[]): LabResult => {
    const trace = lines.map((text, seq) => {
      return {
        seq,
        atMs: 0,
        cause: null,
        step: 1,
        actor: 'bump#1',
        event: { kind: 'log', level, line: text },
      } as const;
    });
    const counterexample = lost?.counterexample;
    return counterexample === undefined
      ? FAILING
      : with1st(FAILING, { counterexample: { ...counterexample, trace: [...counterexample.trace, ...trace] } });
  };

  it('stands beside the check, whole where a program reads it', () =>
    expect(report(printing('error', [line]))).toContain(
      `  Your code printed:\n    bump#1: ${line}\n\n  src/bump.ts:30`,
    ));

  it('is folded on a terminal, and its error is never cut off', () => {
    const text = reportForTerminal(printing('error', [line]), { ...PLAIN_PAGE, isTerminal: true });
    const lines = text.split('\n').slice(0, 40);
    expect(lines.filter((each) => [...each].length > 80 && !/see it|replay/.test(each))).toEqual([]);
    expect(text.replace(/\n {6}/g, '')).toContain('TooManyRequestsException: Rate');
    expect(text.replace(/\s+/g, '')).toContain(line.replace(/\s+/g, ''));
  });

  it('shows ten lines and counts the rest, but every error', () => {
    const many = Array.from({ length: 12 }, (_, n) => `line ${n}`);
    expect(report(printing('log', many))).toContain('    bump#1: line 9\n    … and 2 more lines\n');
    expect(report(printing('error', many))).toContain('    bump#1: line 11\n');
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
