/**
 * AWS's query protocol: a request is a form with one field for each value, an answer is XML. Driven by schemas alone.
 *
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html. Members of errors beyond the message are not written: no service that is simulated
 * has any.
 */

import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { toBase64 } from '@smithy/core/serde';
import { bytesOf, textOf } from './message.ts';
import type { QueryError } from './query-errors.ts';

/** The fields of a form as a tree: `Tags.member.1.Key=a` is `Tags` › `member` › `1` › `Key` › `a`. */
export type Form = ReadonlyMap<string, FormPart>;
type FormPart = string | Form;
type Growing = Map<string, string | Growing>;

const SETTINGS = { timestampFormat: { useTrait: true, default: 5 }, httpBindings: false } as const;

/** The form in a body. */
export function formOf(body: Uint8Array | string | undefined): Form {
  const form: Growing = new Map();
  for (const field of textOf(body).split('&')) {
    const [name = '', value = ''] = field.split('=').map((text) => decodeURIComponent(text.replaceAll('+', ' ')));
    const path = name.split('.');
    const last = path.pop() ?? '';
    let part = form;
    for (const step of path) {
      const next = part.get(step);
      const within: Growing = next instanceof Map ? next : new Map();
      if (within !== next) part.set(step, within);
      part = within;
    }
    part.set(last, value);
  }
  return form;
}

/** The input in a form. */
export function readQueryInput(schema: NormalizedSchema, form: Form): Record<string, unknown> {
  return schema.isStructSchema() ? readStructure(schema, form) : {};
}

function read(schema: NormalizedSchema, part: FormPart): unknown {
  if (schema.isStructSchema()) return readStructure(schema, formIn(part));
  if (schema.isListSchema()) {
    const member = schema.getValueSchema();
    return inOrder(formIn(part), xmlNameOf(member, 'member')).map((one) => read(member, one));
  }
  if (schema.isMapSchema()) {
    const [key, value] = [schema.getKeySchema(), schema.getValueSchema()];
    return Object.fromEntries(
      inOrder(formIn(part), 'entry').map((entry) => {
        const { [xmlNameOf(key, 'key')]: name, [xmlNameOf(value, 'value')]: is } = Object.fromEntries(formIn(entry));
        return [String(name), read(value, is ?? '')];
      }),
    );
  }
  const text = typeof part === 'string' ? part : '';
  return new FromStringShapeDeserializer(SETTINGS).read(schema, text) as unknown;
}

function readStructure(schema: NormalizedSchema, form: Form): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(schema.getMemberSchemas())) {
    const part = form.get(xmlNameOf(member, name));
    if (part !== undefined) made[name] = read(member, part);
  }
  return made;
}

/** The parts that are numbered from 1 below this name; none in an empty list, whose field has no number. */
function inOrder(form: Form, name: string): readonly FormPart[] {
  return [...formIn(form.get(name) ?? '')].sort(([a], [b]) => Number(a) - Number(b)).map(([, part]) => part);
}

function formIn(part: FormPart): Form {
  return typeof part === 'string' ? new Map() : part;
}

/** What an answer says of itself. */
interface QueryMessage {
  readonly operation: string;
  readonly xmlNamespace: string;
  readonly requestId: string;
}

/** The body of an answer with an output. */
export function writeQueryOutput(
  schema: NormalizedSchema,
  output: Readonly<Record<string, unknown>>,
  { operation, xmlNamespace, requestId }: QueryMessage,
): Uint8Array<ArrayBuffer> {
  const result = schema.isStructSchema() ? element(`${operation}Result`, members(schema, output)) : '';
  const metadata = element('ResponseMetadata', element('RequestId', escaped(requestId)));
  return bytesOf(`<${operation}Response xmlns="${escaped(xmlNamespace)}">${result}${metadata}</${operation}Response>`);
}

/** The body of an error. */
export function writeQueryError(
  { Code, Type }: QueryError,
  message: string,
  { xmlNamespace, requestId }: QueryMessage,
): Uint8Array<ArrayBuffer> {
  const error = element('Type', Type) + element('Code', escaped(Code)) + element('Message', escaped(message));
  const request = element('RequestId', escaped(requestId));
  return bytesOf(
    `<ErrorResponse xmlns="${escaped(xmlNamespace)}">${element('Error', error)}${request}</ErrorResponse>`,
  );
}

function members(schema: NormalizedSchema, value: Readonly<Record<string, unknown>>): string {
  return Object.entries(schema.getMemberSchemas())
    .filter(([name]) => value[name] !== undefined && value[name] !== null)
    .map(([name, member]) => element(xmlNameOf(member, name), written(member, value[name])))
    .join('');
}

function written(schema: NormalizedSchema, value: unknown): string {
  if (schema.isStructSchema()) return members(schema, value as Readonly<Record<string, unknown>>);
  if (schema.isListSchema()) {
    const member = schema.getValueSchema();
    const name = xmlNameOf(member, 'member');
    return (value as readonly unknown[]).map((one) => element(name, written(member, one))).join('');
  }
  if (schema.isMapSchema()) {
    const [key, is] = [schema.getKeySchema(), schema.getValueSchema()];
    return Object.entries(value as Readonly<Record<string, unknown>>)
      .map(([name, one]) => {
        const entry = element(xmlNameOf(key, 'key'), escaped(name)) + element(xmlNameOf(is, 'value'), written(is, one));
        return element('entry', entry);
      })
      .join('');
  }
  if (schema.isBlobSchema()) return toBase64(value as Uint8Array);
  if (schema.isTimestampSchema()) return (value as Date).toISOString().replace('.000Z', 'Z');
  return escaped(String(value));
}

function element(name: string, contents: string): string {
  return `<${name}>${contents}</${name}>`;
}

/** A line break that is part of a text is written as a reference: readers of XML change others. */
function escaped(text: string): string {
  return text.replace(/[&<>"\r]/g, (found) => ESCAPES[found] ?? found);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};

function xmlNameOf(schema: NormalizedSchema, otherwise: string): string {
  const { xmlName } = schema.getMergedTraits();
  return typeof xmlName === 'string' ? xmlName : otherwise;
}
