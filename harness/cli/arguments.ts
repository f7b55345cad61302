/**
 * Parses the command line: positionals and options of one command, or a sentence that says what is wrong.
 *
 * `node:util` splits the words, and the command says what is allowed. Nothing is guessed: an unknown option is refused, and the
 * message suggests the nearest name.
 */

import { parseArgs } from 'node:util';
import { sayNearName } from './near-name.ts';

/** The command line is wrong. The message is one sentence for a person; exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export interface OptionSpec {
  readonly type: 'flag' | 'value' | 'number';
  /** What the help text says about the option. */
  readonly says: string;
}

export interface ArgumentSpec {
  readonly name: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Names of the arguments without dashes; `?` at the end marks an optional one. */
  readonly positionals: readonly string[];
}

export class Arguments {
  readonly #positionals: readonly string[];
  readonly #options: ReadonlyMap<string, string | true>;

  constructor(positionals: readonly string[], options: ReadonlyMap<string, string | true>) {
    this.#positionals = positionals;
    this.#options = options;
  }

  /** The positional at this index; empty if it was left out. */
  positional(index: number): string {
    return this.#positionals[index] ?? '';
  }

  flag(option: string): boolean {
    return this.#options.has(option);
  }

  value(option: string): string | undefined {
    const value = this.#options.get(option);
    return typeof value === 'string' ? value : undefined;
  }

  number(option: string): number | undefined {
    const value = this.value(option);
    return value === undefined ? undefined : Number(value);
  }
}

/** Reads `words` as the command allows. Throws {@link UsageError}. */
export function readArguments(spec: ArgumentSpec, words: readonly string[]): Arguments {
  const options = Object.fromEntries(
    Object.entries(spec.options).map(([name, { type }]) => [
      name,
      { type: type === 'flag' ? 'boolean' : 'string' } as const,
    ]),
  );
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
  const positionals: string[] = [];
  const given = new Map<string, string | true>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind === 'option') given.set(token.name, readOption(spec, token.name, token.rawName, token.value));
  }
  checkPositionals(spec, positionals);
  return new Arguments(positionals, given);
}

function readOption(spec: ArgumentSpec, name: string, rawName: string, value: string | undefined): string | true {
  const option = Object.hasOwn(spec.options, name) ? spec.options[name] : undefined;
  if (option === undefined) {
    const known = Object.keys(spec.options).map((key) => `--${key}`);
    throw new UsageError(`raceproof ${spec.name} has no option ${rawName}.${sayNearName(rawName, known)}`);
  }
  if (option.type === 'flag') {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value; leave out «${value}».`);
    return true;
  }
  if (value === undefined || value === '') throw new UsageError(`${rawName} needs a value: ${option.says}.`);
  if (option.type === 'number' && !/^\d{1,15}$/.test(value)) {
    throw new UsageError(`${rawName} needs a whole number, and «${value}» is none.`);
  }
  return value;
}

function checkPositionals(spec: ArgumentSpec, given: readonly string[]): void {
  const missing = spec.positionals[given.length];
  if (missing !== undefined && !missing.endsWith('?')) {
    throw new UsageError(`raceproof ${spec.name} needs ${article(missing)}: ${usageOf(spec)}`);
  }
  const surplus = given[spec.positionals.length];
  if (surplus !== undefined) {
    throw new UsageError(`raceproof ${spec.name} does not know what to do with «${surplus}»: ${usageOf(spec)}`);
  }
}

/** For example «npx --no raceproof grade <lab> --from <folder>». */
export function usageOf({ name, positionals }: ArgumentSpec): string {
  const places = positionals.map((place) => (place.endsWith('?') ? `[${place.slice(0, -1)}]` : `<${place}>`));
  return ['npx --no raceproof', name, ...places].join(' ');
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}
