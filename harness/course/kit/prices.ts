/**
 * AWS's prices: US dollars, us-east-1, as published in 2026, without free tiers.
 *
 * All prices are in this file, so that a changed price changes in every lab's cost table.
 */

export const PRICES = {
  /** <https://aws.amazon.com/lambda/pricing/> (x86, first tier) */
  perMillionInvocations: 0.2,
  perGbSecond: 0.000_016_666_7,
  /** <https://aws.amazon.com/sqs/pricing/> (standard queues) */
  perMillionSqsRequests: 0.4,
  /** The same page, FIFO queues. A request may have ten messages, up to 64 KB. */
  perMillionSqsFifoRequests: 0.5,
  /** <https://aws.amazon.com/sns/pricing/> (standard topics: requests of 64 KB; deliveries to queues are free) */
  perMillionSnsRequests: 0.5,
  /** The same page, FIFO topics: each request of a publisher, and 1 KB of it for the data; each message that goes to a subscription, and 1 KB of it. */
  perMillionSnsFifoPublished: 0.3,
  perGbSnsFifoPublished: 0.017,
  perMillionSnsFifoDelivered: 0.01,
  perGbSnsFifoDelivered: 0.001,
  /** <https://aws.amazon.com/dynamodb/pricing/on-demand/>, in force since November 2024 */
  perMillionWriteUnits: 0.625,
  perMillionReadUnits: 0.125,
  /** <https://aws.amazon.com/eventbridge/pricing/> (custom events, 64 KB each; delivering them within the account is free) */
  perMillionBusEvents: 1,
  /** The same page: an event that goes on to the bus of another account is paid for again. */
  perMillionEventsToAnotherAccount: 1,
  /** <https://aws.amazon.com/kinesis/data-streams/pricing/> (provisioned; a unit of a put is 25 KB of one record) */
  perShardHour: 0.015,
  perMillionPutUnits: 0.014,
} as const;
