/**
 * Input transformers: a template with placeholders, filled with parts of an event (EB-22). Which targets have one is in target-input.ts.
 *
 * AWS escapes nothing: a text with a quotation mark in it makes a result that is no JSON (UV-32).
 */

import type { Input } from '../../contract/answer.ts';
import { readJsonText } from '../../contract/json-text.ts';
import { unmodelled } from '../../contract/refusal.ts';
import { isGiven } from '../../contract/request.ts';
import type { BusEvent } from './event.ts';
import { type JsonPath, partAt, readJsonPath } from './json-path.ts';
import { asText, constraintBroken, notValid } from './refusal.ts';
import { MEMBERS_OF_EVENTS } from './request.ts';
import type { EventRule, TargetInput } from './state.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html */
const MOST_PATHS = 100;
const NAME_CHARACTERS = 256;
export const TEMPLATE_CHARACTERS = 8_192;
export const VARIABLE_NAME = /^[A-Za-z0-9_-]{1,256}$/;

const PREDEFINED: ReadonlySet<string> = new Set([
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
]);
/** The two characters cannot be escaped. */
const PLACEHOLDER = /<([^>]*)>/g;

type Transformed = TargetInput & { readonly kind: 'transformed' };

/** Reads the transformer of the target `id`. `place`: where the request has it, in AWS's spelling. */
export function readInputTransformer(given: Input, id: string, place: string): Transformed {
  const template = MEMBERS_OF_EVENTS.text(given, 'InputTemplate');
  if (template === '' || template.length > TEMPLATE_CHARACTERS) {
    const limit = template === '' ? 'greater than or equal to 1' : `less than or equal to ${TEMPLATE_CHARACTERS}`;
    throw constraintBroken(template, `${place}.inputTemplate`, `have length ${limit}`);
  }
  const paths = readPaths(given, place);
  for (const [, name = ''] of template.matchAll(PLACEHOLDER))
    if (!paths.has(name) && !PREDEFINED.has(name))
      throw notValid(`InputTemplate for target ${id} contains invalid placeholder ${name}.`);
  // UV-33: a template must be JSON with null in the place of each placeholder.
  if (!readJsonText(template.replace(PLACEHOLDER, 'null')).isJson)
    throw notValid(`Invalid InputTemplate for target ${id}.`);
  return { kind: 'transformed', template, paths };
}

function readPaths(given: Input, place: string): ReadonlyMap<string, JsonPath> {
  const map = isGiven(given.InputPathsMap) ? MEMBERS_OF_EVENTS.record(given, 'InputPathsMap') : {};
  const entries = Object.entries(map);
  const at = `${place}.inputPathsMap`;
  if (entries.length > MOST_PATHS)
    throw constraintBroken(`[${entries.length} paths]`, at, `have length less than or equal to ${MOST_PATHS}`);
  return new Map(
    entries.map(([name, path]) => {
      if (name.length > NAME_CHARACTERS)
        throw keyNotValid(name, at, `have length less than or equal to ${NAME_CHARACTERS}`);
      if (!VARIABLE_NAME.test(name))
        throw keyNotValid(name, at, 'satisfy regular expression pattern: [A-Za-z0-9\\_\\-]+');
      const steps = readJsonPath(asText(path));
      if (steps === null) throw unmodelled(`The path ${asText(path)} of an input transformer`);
      return [name, steps] as const;
    }),
  );
}

function keyNotValid(name: string, place: string, constraint: string) {
  const told = `1 validation error detected: Value '{${name}=…}' at '${place}' failed to satisfy constraint`;
  return notValid(`${told}: Map keys must satisfy constraint: [Member must ${constraint}]`);
}

/** What of the rule and of the moment a template may tell. */
export interface Occasion {
  readonly rule: Pick<EventRule, 'name' | 'arn'>;
  /** When the bus has received the event, as an instant in whole seconds. */
  readonly receivedAt: string;
}

/** The template with the parts of this event in it. */
export function transformedInput({ template, paths }: Transformed, event: BusEvent, occasion: Occasion): string {
  let text = '';
  let isInText = false;
  let from = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    const before = template.slice(from, match.index);
    isInText = isInText !== opensOrCloses(before);
    const [whole, name = ''] = match;
    const path = paths.get(name);
    const value = path === undefined ? predefined(name, event, occasion) : partAt(event, path);
    text += before + (isInText ? withinText(value) : asValue(value));
    from = match.index + whole.length;
  }
  return text + template.slice(from);
}

/** Whether a piece of JSON begins within a text and ends outside, or the other way round. */
function opensOrCloses(piece: string): boolean {
  const marks = piece.replace(/\\[\s\S]/g, '').match(/"/g) ?? [];
  return marks.length % 2 === 1;
}

function predefined(name: string, event: BusEvent, { rule, receivedAt }: Occasion): unknown {
  if (name === 'aws.events.rule-arn') return rule.arn;
  if (name === 'aws.events.rule-name') return rule.name;
  if (name === 'aws.events.event.ingestion-time') return receivedAt;
  if (name === 'aws.events.event.json') return event;
  const { detail: _detail, 'detail-type': detailType, ...others } = event;
  return { ...others, detailType };
}

/** A variable whose path leads to nothing is empty. Of objects and lists the quotation marks are taken away. */
function withinText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '');
}

/** Texts get quotation marks. */
function asValue(value: unknown): string {
  if (value === undefined) return '""';
  return typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
}
