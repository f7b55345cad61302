/**
 * What a dead-letter queue gets: the event itself, and why it could not be delivered, as message attributes (EB-03).
 */

import type { Arn } from '../../contract/arn.ts';
import type { Send } from '../../contract/effect.ts';
import type { DeliveryAttributes } from '../../contract/service-request.ts';
import { busLane, type TargetDelivery } from './state.ts';
import type { ExhaustedRetryCondition } from './trace-events.ts';

interface WhyDead {
  /** EventBridge's own code, not the target's. */
  readonly code: string;
  /** The target's words. */
  readonly message: string;
  readonly condition: ExhaustedRetryCondition;
}

/** The sending; its answer says whether the queue took it. */
export function deadLetter(delivery: TargetDelivery, queue: Arn, why: WhyDead): Send & { readonly call: string } {
  const attributes = attributesOf(delivery, why);
  return {
    kind: 'send',
    to: queue,
    by: busLane(delivery.rule.bus),
    request: { kind: 'deliver', body: delivery.event, attributes },
    call: `the dead letter of ${delivery.id}`,
  };
}

function attributesOf(
  { rule, target, attempts }: TargetDelivery,
  { code, message, condition }: WhyDead,
): DeliveryAttributes {
  const texts = {
    RULE_ARN: rule.arn,
    TARGET_ARN: target.arn,
    ERROR_CODE: code,
    ERROR_MESSAGE: message,
    ...(condition === null ? {} : { EXHAUSTED_RETRY_CONDITION: condition }),
    RETRY_ATTEMPTS: String(attempts - 1),
  };
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]),
  );
}
