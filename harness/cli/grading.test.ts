import { describe, expect, it } from 'vitest';
import { lostUpdate } from '../course/lost-update/lab.ts';
import { PASSING } from '../grader/fixtures/lab-result.ts';
import { recordIo } from './fixtures.ts';
import { gradeFiles } from './grading.ts';
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

  it('makes a result of a bug of ours, without the machine’s folders', async () => {
    const result = await gradeFiles(lostUpdate, files, recordIo(), {
      engine: () => Promise.reject(new TypeError('no such thing')),
    });
    expect(result.outcome).toBe('harness-error');
    expect(result.message).toMatch(/^TypeError: no such thing \(cli\/grading\.test\.ts:\d+/);
    expect(result.checks).toHaveLength(lostUpdate.checks.length);
    expect(result.score.earned).toBe(0);
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

  it('says nothing of what is over within a second', () => expect(at([10, 500, 999], true)).toBe(''));
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

  it('lines are 80 columns where nothing is known, and never too wide to read', () => {
    expect([
      pageOf({}, {}).columns,
      pageOf({ columns: 300 }, {}).columns,
      pageOf({ columns: 10 }, {}).columns,
      pageOf({}, { COLUMNS: '100' }).columns,
    ]).toEqual([80, 120, 40, 100]);
  });
});
