/**
 * Tags of streams (KI-14): they change nothing in a run, and are kept and listed.
 */

import type { Input } from '../../contract/answer.ts';
import { asTold } from '../../contract/refusal.ts';
import { checkMembers } from '../../contract/request.ts';
import { streamPath, tagsPath } from './footprints.ts';
import type { StreamOperated } from './messages.ts';
import { argumentNotValid } from './refusal.ts';
import { checkText, MEMBERS_OF_STREAMS, streamIn } from './request.ts';
import type { DataStream, KinesisState } from './state.ts';

const MOST_TAGS = 50;
const KEY = { min: 1, max: 128 };
const VALUE = { max: 256 };
const ADDRESS = ['StreamName', 'StreamARN'];

/** The tags that a request gives, as a map. */
export function tagsIn(input: Input): ReadonlyMap<string, string> {
  const given = MEMBERS_OF_STREAMS.record(input, 'Tags');
  return new Map(
    Object.entries(given).map(([key, value]) => [
      checkText(key, 'tags', KEY),
      checkText(asTold(value), `tags.${key}.member`, VALUE),
    ]),
  );
}

/** Refuses tags that a stream may not have together with its own. */
export function checkTags(
  { accountId }: KinesisState,
  { name, tags }: DataStream,
  more: ReadonlyMap<string, string>,
): void {
  const texts = [...more].flat();
  if (texts.some((text) => /[^\p{L}\p{N}\s_.:/=+\-@]/u.test(text)))
    throw argumentNotValid(
      'Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @ :.',
    );
  if (new Set([...tags.keys(), ...more.keys()]).size > MOST_TAGS)
    throw argumentNotValid(
      `Failed to add tags to stream ${name} under account ${accountId} because a given stream cannot have more than ${MOST_TAGS} tags associated with it.`,
    );
}

/** `AddTagsToStream`. */
export function addTagsToStream(state: KinesisState, input: Input): StreamOperated {
  checkMembers('AddTagsToStream', input, [...ADDRESS, 'Tags']);
  const given = tagsIn(input);
  const stream = streamIn(state, input);
  checkTags(state, stream, given);
  for (const [key, value] of given) stream.tags.set(key, value);
  return changed(stream);
}

/** `RemoveTagsFromStream`. A tag that the stream does not have is no error. */
export function removeTagsFromStream(state: KinesisState, input: Input): StreamOperated {
  checkMembers('RemoveTagsFromStream', input, [...ADDRESS, 'TagKeys']);
  const keys = MEMBERS_OF_STREAMS.texts(input, 'TagKeys');
  const stream = streamIn(state, input);
  for (const key of keys) stream.tags.delete(key);
  return changed(stream);
}

function changed({ name }: DataStream): StreamOperated {
  return { output: {}, footprint: { reads: [streamPath(name)], writes: [tagsPath(name)] } };
}

/** `ListTagsForStream`, by the names of tags, in pages. */
export function listTagsForStream(state: KinesisState, input: Input): StreamOperated {
  checkMembers('ListTagsForStream', input, [...ADDRESS, 'ExclusiveStartTagKey', 'Limit']);
  const most = MEMBERS_OF_STREAMS.integer(input, 'Limit', { min: 1, max: MOST_TAGS }) ?? MOST_TAGS;
  const behind = MEMBERS_OF_STREAMS.optionalText(input, 'ExclusiveStartTagKey') ?? '';
  const { name, tags } = streamIn(state, input);
  const all = [...tags].sort(([a], [b]) => (a < b ? -1 : 1)).filter(([key]) => key > behind);
  const Tags = all.slice(0, most).map(([Key, Value]) => ({ Key, Value }));
  const output = { Tags, HasMoreTags: all.length > most };
  return { output, footprint: { reads: [streamPath(name), tagsPath(name)], writes: [] } };
}
