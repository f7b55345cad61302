/**
 * Processes that grade what is saved: the real one, and small scripts that misbehave.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, relative } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { cloneRoot, starterFolder } from '../clone.ts';
import { type EarlyNews, GradingProcesses } from './grading-processes.ts';
import type { SaveOrder } from './order.ts';

const starter: SaveOrder = {
  slug: 'lost-update',
  folder: relative(cloneRoot(), starterFolder('lost-update')),
  lookFrom: null,
};
const never = new AbortController().signal;
const nothing = (): void => undefined;

interface Watched {
  readonly started: ChildProcess[];
  readonly processes: GradingProcesses;
}

/** Tells of each process that is started. */
function watched(start?: () => ChildProcess, nowMs?: () => number): Watched {
  const started: ChildProcess[] = [];
  const processes = new GradingProcesses(() => {
    const child = start?.() ?? realProcess();
    started.push(child);
    return child;
  }, nowMs);
  return { started, processes };
}

function realProcess(): ChildProcess {
  return nodeProcess(join(import.meta.dirname, 'grading-process.ts'));
}

function nodeProcess(...words: readonly string[]): ChildProcess {
  return spawn(process.execPath, words, { cwd: cloneRoot(), stdio: ['pipe', 'pipe', 'pipe'] });
}

/** A process that does this with its order. */
function script(code: string): () => ChildProcess {
  return () => nodeProcess('-e', `process.stdin.once('data', () => { ${code}; process.stdin.destroy(); })`);
}

const graded = script('console.log(JSON.stringify({ kind: "failed", message: "graded" }))');

describe('a save', () => {
  it('is graded: first what a look finds, then the verdict', async () => {
    const heard: EarlyNews[] = [];
    const verdict = await new GradingProcesses().grade({ ...starter, lookFrom: 1 }, never, (news) => heard.push(news));
    const looks = heard.filter(({ kind }) => kind === 'look');
    expect(looks).toMatchObject([{ result: { outcome: 'fail', checks: expect.anything() } }]);
    expect(verdict).toMatchObject({ kind: 'result', result: { lab: 'lost-update', outcome: 'fail' } });
    const phases = heard.map((news) => (news.kind === 'look' ? 'end of the look' : news.phase));
    expect([...new Set(phases)]).toEqual(['look', 'end of the look', 'verdict']);
  });

  it('gets no first look where none is asked for', async () => {
    const heard: EarlyNews[] = [];
    await new GradingProcesses().grade(starter, never, (news) => heard.push(news));
    expect(heard.filter((news) => news.kind === 'look' || news.phase === 'look')).toEqual([]);
  });

  it('stops the grading before it, whose process ends while the next one loads', async () => {
    const { started, processes } = watched();
    const saved = new AbortController();
    const verdict = await processes.grade(starter, saved.signal, () => saved.abort());
    expect(verdict).toEqual({ kind: 'stopped' });
    expect(started.map(({ exitCode, signalCode }) => exitCode ?? signalCode)).toEqual([expect.anything(), null]);
    expect(await processes.grade(starter, never, nothing)).toMatchObject({ kind: 'result' });
    expect(started).toHaveLength(2);
  });

  it('starts nothing any more when the server ends', async () => {
    const { started, processes } = watched();
    const ending = new AbortController();
    const stopped = processes.grade(starter, ending.signal, () => {
      processes.close();
      ending.abort();
    });
    expect(await stopped).toEqual({ kind: 'stopped' });
    expect(started).toHaveLength(1);
  });

  it('is told why it could not be graded, in words for a learner', async () => {
    const verdict = await new GradingProcesses().grade({ ...starter, folder: 'labs/nowhere' }, never, nothing);
    const message = 'There is no folder labs/nowhere. Name the folder that holds template.yaml.';
    expect(verdict).toEqual({ kind: 'failed', message });
  });

  it.each([
    ['ends without a word', 'process.exit(0)', 'The grading process ended without a result.'],
    ['says something else', "console.log('{not news'); console.error('Out of order.')", '{not news\nOut of order.'],
    ['says something that looks like news', 'console.log(`{"kind":`)', '{"kind":'],
  ])('is told what a process says that %s', async (_, code, message) => {
    const verdict = await watched(script(code)).processes.grade(starter, never, nothing);
    expect(verdict).toEqual({ kind: 'failed', message });
  });

  it('is told of a process that can’t be started', async () => {
    const missing = (): ChildProcess => spawn('/nowhere/node', [], { stdio: ['pipe', 'pipe', 'pipe'] });
    const verdict = await watched(missing).processes.grade(starter, never, nothing);
    expect(verdict).toEqual({ kind: 'failed', message: 'spawn /nowhere/node ENOENT' });
  });
});

describe('the process that waits', () => {
  it('grades the next save, and only one', async () => {
    const { started, processes } = watched(graded);
    processes.prepare();
    processes.prepare();
    expect(started).toHaveLength(1);
    expect(await processes.grade(starter, never, nothing)).toMatchObject({ message: 'graded' });
    expect(started).toHaveLength(1);
    expect(await processes.grade(starter, never, nothing)).toMatchObject({ message: 'graded' });
    expect(started).toHaveLength(2);
  });

  it('is not used if the harness has changed since', async () => {
    const { started, processes } = watched(graded, () => 0);
    processes.prepare();
    await processes.grade(starter, never, nothing);
    expect(started).toHaveLength(2);
    expect(started.map(({ signalCode }) => signalCode)).toEqual(['SIGKILL', null]);
  });

  it('is forgotten if it ends by itself', async () => {
    const { started, processes } = watched(() => nodeProcess('-e', 'process.exit(1)'));
    processes.prepare();
    await Promise.all(started.map((child) => once(child, 'exit')));
    processes.prepare();
    expect(started).toHaveLength(2);
  });

  it('ends with the server, in order or not', async () => {
    const { started, processes } = watched();
    processes.prepare();
    processes.close();
    processes.prepare();
    const left = realProcess();
    left.stdin?.end();
    const ends = [...started, left].map(async (child) => (await once(child, 'exit')).find((end) => end !== null));
    expect(await Promise.all(ends)).toEqual(['SIGKILL', 0]);
  });
});
