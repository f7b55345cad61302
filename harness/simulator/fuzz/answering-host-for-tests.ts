/**
 * For tests: a host whose functions answer by what they are asked: some return, some fail, some report a part of their batch, one dies, one sleeps.
 *
 * They make no calls. Which of these a function does follows from the payload, so equal runs are equal.
 */

import type { HostInvocation } from '../contract/code.ts';
import type { Host, HostCommand, HostReport } from '../host.ts';

/** Longer than any function of the account may run. */
const TOO_LONG_MS = 1_000_000;

export class AnsweringHost implements Host {
  #timers = 0;

  begin(): void {
    this.#timers = 0;
  }

  deliver(commands: readonly HostCommand[]): readonly HostReport[] {
    return commands.flatMap((command): readonly HostReport[] => {
      const { environment } = command;
      switch (command.kind) {
        case 'start': {
          const begun: HostReport = { kind: 'initialised', environment };
          return command.first === undefined ? [begun] : [begun, ...this.#run(environment, command.first)];
        }
        case 'invoke':
          return this.#run(environment, command);
        default:
          return [];
      }
    });
  }

  #run(environment: string, { invocation, payloadJson }: HostInvocation): readonly HostReport[] {
    const returned = (payload: string): readonly HostReport[] => [
      { kind: 'returned', environment, invocation, payloadJson: payload },
    ];
    switch (sumOf(payloadJson) % 11) {
      case 0:
        return [{ kind: 'failed', environment, invocation, error: { errorType: 'Error', errorMessage: 'no' } }];
      case 1:
        return [{ kind: 'exited', environment }];
      case 2:
        this.#timers += 1;
        return [{ kind: 'timer-set', environment, timer: this.#timers, delayMs: TOO_LONG_MS }];
      case 3:
        return returned(failuresOf(payloadJson));
      case 4:
        return returned('{"batchItemFailures":[{"itemIdentifier":"unknown"}]}');
      case 5:
        return returned('null');
      default:
        return returned(payloadJson);
    }
  }
}

function sumOf(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (sum * 31 + text.charCodeAt(at)) % 1_000_003;
  return sum;
}

/** Reports the last record of a batch as failed, by the id that a queue or a stream knows it by. */
function failuresOf(payloadJson: string): string {
  const ids = [...payloadJson.matchAll(/"(?:messageId|sequenceNumber)":"([^"]+)"/g)].map(([, id]) => id);
  return JSON.stringify({ batchItemFailures: ids.slice(-1).map((itemIdentifier) => ({ itemIdentifier })) });
}
