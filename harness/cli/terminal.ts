/**
 * A person at a terminal: single keys, the size of the window, whether they left.
 *
 * It reads keys one by one only while there is a listener, and restores the terminal afterwards. The listener decides what a
 * key means.
 */

import type { ReadStream, WriteStream } from 'node:tty';

export interface Terminal {
  /** How many lines the window has now. */
  rows(): number;
  columns(): number;
  /** Calls `heard` with every key: a character, or `up`, `down`, `enter`, `escape`, `ctrl-c`. */
  onKey(heard: (key: string) => void): { close(): void };
  onResize(heard: () => void): { close(): void };
}

/** Null if input or output is no terminal, or is one that can't be drawn on. */
export function terminalOf(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  env: Readonly<Record<string, string | undefined>>,
): Terminal | null {
  if (!isKeyboard(input) || !isScreen(output) || env.TERM === 'dumb') return null;
  return {
    rows: () => output.rows,
    columns: () => output.columns,
    onKey(heard) {
      const hear = (chunk: Buffer): void => {
        for (const key of keysOf(chunk.toString())) heard(key);
      };
      input.setRawMode(true);
      input.on('data', hear).resume();
      return {
        close() {
          input.off('data', hear).pause();
          input.setRawMode(false);
        },
      };
    },
    onResize(heard) {
      output.on('resize', heard);
      return { close: () => void output.off('resize', heard) };
    },
  };
}

function isKeyboard(stream: NodeJS.ReadStream): stream is ReadStream {
  return stream.isTTY === true;
}

function isScreen(stream: NodeJS.WriteStream): stream is WriteStream {
  return stream.isTTY === true;
}

/** The sequences that terminals send for keys that are no characters. */
const NAMED: Readonly<Record<string, string>> = {
  '\u001b[A': 'up',
  '\u001b[B': 'down',
  '\u001bOA': 'up',
  '\u001bOB': 'down',
  '\r': 'enter',
  '\n': 'enter',
  '\u001b': 'escape',
  '\u0003': 'ctrl-c',
  '\u0004': 'ctrl-c',
};

/** The keys in the received text: several if they were pressed quickly. Unknown sequences are left out. */
export function keysOf(text: string): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals speak in control characters.
  const parts = text.match(/\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O.)|[\s\S]/gu) ?? [];
  return parts.flatMap((part) => {
    const named = NAMED[part];
    if (named !== undefined) return [named];
    return part.length > 1 && part.startsWith('\u001b') ? [] : [part];
  });
}

/** Waits for one key; null if `signal` aborts first. */
export async function oneKey(terminal: Terminal, signal: AbortSignal): Promise<string | null> {
  if (signal.aborted) return null;
  const pressed = Promise.withResolvers<string | null>();
  const keys = terminal.onKey((key) => pressed.resolve(key === 'ctrl-c' ? null : key));
  const stopped = (): void => pressed.resolve(null);
  signal.addEventListener('abort', stopped);
  try {
    return await pressed.promise;
  } finally {
    signal.removeEventListener('abort', stopped);
    keys.close();
  }
}
