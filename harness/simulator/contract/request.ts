/**
 * Reads the members of a request: which are given, of which type and within which bounds; refuses by name the members that are
 * not modelled.
 *
 * AWS's error messages for wrong members differ between services, so each service passes its wording in. What a member means is
 * defined elsewhere.
 */

import type { Input } from './answer.ts';
import { asTold, type Refusal, unmodelled } from './refusal.ts';

/** The types that a member's shape can require. */
export type MemberType = 'string' | 'boolean' | 'whole number' | 'structure' | 'list' | 'list of structures';

export interface MemberBounds {
  readonly min: number;
  readonly max?: number;
  /** AWS's explanation of the bounds, if the member has its own. */
  readonly reason?: string;
}

/** A service's errors for wrong members. */
export interface RequestWording {
  missing(member: string): Refusal;
  wrongType(member: string, value: unknown, wanted: MemberType, bounds?: MemberBounds): Refusal;
  outOfBounds(member: string, value: number, bounds: MemberBounds): Refusal;
  notOneOf(member: string, value: unknown, allowed: readonly string[]): Refusal;
}

const NONE: ReadonlySet<string> = new Set();

/** Whether a member is given: `null` counts as not given. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Whether a value is a structure or a map. */
export function isRecord(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** Refuses members that the operation does not model. `harmless`: members that every operation of the service accepts. */
export function checkMembers(
  operation: string,
  input: Input,
  modelled: readonly string[] | ReadonlySet<string>,
  harmless: ReadonlySet<string> = NONE,
): void {
  const isModelled = (member: string): boolean =>
    modelled instanceof Set ? modelled.has(member) : (modelled as readonly string[]).includes(member);
  for (const member in input) {
    if (!isModelled(member) && !harmless.has(member) && isGiven(input[member]))
      throw unmodelled(`${member} in ${operation}`);
  }
}

/** Reads members with the wording of one service. Throws a {@link Refusal} for a member that is wrong. */
export class RequestReader {
  readonly #says: RequestWording;

  constructor(wording: RequestWording) {
    this.#says = wording;
  }

  /** A required text. */
  text(input: Input, member: string): string {
    const value = this.#required(input, member);
    if (typeof value !== 'string') throw this.#says.wrongType(member, value, 'string');
    return value;
  }

  /** A text; `undefined` if it is not given. */
  optionalText(input: Input, member: string): string | undefined {
    return isGiven(input[member]) ? this.text(input, member) : undefined;
  }

  /** A boolean; `undefined` if it is not given. */
  boolean(input: Input, member: string): boolean | undefined {
    const value = input[member];
    if (!isGiven(value)) return undefined;
    if (typeof value !== 'boolean') throw this.#says.wrongType(member, value, 'boolean');
    return value;
  }

  /** A whole number within bounds; `undefined` if it is not given. */
  integer(input: Input, member: string, bounds: MemberBounds): number | undefined {
    const value = input[member];
    if (!isGiven(value)) return undefined;
    if (typeof value !== 'number' || !Number.isSafeInteger(value))
      throw this.#says.wrongType(member, value, 'whole number', bounds);
    const { min, max } = bounds;
    if (value < min || (max !== undefined && value > max)) throw this.#says.outOfBounds(member, value, bounds);
    return value;
  }

  /** A member with a fixed set of values; `undefined` if it is not given. */
  oneOf<T extends string>(input: Input, member: string, allowed: readonly T[]): T | undefined {
    const value = input[member];
    if (!isGiven(value)) return undefined;
    const known = allowed.find((candidate) => candidate === value);
    if (known === undefined) throw this.#says.notOneOf(member, value, allowed);
    return known;
  }

  /** A required structure or map. */
  record(input: Input, member: string): Input {
    const value = this.#required(input, member);
    if (!isRecord(value)) throw this.#says.wrongType(member, value, 'structure');
    return value;
  }

  /** A required list of structures. */
  records(input: Input, member: string): readonly Input[] {
    const value = this.#required(input, member);
    if (!Array.isArray(value) || !value.every(isRecord))
      throw this.#says.wrongType(member, value, 'list of structures');
    return value;
  }

  /** A list of texts; empty if it is not given. */
  texts(input: Input, member: string): readonly string[] {
    const value = input[member];
    if (!isGiven(value)) return [];
    if (!Array.isArray(value)) throw this.#says.wrongType(member, value, 'list');
    return value.map(asTold);
  }

  #required(input: Input, member: string): unknown {
    const value = input[member];
    if (!isGiven(value)) throw this.#says.missing(member);
    return value;
  }
}
