import { beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../../course/lab.ts';
import { lostUpdate } from '../../course/lost-update/lab.ts';
import { DOES_NOT_LOAD, FAILING, PASSING, SAMPLED } from '../../grader/fixtures/lab-result.ts';
import { PLAIN_PAGE } from '../../grader/report/page.ts';
import type { LabResult } from '../../grader/result.ts';
import type { LabState, NumberedLab } from './course-state.ts';
import { openingOf } from './open-file.ts';
import { screenOf } from './screen.ts';
import { Session } from './session.ts';

const other: NumberedLab = { ...lostUpdate, number: 4, slug: 'dedupe', title: 'Duplicates' };
const third: NumberedLab = { ...lostUpdate, number: 6, slug: 'semaphore', title: 'A semaphore' };

let asked: string[] = [];
let hints = new Map<string, number>();
let session: Session;
beforeEach(() => {
  asked = [];
  hints = new Map();
  session = sessionWith([lostUpdate, other, third]);
});

function sessionWith(labs: readonly NumberedLab[]): Session {
  const states = labs.map(
    (lab): LabState => ({ lab, outcome: null, checks: null, result: null, failure: null, grading: null }),
  );
  return new Session(
    { root: '/clone', labs: states, current: 0, view: { kind: 'step' }, message: '' },
    {
      grade: ({ slug }) => void asked.push(`grade ${slug}`),
      changed: () => undefined,
      quit: (how) => void asked.push(`quit ${how}`),
      hintsShown: async (_slug, hintId) => hints.get(hintId) ?? 0,
      rememberHint: async (_slug, hintId, tier) => hints.set(hintId, tier),
      diff: async () => ['+mine'],
      planReset: async (slug) => ({ slug, replaced: new Map([['src/bump.ts', 'starter']]) }),
      reset: async ({ slug }) => {
        asked.push(`reset ${slug}`);
        return '.raceproof/copy';
      },
      open: async (path, line) => {
        asked.push(`open ${path}:${line}`);
        return '';
      },
    },
  );
}

const of = (lab: Lab, result: LabResult): LabResult => ({ ...result, lab: lab.slug });
const press = async (...keys: readonly string[]) => {
  for (const key of keys) await session.press(key);
};
const screen = (rows = 60, columns = 80) => screenOf(session.state, { ...PLAIN_PAGE, columns }, rows).lines.join('\n');

describe('after a save', () => {
  it('progress is shown before the verdict comes, and the old verdict stays until then', () => {
    session.verdict(lostUpdate, FAILING);
    session.saved(lostUpdate);
    session.grading(lostUpdate, 'starting');
    expect(asked).toEqual(['grade lost-update']);
    expect(screen()).toContain('the counter says 1');
    expect(screen()).toContain('\ngrading lost-update …\n');
    session.grading(lostUpdate, { scenario: 'three at once', explored: 1_250 });
    expect(screen()).toContain('\ngrading lost-update … three at once, 1,250 so far\n');
  });

  it('the first failing check is shown with its schedule, the progress and the keys', () => {
    session.verdict(lostUpdate, FAILING);
    const shown = screen();
    expect(shown.split('\n')[0]).toBe('lost-update · The lost update · task 1 of 1: make every bump count');
    expect(shown).toContain('✗ task 1 · every bump counts\n');
    expect(shown).toContain('table Counters');
    expect(shown).toContain('  0 of 3 labs · lost-update: 2 of 3 checks\n');
    expect(shown).not.toContain('every visitor gets a number');
    expect(shown.split('\n').at(-1)).toMatch(/^h hint · r run · .* · q quit$/);
  });

  it('a first look reports a failure before the verdict, and nothing else', () => {
    session.verdict(lostUpdate, PASSING);
    session.grading(lostUpdate, 'starting');
    expect(session.looked(lostUpdate, PASSING)).toBe(false);
    expect(session.looked(lostUpdate, SAMPLED)).toBe(true);
    expect(screen()).toContain('the counter says 1');
    expect(screen()).toContain('0 of 3 labs');
    expect(screen()).toContain('\ngrading lost-update …\n');
    session.verdict(lostUpdate, PASSING);
    expect(screen()).toContain('1 of 3 labs');
  });

  it('code that does not load is an ordinary answer', () => {
    session.verdict(lostUpdate, DOES_NOT_LOAD);
    expect(screen()).toContain('src/bump.ts:12 — Unexpected token.');
  });

  it('a grading that failed is reported, and the next verdict replaces it', () => {
    session.failed(lostUpdate, 'no memory');
    expect(screen()).toContain('lost-update could not be graded: no memory');
    session.verdict(lostUpdate, PASSING);
    expect(screen()).not.toContain('no memory');
  });

  it('the learner stays in this lab while it does not hold', () => {
    session.verdict(lostUpdate, FAILING);
    session.saved(other);
    expect(asked).toEqual(['grade dedupe']);
    session.verdict(other, of(other, PASSING));
    expect(session.current.lab.slug).toBe('lost-update');
    expect(screen()).toContain('dedupe was saved, too; l goes there.');
  });

  it('a key leaves a lab that holds, and so does a save in the next lab', async () => {
    session.verdict(lostUpdate, PASSING);
    expect(session.current.lab.slug).toBe('lost-update');
    expect(screen()).toContain('lost-update holds. The next lab is dedupe: press n, or save a file of it.');
    session.saved(third);
    expect(session.current.lab.slug).toBe('semaphore');
    session.verdict(third, of(third, PASSING));
    await press('n');
    expect(session.current.lab.slug).toBe('dedupe');
    expect(asked).toEqual(['grade semaphore', 'grade dedupe']);
  });

  it('the end of the course is announced', () => {
    session = sessionWith([lostUpdate]);
    session.verdict(lostUpdate, PASSING);
    expect(screen()).toContain(
      '1 of 1 lab · lost-update: 3 of 3 checks\nlost-update holds, and so does every other lab.\n',
    );
  });
});

describe('keys', () => {
  beforeEach(() => session.verdict(lostUpdate, FAILING));

  it('h shows a hint, and each further h the next one, up to the third', async () => {
    await press('h');
    expect(screen()).toContain('hint 1 of 3, a nudge');
    expect(screen()).not.toContain('hint 2 of 3');
    await press('h', 'h', 'h');
    expect(screen()).toContain('hint 1 of 3, a nudge');
    expect(screen()).toContain('hint 3 of 3, the shape of the fix');
    expect(hints).toEqual(new Map([['lost-update', 3]]));
  });

  it('h first shows again the hints that were shown before', async () => {
    hints.set('lost-update', 2);
    await press('h');
    expect(screen()).toContain('hint 2 of 3');
    expect(hints.get('lost-update')).toBe(2);
  });

  it('a hint disappears with its failure', async () => {
    await press('h');
    session.verdict(lostUpdate, FAILING);
    expect(session.state.view.kind).toBe('hint');
    session.verdict(lostUpdate, PASSING);
    expect(session.state.view.kind).toBe('step');
    await press('h');
    expect(screen()).toContain('There is nothing to hint at.');
  });

  it('r shows every event of the run, b goes back', async () => {
    await press('r');
    expect(screen()).toContain('Every event of this run\n   0       0 ms');
    await press('b');
    expect(screen()).not.toContain('Every event');
  });

  it('l lists the labs, and arrows and enter or the number of a lab choose one', async () => {
    await press('l');
    expect(screen()).toContain('▸ ○ 0  lost-update            2 of 3 checks');
    expect(screen()).toContain('  ○ 4  dedupe                 not graded yet');
    await press('down', 'down', 'down', 'up', 'enter');
    expect(session.current.lab.slug).toBe('dedupe');
    await press('l', '6');
    expect(session.current.lab.slug).toBe('semaphore');
    await press('l', '0');
    expect(asked).toEqual(['grade dedupe', 'grade semaphore']);
  });

  it('n stays in a lab that does not hold, and says how to leave it', async () => {
    await press('n');
    expect(session.current.lab.slug).toBe('lost-update');
    expect(screen()).toContain('lost-update does not hold yet; l goes to another lab all the same.');
  });

  it('x asks, and resets only on y', async () => {
    await press('x');
    expect(screen()).toContain('Replace src/bump.ts with the starter’s?');
    await press('q');
    expect(asked).toEqual([]);
    await press('x', 'y');
    expect(asked).toEqual(['reset lost-update']);
    session.verdict(lostUpdate, FAILING);
    expect(screen()).toContain('labs/lost-update is the starter again; your work is in .raceproof/copy.');
  });

  it('o opens the file at the line of the failing schedule', async () => {
    await press('o');
    expect(asked).toEqual(['open labs/lost-update/src/bump.ts:30']);
  });

  it('d, g and q do what the footer says, and a key without a meaning does nothing', async () => {
    await press('d');
    expect(screen()).toContain('+mine');
    await press('b', 'z', 'up', 'g', 'q', 'ctrl-c');
    expect(asked).toEqual(['grade lost-update', 'quit done', 'quit interrupted']);
  });
});

describe('a screen', () => {
  it('fits into eighty columns, in every view', async () => {
    for (const result of [FAILING, PASSING, DOES_NOT_LOAD, SAMPLED]) {
      session.verdict(lostUpdate, result);
      for (const key of ['b', 'h', 'r', 'b', 'l', 'b', 'x', 'n', 'n']) {
        await press(key);
        const tooLong = screen()
          .split('\n')
          .filter((line) => [...line].length > 80);
        expect(tooLong.filter((line) => !/^ *(replay|see it) /.test(line))).toEqual([]);
      }
    }
  });

  it('of 24 rows leaves out the middle of the drawing, and never what happened, why, and where', () => {
    session.verdict(lostUpdate, FAILING);
    const check = FAILING.checks.find(({ status }) => status === 'fail');
    const shown = screen(24).replace(/\s+/g, ' ');
    expect(shown).toMatch(/⋮ \d+ more rows/);
    for (const told of [check?.counterexample?.headline, check?.counterexample?.because.join(' '), 'src/bump.ts:'])
      expect(shown).toContain(told);
  });

  it('that is too small keeps its head and its foot', () => {
    session.verdict(lostUpdate, FAILING);
    const lines = screen(16).split('\n');
    expect(lines).toHaveLength(15);
    expect(lines[0]).toContain('lost-update');
    expect(lines.some((line) => /^… \d+ more lines; r shows all of it$/.test(line))).toBe(true);
    expect(lines.at(-1)).toContain('q quit');
  });
});

describe('an editor', () => {
  it.each([
    [{ EDITOR: 'vim' }, 'vim', ['+31', 'a.ts'], true],
    [{ EDITOR: 'nano', VISUAL: 'code --wait' }, 'code', ['--goto', 'a.ts:31'], false],
    [{ EDITOR: '/usr/bin/subl -w' }, '/usr/bin/subl', ['a.ts:31'], false],
    [{ EDITOR: 'ed -s' }, 'ed', ['-s', 'a.ts'], true],
    [{ TERM_PROGRAM: 'vscode' }, 'code', ['--goto', 'a.ts:31'], false],
  ])('%j is started as %s %j', (env, command, args, inTerminal) => {
    expect(openingOf(env, 'a.ts', 31)).toEqual({ command, args, inTerminal });
  });

  it('that is not named is not started', () => {
    expect(openingOf({ EDITOR: ' ' }, 'a.ts', 31)).toBeNull();
  });
});
