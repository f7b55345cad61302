/**
 * What SNS's steps look at and change.
 *
 * A delivery is looked at by its own steps alone, and those follow one another: it needs no path. Messages that go through one lane keep the order in which they were
 * published, so their publishers depend on each other; all others are independent, those of other groups of a FIFO topic among them.
 */

import type { Actor } from '../../contract/trace-entry.ts';

/** Whether there is such a topic, and what its attributes are. */
export const topicPath = (name: string): string => `sns/topics/${name}`;
/** Which topics there are. */
export const EVERY_TOPIC = topicPath('*');
/** The subscriptions of a topic, and what each of them says. */
export const subscriptionsPath = (topic: string): string => `sns/subscriptions/${topic}`;
/** The subscriptions of all topics. */
export const EVERY_SUBSCRIPTION = subscriptionsPath('*');
/** The tags of a topic. */
export const topicTagsPath = (topic: string): string => `sns/tags/${topic}`;
/** The order of deliveries to one queue, or of one group to one queue. */
export const deliveryLanePath = (lane: string): string => `sns/lanes/${lane}`;
/** How many messages a group has had: sequence numbers follow from it. */
export const groupPath = (group: string): string => `sns/groups/${group}`;
/** Whether the topic has taken such a message lately. */
export const takenPath = (key: string): string => `sns/taken/${key}`;
/** How often a caller has published: the ids of its messages follow from it. */
export const publishesPath = (by: Actor): string => `sns/publishes/${by}`;
