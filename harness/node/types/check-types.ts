/**
 * Type errors in a learner's files, as TypeScript reports them: warnings that decide nothing.
 *
 * Lambda runs code whose types don't fit, and so does a lab; but a type error is often the shortest way to a mistake. TypeScript's native
 * command checks them beside the grading, in a process of its own: code that keeps it busy without end or fills its memory ends that
 * process and nothing else.
 */

import { spawn } from 'node:child_process';
import { confinement } from '../confinement.ts';
import { ownTimers } from '../own-timers.ts';
import { computedMsOf, residentMbOf } from '../process-usage.ts';
import { type CheckedFolder, makeCheckedFolder } from './checked-folder.ts';
import { complaintsIn, type TypeComplaint } from './complaints.ts';
import { nativeCompiler } from './native-compiler.ts';

/** `given-up`: it was stopped before it was done. `failed`: there is no answer, for this reason, which is the end of a sentence. */
export type TypeCheckEnd =
  | { readonly kind: 'checked'; readonly complaints: readonly TypeComplaint[] }
  | { readonly kind: 'given-up' }
  | { readonly kind: 'failed'; readonly why: string };

export interface TypeCheck {
  /** Never rejects. */
  readonly end: Promise<TypeCheckEnd>;
  /** The processor time of the check so far, in milliseconds; 0 where the system does not tell. */
  computedMs(): number;
  /** Ends the process. Without effect once the check has ended. */
  giveUp(): void;
}

/** The declarations of the SDK need a sixth of it. Types that multiply can ask for more than a machine has. */
const MOST_MB = 1_024;
const LOOK_EVERY_MS = 50;

/** Starts to check the types of these files (path relative to the lab → text). Memory is watched where the system tells of it: on Linux. */
export function startTypeCheck(files: ReadonlyMap<string, string>, { mostMb = MOST_MB } = {}): TypeCheck {
  const texts = new Map([...files].filter(([path]) => /\.m?ts$/.test(path)));
  if (texts.size === 0) return ended({ kind: 'checked', complaints: [] });
  const command = nativeCompiler();
  if (command === null)
    return ended({ kind: 'failed', why: `TypeScript is not installed for ${process.platform} on ${process.arch}` });
  try {
    return checkIn(makeCheckedFolder(texts), command, texts, mostMb);
  } catch (error) {
    return ended({
      kind: 'failed',
      why: `its files could not be laid out: ${error instanceof Error ? error.message : error}`,
    });
  }
}

/** The type errors of these files; empty if there is no answer. */
export async function checkTypes(files: ReadonlyMap<string, string>): Promise<readonly TypeComplaint[]> {
  const end = await startTypeCheck(files).end;
  return end.kind === 'checked' ? end.complaints : [];
}

function ended(end: TypeCheckEnd): TypeCheck {
  return { end: Promise.resolve(end), computedMs: () => 0, giveUp: () => undefined };
}

function checkIn(
  folder: CheckedFolder,
  command: string,
  texts: ReadonlyMap<string, string>,
  mostMb: number,
): TypeCheck {
  const { promise: end, resolve } = Promise.withResolvers<TypeCheckEnd>();
  // One thread: the grading wants the other cores.
  const words = [...confinement(), command, '--project', '.', '--pretty', 'false', '--singleThreaded'];
  const [program = command, ...args] = words;
  const child = spawn(program, args, { cwd: folder.path, env: {}, windowsHide: true });
  const printed = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.err += text;
  });
  const finish = (how: TypeCheckEnd): void => {
    ownTimers.clearInterval(look);
    folder.remove();
    resolve(how);
  };
  const stop = (why: TypeCheckEnd): void => {
    resolve(why);
    child.kill('SIGKILL');
    // Now, as the grader may end before it hears that the process has.
    folder.remove();
  };
  const look = ownTimers.setInterval(() => {
    if ((residentMbOf(child.pid) ?? 0) > mostMb)
      stop({ kind: 'failed', why: `TypeScript took more than ${mostMb} MB for this code` });
  }, LOOK_EVERY_MS);
  child.once('error', (error) => finish({ kind: 'failed', why: `TypeScript did not start: ${error.message}` }));
  child.once('close', (_code, signal) => {
    finish(signal === null ? endOf(printed, texts) : { kind: 'failed', why: `TypeScript was ended by ${signal}` });
  });
  return { end, computedMs: () => computedMsOf(child.pid) ?? 0, giveUp: () => stop({ kind: 'given-up' }) };
}

/** The command prints errors of types; where it breaks, it says so beside them. */
function endOf(
  printed: { readonly out: string; readonly err: string },
  texts: ReadonlyMap<string, string>,
): TypeCheckEnd {
  const [broke = ''] = printed.err.trim().split('\n');
  if (broke !== '') return { kind: 'failed', why: `TypeScript broke off: ${broke}` };
  return { kind: 'checked', complaints: complaintsIn(printed.out, texts) };
}
