import { describe, expect, it } from 'vitest';
import { lostUpdate } from '../course/lost-update/lab.ts';
import { PASSING } from '../grader/fixtures/lab-result.ts';
import type { GradeRequest } from '../grader/grade.ts';
import type { LabResult } from '../grader/result.ts';
import { makeClone, SLUG } from './clone-for-tests.ts';
import { recordIo } from './fixtures.ts';
import { type GradingOptions, gradeFiles } from './grading.ts';
import { Interrupted } from './interrupted.ts';
import { pageOf } from './io.ts';
import { startProgress } from './progress.ts';

const files = { kind: 'read', files: new Map([['template.yaml', '']]) } as const;

describe('grading', () => {
  it('hands files, host and seed to the engine, and its result back', async () => {
    const result = await gradeFiles(lostUpdate, files, recordIo(), {
      host: 'in-realm',
      seed: 7,
      engine: async ({ host, seed }) => {
        expect([host, seed]).toEqual(['in-realm', 7]);
        return PASSING;
      },
    });
    expect(result).toBe(PASSING);
  });

  it('turns a bug of ours into a result, without the machine’s folders', async () => {
    const result = await gradeFiles(lostUpdate, files, recordIo(), {
      engine: () => Promise.reject(new TypeError('no such thing')),
    });
    expect(result.outcome).toBe('harness-error');
    expect(result.message).toMatch(/^TypeError: no such thing \(cli\/grading\.test\.ts:\d+/);
    expect(result.checks).toHaveLength(lostUpdate.checks.length);
    expect(result.score.earned).toBe(0);
    expect(result).not.toHaveProperty('finding');
  });

  it('turns an unreadable file into a result', async () => {
    const message = 'labs/lost-update/src/bump.ts is missing.';
    const result = await gradeFiles(lostUpdate, { kind: 'finding', message }, recordIo());
    expect(result).toMatchObject({ outcome: 'fail', message, finding: 'unreadable-file' });
  });

  it('passes Ctrl-C on', async () => {
    const stop = new AbortController();
    const grading = gradeFiles(lostUpdate, files, recordIo({ signal: stop.signal }), {
      engine: ({ signal }) => {
        stop.abort();
        signal?.throwIfAborted();
        return Promise.resolve(PASSING);
      },
    });
    await expect(grading).rejects.toBeInstanceOf(Interrupted);
  });

  it.each([
    ['a write to it failed', () => Promise.reject(new Error('write EPIPE'))],
    ['its code is gone', () => Promise.resolve({ ...PASSING, outcome: 'fail', finding: 'died' } as const)],
  ])('calls it Ctrl-C, too, where a child heard of it first, and %s', async (_, engine) => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    const grading = gradeFiles(lostUpdate, files, recordIo({ signal: stop.signal }), { engine });
    await expect(grading).rejects.toBeInstanceOf(Interrupted);
  });
});

describe('explorations that were done before', () => {
  /** Whether the cache is passed to the engine, and whether it may be read. */
  const handed = async (before: GradingOptions['before'], buildServer: boolean) => {
    let cache: GradeRequest['cache'];
    await gradeFiles(lostUpdate, files, recordIo({ buildServer }), {
      ...(before === undefined ? {} : { before }),
      engine: (request) => {
        ({ cache } = request);
        return Promise.resolve(PASSING);
      },
    });
    return cache !== undefined;
  };

  it('are used where a command says so', async () => expect(await handed('use', false)).toBe(true));
  it('are made again where a command says so', async () => expect(await handed('renew', false)).toBe(true));
  it('are used nowhere else', async () => expect(await handed(undefined, false)).toBe(false));
  it('are never used on a build server', async () => {
    expect([await handed('use', true), await handed('renew', true)]).toEqual([false, false]);
  });
});

