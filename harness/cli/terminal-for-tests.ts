/**
 * A keyboard on which a test presses keys.
 */

import type { Terminal } from './terminal.ts';

export interface TestTerminal extends Terminal {
  press(key: string): void;
  /** The number of listeners; 0 after everything was closed. */
  listeners(): number;
}

/** Presses these keys one after the other as soon as there is a listener. */
export function keysFor(...keys: readonly string[]): TestTerminal {
  const heard = new Set<(key: string) => void>();
  const resized = new Set<() => void>();
  return {
    rows: () => 50,
    columns: () => 80,
    press: (key) => heard.forEach((listener) => void listener(key)),
    listeners: () => heard.size + resized.size,
    onKey(listener) {
      heard.add(listener);
      queueMicrotask(() => {
        for (const key of keys) if (heard.has(listener)) listener(key);
      });
      return { close: () => void heard.delete(listener) };
    },
    onResize(listener) {
      resized.add(listener);
      return { close: () => void resized.delete(listener) };
    },
  };
}
