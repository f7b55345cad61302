/**
 * JSON bodies, written and read by the SDK's own JSON codec from the SDK's schemas.
 */

import { JsonCodec2 } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde';
import { textOf } from './message.ts';

/** The settings that each protocol uses for its bodies, as in the SDK's protocol classes. */
const SETTINGS = {
  awsJson: { timestampFormat: { useTrait: true, default: 7 }, jsonName: false },
  restJson: { timestampFormat: { useTrait: true, default: 7 }, jsonName: true, httpBindings: true },
} as const;

export type JsonFlavour = keyof typeof SETTINGS;

/** Settings for values in headers, paths and queries. */
export function settingsOf(flavour: JsonFlavour): (typeof SETTINGS)[JsonFlavour] {
  return SETTINGS[flavour];
}

const SERDE_CONTEXT = {
  base64Decoder: fromBase64,
  base64Encoder: toBase64,
  utf8Decoder: fromUtf8,
  utf8Encoder: toUtf8,
};

function codecOf(flavour: JsonFlavour): JsonCodec2 {
  const codec = new JsonCodec2(SETTINGS[flavour]);
  codec.setSerdeContext(SERDE_CONTEXT as unknown as Parameters<JsonCodec2['setSerdeContext']>[0]);
  return codec;
}

/** The codec's reader of parsed JSON, which its published type leaves out. */
interface ObjectReader {
  readObject(schema: NormalizedSchema, data: unknown): object;
}

/** The data in a JSON body; `{}` for an empty one. Throws a SyntaxError for text that is not JSON. */
export function readJson(
  flavour: JsonFlavour,
  schema: NormalizedSchema,
  body: Uint8Array | string | undefined,
): object {
  const text = textOf(body);
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  const deserializer = codecOf(flavour).createDeserializer() as unknown as ObjectReader;
  return deserializer.readObject(schema, parsed);
}

/** The JSON body of some data. */
export function writeJson(flavour: JsonFlavour, schema: NormalizedSchema, data: object): Uint8Array<ArrayBuffer> {
  const serializer = codecOf(flavour).createSerializer();
  serializer.write(schema, data);
  return new Uint8Array(serializer.flush() as Uint8Array);
}
