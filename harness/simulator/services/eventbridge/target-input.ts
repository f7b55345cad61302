/**
 * What a target is given of an event: all of it, a part, a constant, or what an input transformer makes of it (EB-18, EB-22).
 */

import type { Input } from '../../contract/answer.ts';
import { readJsonText } from '../../contract/json-text.ts';
import { unmodelled } from '../../contract/refusal.ts';
import { checkMembers, isGiven } from '../../contract/request.ts';
import { unreachable } from '../../kernel/bug.ts';
import type { BusEvent } from './event.ts';
import { type Occasion, readInputTransformer, transformedInput } from './input-transformer.ts';
import { partAt, readJsonPath } from './json-path.ts';
import { constraintBroken, notValid } from './refusal.ts';
import { MEMBERS_OF_EVENTS } from './request.ts';
import type { RuleTarget, TargetInput } from './state.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html */
const INPUT_CHARACTERS = 8_192;
const WAYS = ['Input', 'InputPath', 'InputTransformer'];

/** Reads what the target `id` is to be given. EB-18: in one way at most. `place`: where the request has the target. */
export function readTargetInput(given: Input, id: string, place: string): TargetInput {
  if (WAYS.filter((way) => isGiven(given[way])).length > 1)
    throw notValid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  if (isGiven(given.InputTransformer)) {
    const transformer = MEMBERS_OF_EVENTS.record(given, 'InputTransformer');
    checkMembers('an input transformer', transformer, ['InputPathsMap', 'InputTemplate']);
    return readInputTransformer(transformer, id, `${place}.inputTransformer`);
  }
  const text = MEMBERS_OF_EVENTS.optionalText(given, 'Input');
  if (text !== undefined) {
    if (text.length > INPUT_CHARACTERS)
      throw constraintBroken(text, `${place}.input`, `have length less than or equal to ${INPUT_CHARACTERS}`);
    if (!readJsonText(text).isJson) throw notValid(`JSON syntax error in input for target ${id}.`);
    return { kind: 'constant', text };
  }
  const path = MEMBERS_OF_EVENTS.optionalText(given, 'InputPath');
  if (path === undefined) return { kind: 'event' };
  const steps = readJsonPath(path);
  if (steps === null) throw unmodelled(`The InputPath ${path}`);
  return { kind: 'part', path: steps };
}

/** The text that a target is given. UV-24: `null` for a part that is not there. */
export function bodyFor({ input }: RuleTarget, event: BusEvent, occasion: Occasion): string {
  switch (input.kind) {
    case 'event':
      return JSON.stringify(event);
    case 'constant':
      return input.text;
    case 'part':
      return JSON.stringify(partAt(event, input.path) ?? null);
    case 'transformed':
      return transformedInput(input, event, occasion);
    default:
      return unreachable(input, 'input of a target');
  }
}
