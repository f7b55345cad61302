/**
 * Runs a document command's own marshalling, without a middleware stack.
 *
 * A document command adds its two middlewares to the stack that it is given; here it is given a stack that only remembers
 * them. So the conversion, its options and its errors are the SDK's, in any version.
 */

import { invariant } from '../../simulator/kernel/bug.ts';
import type { SdkArguments, SdkCommand, SdkDocumentCommand, SdkMiddleware, SdkResult } from './sdk-shapes.ts';

export function isDocumentCommand(command: SdkCommand): command is SdkDocumentCommand {
  return 'clientCommand' in command && 'addMarshallingMiddleware' in command;
}

/** The middlewares that the command would add, by name. */
function middlewaresOf(command: SdkDocumentCommand, translateConfig: unknown): Map<string, SdkMiddleware> {
  const found = new Map<string, SdkMiddleware>();
  const stack = {
    addRelativeTo: (middleware: SdkMiddleware, { name }: { name?: string }) => found.set(name ?? '', middleware),
  };
  const { inputKeyNodes, outputKeyNodes } = command;
  const shown = { clientCommand: { middlewareStack: stack }, inputKeyNodes, outputKeyNodes };
  command.addMarshallingMiddleware.call(shown, { translateConfig });
  return found;
}

/** One document command, ready to be sent as the command that it wraps. */
export interface Marshalled {
  readonly input: object;
  /** Converts an output's attribute values; keeps all other members. */
  readonly unmarshall: (output: object) => Promise<object>;
}

/** Marshalls the input at once. If the SDK's marshaller throws, the result is a rejected promise with its error. */
export function marshall(command: SdkDocumentCommand, translateConfig: unknown): Marshalled | Promise<never> {
  const middlewares = middlewaresOf(command, translateConfig);
  const toWire = middlewares.get('DocumentMarshall');
  const fromWire = middlewares.get('DocumentUnmarshall');
  invariant(toWire !== undefined && fromWire !== undefined, 'a document command adds no marshalling');
  let input: object | null = null;
  const next = (args: SdkArguments): Promise<SdkResult> => {
    input = args.input;
    return Promise.resolve({ output: {} });
  };
  // The middleware calls `next` before it awaits anything, unless it throws.
  const done = toWire(next, {})({ input: command.input });
  if (input === null) return done.then(() => invariant(false, 'a document command marshalled nothing') as never);
  return { input, unmarshall: (output) => unmarshall(fromWire, output) };
}

async function unmarshall(middleware: SdkMiddleware, output: object): Promise<object> {
  const result = await middleware(() => Promise.resolve({ output }), {})({ input: {} });
  return result.output;
}
