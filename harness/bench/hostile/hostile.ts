/**
 * `npm run bench -- hostile`: what a grading of hostile handlers says, and what it costs until it ends.
 *
 * Each is graded by the command in a process of its own, as `npm test` grades a lab, with the type check and a limit. A word after
 * `hostile` selects the handlers whose name holds it.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { labNamed } from '../../cli/grading.ts';
import type { LabResult } from '../../grader/result.ts';
import { HOSTILE, type HostileHandler, MISTAKES } from './handlers.ts';

export interface HostileMeasured {
  readonly name: string;
  readonly verdict: string;
  /** The processor time of the command and of every process that it started; null where the system does not report it. */
  readonly computedSeconds: number | null;
  readonly seconds: number;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
/** A grading that has not ended by then is ended, in milliseconds by the clock. */
const LIMIT_MS = Number(process.env.RACEPROOF_LIMIT_MS ?? 300_000);
/** The unit in which Linux reports a process's time. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICKS_PER_SECOND = 100;

/** Grades the handlers one after the other and tells of each. */
export async function measureHostile(
  word: string,
  told: (measured: HostileMeasured) => void,
): Promise<readonly HostileMeasured[]> {
  const all: HostileMeasured[] = [];
  for (const handler of [...MISTAKES, ...HOSTILE].filter(({ name }) => name.includes(word))) {
    const measured = await measure(handler);
    told(measured);
    all.push(measured);
  }
  return all;
}

/** A row for each handler. */
export function printedHostile(all: readonly HostileMeasured[]): string {
  return [
    '| handler | verdict | processor | by the clock |',
    '| --- | --- | ---: | ---: |',
    ...all.map(hostileRow),
  ].join('\n');
}

/** One handler's row. */
export function hostileRow({ name, verdict, computedSeconds, seconds }: HostileMeasured): string {
  const computed = computedSeconds === null ? '–' : `${computedSeconds.toFixed(1)} s`;
  return `| ${name} | ${verdict.replaceAll('|', '\\|')} | ${computed} | ${seconds.toFixed(1)} s |`;
}

async function measure(handler: HostileHandler): Promise<HostileMeasured> {
  const folder = mkdtempSync(join(tmpdir(), 'raceproof-hostile-'));
  try {
    writeFiles(folder, handler);
    const before = computedByChildren();
    const startedMs = performance.now();
    const child = spawn(process.execPath, [MAIN, 'grade', handler.lab, '--from', folder, '--json'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const verdict = await verdictOf(child);
    const seconds = (performance.now() - startedMs) / 1_000;
    const computed = computedByChildren();
    const computedSeconds = before === null || computed === null ? null : computed - before;
    return { name: handler.name, verdict, computedSeconds, seconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The starter of the handler's lab, with one file replaced. */
function writeFiles(folder: string, { lab: slug, path, code }: HostileHandler): void {
  for (const editable of labNamed(slug).editable) {
    const text = readFileSync(join(ROOT, 'harness/course', slug, 'starter', editable), 'utf8');
    mkdirSync(join(folder, dirname(editable)), { recursive: true });
    writeFileSync(join(folder, editable), editable === path ? code : text);
  }
}

function verdictOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let complaint = '';
    let stoppedMs = 0;
    const late = setTimeout(() => {
      stoppedMs = performance.now();
      child.kill('SIGTERM');
    }, LIMIT_MS);
    const hopeless = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), LIMIT_MS + 20_000);
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = `${complaint}${chunk.toString()}`.slice(-2_000);
    });
    child.once('close', (code) => {
      clearTimeout(late);
      clearTimeout(hopeless);
      if (stoppedMs === 0) resolve(shown(Buffer.concat(chunks).toString(), code, complaint));
      else resolve(`NO VERDICT; ended ${((performance.now() - stoppedMs) / 1_000).toFixed(1)} s after SIGTERM`);
    });
  });
}

function shown(json: string, code: number | null, complaint: string): string {
  try {
    const { outcome, score, message, checks } = JSON.parse(json) as LabResult;
    const first = checks.find(({ status }) => status !== 'pass');
    const sampled = checks.some(({ exploration }) => exploration?.mode === 'sampled') ? ', sampled' : '';
    const why = (message ?? first?.message ?? '').split('\n')[0] ?? '';
    return `${outcome} ${score.earned}/${score.max}${sampled} ${why.slice(0, 200)}`.trim();
  } catch {
    return `NO JSON, exit ${code}: ${complaint.trim().split('\n').slice(0, 4).join(' ').slice(0, 200)}`;
  }
}

/** The processor time of all children that have ended, and of theirs, in seconds. */
function computedByChildren(): number | null {
  if (process.platform !== 'linux') return null;
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}
