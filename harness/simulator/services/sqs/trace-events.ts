/**
 * The events that SQS writes into a trace: the stages of a message.
 */

import type { Actor } from '../../contract/trace-entry.ts';

export type SqsEvent =
  /**
   * A queue has accepted a message; `visibleAtMs` is later than now if it was sent with a delay. On a FIFO queue it has a group, and
   * `behind` is the message in flight or delayed for which the group waits, if there is one.
   */
  | {
      readonly kind: 'message-sent';
      readonly queue: string;
      readonly messageId: string;
      readonly body: string;
      readonly visibleAtMs: number;
      readonly groupId?: string;
      readonly behind?: string;
    }
  /** A FIFO queue has accepted a send and stored nothing: it had accepted this message under the same id (SQ-16). */
  | {
      readonly kind: 'message-deduplicated';
      readonly queue: string;
      /** The message of the first send. */
      readonly messageId: string;
      readonly groupId: string;
      readonly deduplicationId: string;
      readonly firstSentAtMs: number;
    }
  /** A message was handed out and is invisible until `visibleAgainAtMs`. */
  | {
      readonly kind: 'message-received';
      readonly queue: string;
      readonly messageId: string;
      readonly receiveCount: number;
      readonly by: Actor;
      readonly visibleAgainAtMs: number;
      /** On a FIFO queue. */
      readonly groupId?: string;
    }
  /** Messages of a group were handed out, and `waiting` more of it may not come before the message `behind` is gone (SQ-13). */
  | {
      readonly kind: 'group-blocked';
      readonly queue: string;
      readonly groupId: string;
      readonly behind: string;
      readonly waiting: number;
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
      /** On a FIFO queue. */
      readonly groupId?: string;
    }
  /** A message was older than its queue's retention period, and is gone; no dead-letter queue has it (SQ-08). Noted when a step next looks at the queue. */
  | {
      readonly kind: 'message-expired';
      readonly queue: string;
      readonly messageId: string;
      readonly keptForMs: number;
      readonly retentionMs: number;
    }
  /**
   * A mapping's delete has deleted nothing, and the message comes back. `expired`: its visibility timeout was over, which FIFO queues
   * refuse (SQ-04). `lost`: the delete failed (SE-20).
   */
  | {
      readonly kind: 'message-not-deleted';
      readonly queue: string;
      readonly messageId: string;
      readonly by: Actor;
      readonly why: 'expired' | 'lost';
    };