describe('a learner’s own copy', () => {
  it('is not explored twice, except on a build server', async () => {
    const clone = await makeClone();
    const grade = async (words: readonly string[], buildServer = false) => {
      const all = ['grade', SLUG, '--from', 'labs/lost-update', '--json', '--skip-types', '--in-realm', ...words];
      const { out } = await clone.run(all, { buildServer });
      const { checks } = JSON.parse(out) as LabResult;
      return checks.map(({ exploration }) => exploration?.cached ?? false);
    };
    try {
      expect(await grade(['--skip-unchanged'])).toEqual(Array.from({ length: 6 }, () => false));
      expect(await grade(['--skip-unchanged'])).toEqual(Array.from({ length: 6 }, () => true));
      expect(await grade([])).toEqual(Array.from({ length: 6 }, () => false));
      expect(await grade(['--skip-unchanged'], true)).toEqual(Array.from({ length: 6 }, () => false));
    } finally {
      await clone.remove();
    }
  });
});

describe('progress', () => {
  const at = (times: readonly number[], liveProgress: boolean) => {
    const io = recordIo({ liveProgress });
    let nowMs = 0;
    const progress = startProgress(io, 'lost-update', () => nowMs);
    for (const time of times) {
      nowMs = time;
      progress.update({ scenario: 'three-at-once', explored: time });
    }
    progress.done();
    return io.printed.err;
  };

  it('is silent about work that ends within a second', () => expect(at([10, 500, 999], true)).toBe(''));
  it('overwrites its line on a terminal, and clears it at the end', () => {
    expect(at([1_000, 1_050, 1_200], true)).toBe(
      '\r\u001b[Klost-update: three-at-once, 1,000 schedules so far\r\u001b[Klost-update: three-at-once, 1,200 schedules so far\r\u001b[K',
    );
  });
  it('prints a plain line every five seconds elsewhere', () => {
    expect(at([1_000, 2_000, 5_999, 6_000], false)).toBe(
      'lost-update: three-at-once, 1,000 schedules so far\nlost-update: three-at-once, 6,000 schedules so far\n',
    );
  });
});

describe('the first failure', () => {
  it('has a line of its own as soon as it is known, once', () => {
    const io = recordIo({ liveProgress: false });
    let nowMs = 0;
    const progress = startProgress(io, 'lost-update', () => nowMs);
    for (nowMs = 1_000; nowMs <= 3_000; nowMs += 1_000)
      progress.update({
        scenario: 'three at once',
        explored: nowMs,
        ...(nowMs > 1_000 ? { broken: 'It says 2.' } : {}),
      });
    expect(io.printed.err.split('\n').slice(1)).toEqual(['✗ three at once: It says 2.', '']);
  });

  it('is told to its end, folded where there is a terminal', () => {
    const broken = `It says 2, after ${'many '.repeat(30)}bumps.`;
    const told = (liveProgress: boolean): string => {
      const io = recordIo({ liveProgress });
      let nowMs = 0;
      const progress = startProgress(io, 'lost-update', () => nowMs);
      nowMs = 1_500;
      progress.update({ scenario: 'three at once', explored: 1, broken });
      return io.printed.err.split('\r')[0] ?? '';
    };
    expect(told(false)).toContain(`✗ three at once: ${broken}\n`);
    expect(told(true).replace(/\n\s*/g, ' ')).toContain(broken);
    expect(
      Math.max(
        ...told(true)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  });
});

describe('colour', () => {
  it.each([
    [{ isTTY: true }, {}, true],
    [{ isTTY: true }, { NO_COLOR: '1' }, false],
    [{ isTTY: true }, { NO_COLOR: '' }, true],
    [{ isTTY: true }, { TERM: 'dumb' }, false],
    [{}, {}, false],
    [{}, { FORCE_COLOR: '1' }, true],
    [{}, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('%j with %j: %s', (stream, env, color) => expect(pageOf(stream, env).color).toBe(color));

  it('lines have 80 columns if the width is unknown, and are never too wide to read', () => {
    expect([
      pageOf({}, {}).columns,
      pageOf({ columns: 300 }, {}).columns,
      pageOf({ columns: 10 }, {}).columns,
      pageOf({}, { COLUMNS: '100' }).columns,
    ]).toEqual([80, 120, 40, 100]);
  });
});
