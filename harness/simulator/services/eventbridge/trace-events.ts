/**
 * What EventBridge writes into a trace: events on the bus, and the deliveries that follow from them.
 */

/** Why EventBridge stopped trying (EB-03); null: there is no such target any longer, or nothing to give it, so it did not try again. */
export type ExhaustedRetryCondition = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | null;

/** Where something happened. */
export interface OnBus {
  /** The name of the bus; absent: the default one. */
  readonly bus?: string;
}

/** One event on its way to one target of one rule, by the names that people know. */
interface BusDelivery extends OnBus {
  readonly eventId: string;
  readonly rule: string;
  readonly target: string;
}

export type EventBridgeEvent =
  /** The bus has accepted an event. `rules`: those that it matches; none drops it. */
  | (OnBus & {
      readonly kind: 'bus-event-put';
      readonly eventId: string;
      readonly source: string;
      readonly detailType: string;
      readonly detail: unknown;
      readonly rules: readonly string[];
    })
  /** An event for a bus that is not there: AWS accepts it all the same (EB-19). */
  | {
      readonly kind: 'bus-event-astray';
      readonly eventId: string;
      readonly source: string;
      readonly detailType: string;
      readonly bus: string;
    }
  /** EventBridge hands an event to a target; `attempt` counts from 1. */
  | (BusDelivery & { readonly kind: 'bus-delivery-attempted'; readonly attempt: number })
  /** It will be handed out once more than it should be, at another time (EB-04). */
  | (BusDelivery & { readonly kind: 'bus-delivery-duplicated' })
  /** The target has refused it, and EventBridge will try again at `atMs`. */
  | (BusDelivery & { readonly kind: 'bus-delivery-retried'; readonly error: string; readonly atMs: number })
  /** EventBridge has given up. `sentTo`: the dead-letter queue; null: the target has none. */
  | (BusDelivery & {
      readonly kind: 'bus-delivery-failed';
      readonly error: string;
      readonly condition: ExhaustedRetryCondition;
      readonly sentTo: string | null;
    })
  /** The dead-letter queue did not take it either. */
  | (BusDelivery & { readonly kind: 'bus-event-lost'; readonly deadLetterQueue: string });
