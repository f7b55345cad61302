/**
 * Opens a file at a line in the learner's editor, as `VISUAL` or `EDITOR` names it.
 *
 * It knows how common editors accept a line; another editor gets only the file. Nothing goes through a shell.
 */

import { spawn } from 'node:child_process';
import { basename } from 'node:path';

export interface Opening {
  readonly command: string;
  readonly args: readonly string[];
  /** Whether the editor uses the terminal itself until it is closed. */
  readonly inTerminal: boolean;
}

/** Editors with a window of their own, which take «file:line». */
const WINDOWED: Readonly<Record<string, readonly string[]>> = {
  code: ['--goto'],
  'code-insiders': ['--goto'],
  codium: ['--goto'],
  cursor: ['--goto'],
  windsurf: ['--goto'],
  subl: [],
  zed: [],
};

/** Editors in the terminal, which take «+line file». */
const PLUS_LINE = ['vi', 'vim', 'nvim', 'nano', 'emacs', 'micro', 'kak', 'joe'];

/** How to open the file; null if no editor is named. In VS Code's own terminal it is `code`. */
export function openingOf(
  env: Readonly<Record<string, string | undefined>>,
  file: string,
  line: number,
): Opening | null {
  const inCode = env.TERM_PROGRAM === 'vscode' ? 'code' : '';
  const named = [env.VISUAL, env.EDITOR, inCode].find((value) => value !== undefined && value.trim() !== '');
  if (named === undefined) return null;
  const [command = '', ...more] = named.trim().split(/\s+/);
  const name = basename(command).replace(/\.(exe|cmd)$/i, '');
  if (Object.hasOwn(WINDOWED, name)) {
    const args = more.filter((word) => !['--wait', '-w'].includes(word));
    return { command, args: [...args, ...(WINDOWED[name] ?? []), `${file}:${line}`], inTerminal: false };
  }
  const place = PLUS_LINE.includes(name) ? [`+${line}`, file] : [file];
  return { command, args: [...more, ...place], inTerminal: true };
}

/** Opens the file, and waits for an editor in the terminal. @returns why it failed, or null. */
export function open({ command, args, inTerminal }: Opening): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: inTerminal ? 'inherit' : 'ignore', detached: !inTerminal });
    child.once('error', (error) => resolve(`${command} does not start: ${error.message}.`));
    if (inTerminal) {
      child.once('close', () => resolve(null));
      return;
    }
    child.once('spawn', () => {
      child.unref();
      resolve(null);
    });
  });
}
