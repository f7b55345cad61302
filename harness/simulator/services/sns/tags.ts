/**
 * Tags of topics (SN-24): they change nothing in a run, and are kept and listed.
 */

import type { Input } from '../../contract/answer.ts';
import { refusal } from '../../contract/refusal.ts';
import { checkMembers, isGiven } from '../../contract/request.ts';
import { topicPath, topicTagsPath } from './footprints.ts';
import type { TopicOperated } from './messages.ts';
import { parameterInvalid, resourceDoesNotExist } from './refusal.ts';
import { MEMBERS_OF_TOPICS, topicByArn } from './request.ts';
import type { SnsState, Topic } from './state.ts';

/** https://docs.aws.amazon.com/general/latest/gr/sns.html */
const MOST_TAGS = 50;

/** The tags that a request gives; none if it has no such member. */
export function topicTagsIn(input: Input): ReadonlyMap<string, string> {
  const given = isGiven(input.Tags) ? MEMBERS_OF_TOPICS.records(input, 'Tags') : [];
  const tags = new Map(
    given.map((tag) => [MEMBERS_OF_TOPICS.text(tag, 'Key'), MEMBERS_OF_TOPICS.text(tag, 'Value')] as const),
  );
  if (tags.size < given.length) throw parameterInvalid('Duplicated keys are not allowed.');
  return checkMost(tags);
}

function checkMost(tags: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if (tags.size > MOST_TAGS)
    throw refusal('TagLimitExceededException', 'Could not complete request: tag quota of per resource exceeded');
  return tags;
}

/** Adds tags, or replaces those of the same key. */
export function tagTopic(state: SnsState, input: Input): TopicOperated {
  checkMembers('TagResource', input, ['ResourceArn', 'Tags']);
  const topic = taggedIn(state, input);
  return changed(state, { ...topic, tags: checkMost(new Map([...topic.tags, ...topicTagsIn(input)])) });
}

/** A key that the topic does not have is passed over. */
export function untagTopic(state: SnsState, input: Input): TopicOperated {
  checkMembers('UntagResource', input, ['ResourceArn', 'TagKeys']);
  const removed = new Set(MEMBERS_OF_TOPICS.texts(input, 'TagKeys'));
  const topic = taggedIn(state, input);
  return changed(state, { ...topic, tags: new Map([...topic.tags].filter(([key]) => !removed.has(key))) });
}

export function listTopicTags(state: SnsState, input: Input): TopicOperated {
  checkMembers('ListTagsForResource', input, ['ResourceArn']);
  const { name, tags } = taggedIn(state, input);
  const output = { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
  return { output, footprint: { reads: [topicPath(name), topicTagsPath(name)], writes: [] } };
}

function changed(state: SnsState, topic: Topic): TopicOperated {
  state.topics.set(topic.name, topic);
  return { output: {}, footprint: { reads: [topicPath(topic.name)], writes: [topicTagsPath(topic.name)] } };
}

function taggedIn(state: SnsState, input: Input): Topic {
  const topic = topicByArn(state, MEMBERS_OF_TOPICS.text(input, 'ResourceArn'));
  if (topic === undefined) throw resourceDoesNotExist();
  return topic;
}
