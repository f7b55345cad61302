/**
 * What SNS writes into a trace: messages of topics, and the deliveries that follow from them.
 */

/** One message on its way to one subscriber, by the names that people know. */
interface OfDelivery {
  readonly topic: string;
  readonly messageId: string;
  readonly subscriber: string;
}

export type TopicEvent =
  /** The topic has taken a message. `to`: the subscribers who will get it; `filtered`: those whose filter policies keep it away. */
  | {
      readonly kind: 'notification-published';
      readonly topic: string;
      readonly messageId: string;
      readonly message: string;
      readonly messageGroupId: string | null;
      /** Of a FIFO topic: the one that was given, or the one that the topic has made of the text. */
      readonly messageDeduplicationId: string | null;
      readonly sequenceNumber: string | null;
      readonly to: readonly string[];
      readonly filtered: readonly string[];
    }
  /** A FIFO topic has had this message before, and accepts it without delivering it (SN-04). `messageId`: the first one's. */
  | {
      readonly kind: 'notification-deduplicated';
      readonly topic: string;
      readonly messageId: string;
      readonly messageDeduplicationId: string;
    }
  /** SNS hands a message to a subscriber; `attempt` counts from 1. */
  | (OfDelivery & { readonly kind: 'notification-attempted'; readonly attempt: number })
  /** It will be handed out once more than it should be, at another time (SN-09). */
  | (OfDelivery & { readonly kind: 'notification-duplicated' })
  /** The subscriber could not take it for now, and SNS will try again at `atMs`. `holds`: later messages of its group wait for it. */
  | (OfDelivery & {
      readonly kind: 'notification-retried';
      readonly error: string;
      readonly atMs: number;
      readonly holds: boolean;
    })
  /** SNS has given up. `sentTo`: the dead-letter queue; null: the subscription has none. */
  | (OfDelivery & {
      readonly kind: 'notification-failed';
      readonly error: string;
      /** A client-side error, which is not tried again, or the last of all attempts. */
      readonly why: 'client-side' | 'attempts';
      readonly sentTo: string | null;
    })
  /** The dead-letter queue did not take it either. */
  | (OfDelivery & { readonly kind: 'notification-lost'; readonly deadLetterQueue: string });
