/**
 * A thread of Node's, from both sides: messages out, messages in, and the reason for its end in words.
 */

import { type MessagePort, Worker } from 'node:worker_threads';
import type { Thread, ThreadPort } from '../platform/platform.ts';

export class NodeThread implements Thread {
  readonly #worker: Worker;

  constructor(script: URL) {
    // Before 24.12, Node warns at every start that its support for TypeScript is experimental.
    this.#worker = new Worker(script, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  }

  tell(message: unknown): void {
    this.#worker.postMessage(message);
  }

  onMessage(listen: (message: unknown) => void): void {
    this.#worker.on('message', listen);
  }

  onEnd(listen: (why: string) => void): void {
    let why: string | null = null;
    this.#worker.on('error', (error) => {
      why ??= error instanceof Error ? error.message : String(error);
    });
    this.#worker.on('messageerror', (error) => {
      why ??= error.message;
      this.terminate();
    });
    this.#worker.once('exit', (code) => listen(why ?? `it ended with code ${code}`));
  }

  terminate(): void {
    void this.#worker.terminate();
  }
}

/** The thread's own side. */
export function threadPort(port: MessagePort): ThreadPort {
  return {
    say: (message) => port.postMessage(message),
    onMessage(listen) {
      port.on('message', listen);
    },
    close: () => port.close(),
  };
}
