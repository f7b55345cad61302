import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../../course/lab.ts';
import { lostUpdate } from '../../course/lost-update/lab.ts';
import { FAILING, PASSING } from '../../grader/fixtures/lab-result.ts';
import type { Notice } from '../../grader/result.ts';
import { nextTurnOfLoop } from '../../node/turns.ts';
import type { SavedVerdict } from '../on-save/grading-processes.ts';
import { Verdicts } from './verdicts.ts';
import { type Watching, watchLabs } from './watch.ts';

/** Verdicts of a grader whose gradings the test finishes. */
function controlled(warnings: readonly Notice[] = []) {
  const told: string[] = [];
  const runs: { readonly lab: Lab; readonly signal: AbortSignal; finish(verdict: SavedVerdict): void }[] = [];
  const verdicts = new Verdicts({
    grade: (lab, signal) =>
      new Promise((finish) => {
        runs.push({ lab, signal, finish });
        signal.addEventListener('abort', () => finish({ kind: 'stopped' }));
      }),
    warnings: async () => warnings,
    onWarnings: (lab, result) => told.push(`${lab.slug} ${result.notices.length} warning`),
    onGrading: (lab) => told.push(`grading ${lab.slug}`),
    onVerdict: (lab, result) => told.push(`${lab.slug} ${result.outcome}`),
    onFailure: (lab, message) => told.push(`${lab.slug} failed: ${message}`),
  });
  return { verdicts, told, runs };
}

describe('verdicts', () => {
  it('are remembered, the latest of each lab', async () => {
    const { verdicts, told, runs } = controlled();
    verdicts.request(lostUpdate);
    runs[0]?.finish({ kind: 'result', result: FAILING });
    await nextTurnOfLoop();
    verdicts.request(lostUpdate);
    runs[1]?.finish({ kind: 'result', result: PASSING });
    await nextTurnOfLoop();
    expect(told).toEqual(['grading lost-update', 'lost-update fail', 'grading lost-update', 'lost-update pass']);
    expect(verdicts.latest('lost-update')).toBe(PASSING);
  });

  it('are never about outdated code: a save stops the run and starts another', async () => {
    const { verdicts, told, runs } = controlled();
    verdicts.request(lostUpdate);
    verdicts.request(lostUpdate);
    await nextTurnOfLoop();
    expect(runs.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    runs[1]?.finish({ kind: 'result', result: PASSING });
    await nextTurnOfLoop();
    expect(told).toEqual(['grading lost-update', 'grading lost-update', 'lost-update pass']);
  });

  it('are followed by warnings about types, which take longer and change nothing', async () => {
    const { verdicts, told, runs } = controlled([{ kind: 'type-error', message: 'Type A is not B.' }]);
    verdicts.request(lostUpdate);
    runs[0]?.finish({ kind: 'result', result: { ...PASSING, notices: [] } });
    await nextTurnOfLoop();
    expect(told).toEqual(['grading lost-update', 'lost-update pass', 'lost-update 1 warning']);
    expect(verdicts.latest('lost-update')?.outcome).toBe('pass');
  });

  it('come one after the other', async () => {
    const { verdicts, runs } = controlled();
    verdicts.request(lostUpdate);
    verdicts.request({ ...lostUpdate, slug: 'dedupe' });
    expect(runs).toHaveLength(1);
    runs[0]?.finish({ kind: 'failed', message: 'no' });
    await nextTurnOfLoop();
    expect(runs[1]?.lab.slug).toBe('dedupe');
  });

  it('are no longer sent after closing', async () => {
    const { verdicts, told, runs } = controlled();
    verdicts.request(lostUpdate);
    await verdicts.close();
    expect(runs[0]?.signal.aborted).toBe(true);
    expect(told).toEqual(['grading lost-update']);
  });
});

describe('watching', () => {
  let folder = '';
  let source = '';
  let watching: Watching;
  const changes: string[] = [];
  let heard = (): void => undefined;
  /** Resolves when the next change has been reported. */
  const told = () =>
    new Promise<void>((resolve) => {
      heard = resolve;
    });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'raceproof-test-'));
    source = join(folder, 'lost-update', 'src', 'bump.ts');
    await mkdir(join(folder, 'lost-update', 'src'), { recursive: true });
    await writeFile(source, 'before');
    changes.length = 0;
    watching = await watchLabs(folder, [lostUpdate], (lab) => {
      changes.push(lab.slug);
      heard();
    });
  });
  afterEach(async () => {
    watching.close();
    await rm(folder, { recursive: true });
  });

  it('reports changed content, and no other file', async () => {
    await writeFile(source, 'before');
    await writeFile(join(folder, 'lost-update', 'notes.txt'), 'mine');
    const first = told();
    await writeFile(source, 'after');
    await first;
    expect(changes).toEqual(['lost-update']);
  });

  it('goes on after an editor has replaced a file, and after its whole folder was replaced', async () => {
    for (const text of ['one', 'two', 'three']) {
      const next = told();
      await writeFile(`${source}.new`, text);
      await rename(`${source}.new`, source);
      await next;
    }
    const gone = told();
    await rm(join(folder, 'lost-update'), { recursive: true });
    await gone;
    const back = told();
    await mkdir(join(folder, 'lost-update', 'src'), { recursive: true });
    await writeFile(source, 'back');
    await back;
    expect(changes).toHaveLength(5);
  });
});
