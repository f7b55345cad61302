/**
 * The events that SQS writes into a trace: the stages of a message.
 */

import type { Actor } from '../../contract/trace-entry.ts';

export type SqsEvent =
  /** A queue has accepted a message; `visibleAtMs` is later than now if it was sent with a delay. */
  | {
      readonly kind: 'message-sent';
      readonly queue: string;
      readonly messageId: string;
      readonly body: string;
      readonly visibleAtMs: number;
    }
  /** A message was handed out and is invisible until `visibleAgainAtMs`. */
  | {
      readonly kind: 'message-received';
      readonly queue: string;
      readonly messageId: string;
      readonly receiveCount: number;
      readonly by: Actor;
      readonly visibleAgainAtMs: number;
    }
  | { readonly kind: 'message-deleted'; readonly queue: string; readonly messageId: string; readonly by: Actor }
  /**
   * `timeout`: it was not deleted in time. `returned`: its receiver set its visibility timeout to 0. `duplicate`: a second
   * delivery, possibly after its delete.
   */
  | {
      readonly kind: 'message-visible-again';
      readonly queue: string;
      readonly messageId: string;
      readonly why: 'timeout' | 'returned' | 'duplicate';
    }
  | {
      readonly kind: 'message-dead-lettered';
      readonly queue: string;
      readonly messageId: string;
      readonly deadLetterQueue: string;
      readonly receiveCount: number;
    };
