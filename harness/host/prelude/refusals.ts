/**
 * Members that Node has and a lab has not: each is there, and refuses by name when it is used.
 *
 * Without them, `createCipheriv(…)` would be «undefined is not a function», a `TypeError` that a handler may catch, and the
 * grader would blame the handler for what the lab lacks. Asking for the type of a member, or whether a value is an instance of it,
 * refuses nothing: code that tests for features goes the way that it goes on AWS.
 */

import { refuse } from './environment-now.ts';
import { noteFrozen } from './intrinsics.ts';
import { memberNames, type NodeMembers } from './node-names.ts';

/** A way out, the same one for all members of an object or one for each. */
export type Advice = string | ((member: string) => string);

/**
 * A function that refuses when it is called, or constructed if its name is that of a class. `statics` are functions that stand on
 * it and refuse, too. All of it is frozen at once: there are hundreds, and a realm must not take the time to look into each.
 */
function refusedFunction(name: string, advice: string, statics: readonly string[] = []): object {
  const shortName = name.slice(name.lastIndexOf('.') + 1);
  // No expression is matched: in a new realm it would have to be compiled first.
  const refused = shortName.charAt(0) < 'a' ? refusedClass(name, advice) : refusedCall(name, advice);
  Object.defineProperty(refused, 'name', { value: shortName });
  for (const member of memberNames(statics)) {
    Object.defineProperty(refused, member, { value: refusedFunction(`${name}.${member}`, advice) });
  }
  noteFrozen(Object.freeze(refused));
  return refused;
}

function refusedCall(name: string, advice: string): object {
  return (): never => refuse(`Your code calls ${name}.`, advice);
}

/** Values may be asked whether they are instances of it. */
function refusedClass(name: string, advice: string): object {
  const refused = function (): never {
    return refuse(`Your code calls ${new.target === undefined ? '' : 'new '}${name}.`, advice);
  };
  noteFrozen(Object.freeze(refused.prototype as object));
  return refused;
}

/** Puts a refusal on `target` for each of Node's members that it lacks. `label` is what learners' code calls it: `crypto`. */
export function fillWithRefusals<Target extends object>(
  target: Target,
  label: string,
  members: NodeMembers,
  advice: Advice,
): Target {
  const adviceOn = (member: string): string => (typeof advice === 'string' ? advice : advice(member));
  for (const member of memberNames(members.functions)) {
    if (member in target) continue;
    const statics = members.statics?.[member];
    const value = refusedFunction(nameOf(label, member), adviceOn(member), statics);
    Object.defineProperty(target, member, { value, configurable: true, enumerable: true, writable: true });
  }
  for (const member of memberNames(members.values)) {
    if (member in target) continue;
    const get = (): never => refuse(`Your code reads ${nameOf(label, member)}.`, adviceOn(member));
    // Not enumerable: copying the members of an object is no use of them.
    noteFrozen(Object.freeze(get));
    Object.defineProperty(target, member, { get, configurable: true, enumerable: false });
  }
  return target;
}

function nameOf(label: string, member: string): string {
  return label === '' ? member : `${label}.${member}`;
}

/**
 * An object whose members all refuse and are made when they are asked for: to be inherited by an object that lacks most of Node's.
 * Objects that inherit it may have members of their own under any name.
 */
export function inheritedRefusals(label: string, members: NodeMembers, advice: string): object {
  let made: object | null = null;
  const rest = (): object => {
    made ??= freezeAndNote(fillWithRefusals({}, label, members, advice));
    return made;
  };
  return new Proxy(freezeAndNote({}), {
    get: (target, key, receiver) => Reflect.get(key in target ? target : rest(), key, receiver) as unknown,
    has: (target, key) => key in target || key in rest(),
  });
}

function freezeAndNote(value: object): object {
  noteFrozen(Object.freeze(value));
  return value;
}
