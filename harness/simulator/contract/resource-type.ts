/**
 * What the simulator knows of one resource type: its properties, names, attributes, and the API calls that create it.
 *
 * A type is a plain description plus pure functions; it keeps no state and makes no calls. Each service lists its own types,
 * and CloudFormation receives all of them.
 */

import type { AwsCall, Input } from './answer.ts';
import type { AccountPlace } from './arn.ts';
import type { Members, Value } from './shape.ts';

/** Properties that passed the check, as plain data. */
export type Properties = Readonly<Record<string, Value>>;

/** One of the API calls that create a resource. */
export interface PlannedCall {
  readonly call: AwsCall;
  /** The property to report when AWS refuses the call; null: the resource as a whole. */
  readonly blame: string | null;
  /** The errors after which there is nothing left to do: what the call removes is not there. */
  readonly forgives?: readonly string[];
}

/** The one call that deletes a resource. `forgives`: the errors that say that there is none any more. */
export function deletion(
  service: string,
  operation: string,
  input: Input,
  ...forgives: readonly string[]
): readonly PlannedCall[] {
  return [{ call: { service, operation, input }, blame: null, forgives }];
}

/** A resource that stands, and what it is to be. */
export interface ResourceChange {
  readonly name: string;
  readonly before: Properties;
  readonly after: Properties;
}

/** What becomes of a standing resource when the template of its stack changes, or does not have it any more. */
export interface ResourceLife {
  /** The properties of which AWS says «Update requires: Replacement». The property that names the resource is one in any case. */
  readonly replacedBy: readonly string[];
  /** Whether AWS makes a new resource for another reason: a property of which only some changes are a replacement. */
  isReplaced?(before: Properties, after: Properties): boolean;
  /** Properties that AWS changes in place and the simulator can't change in a run: what to do instead. */
  readonly refusedChanges: Readonly<Record<string, string>>;
  /** The calls that change the resource in place, in order. A property that is left out goes back to its default (UV-77). */
  updates(change: ResourceChange, account: AccountPlace): readonly PlannedCall[];
  /** The calls that delete the resource, in order. */
  deletes(name: string, properties: Properties, account: AccountPlace): readonly PlannedCall[];
  /**
   * Of a resource that would have another `Ref`, if it was made once more in a run, than its template knows, since the service counts or
   * dates it: what to do instead.
   */
  readonly madeOnce?: string;
}

/** The life of a resource that no call makes: its changes change nothing in a run. */
export function lifeWithoutCalls(replacedBy: readonly string[]): ResourceLife {
  return { replacedBy, refusedChanges: {}, updates: () => [], deletes: () => [] };
}

export interface ResourceType {
  readonly name: string;
  /** Every property in AWS's schema of the type. */
  readonly properties: Members;
  readonly required: readonly string[];
  /**
   * How a resource gets its name if its name property is absent:
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
   */
  readonly naming: {
    readonly property: string | null;
    readonly maxLength: number;
    /** What the name ends with, which counts towards its length. */
    suffix?(properties: Properties): string;
  };
  /** The value of `Ref`, given the resource's name and its properties. */
  ref(name: string, account: AccountPlace, properties: Properties): string;
  /** The values of `Fn::GetAtt`, given the resource's name and its properties. */
  attributes(name: string, account: AccountPlace, properties: Properties): Readonly<Record<string, string>>;
  /** Attributes that a resource has only if it has a property: the property, by the attribute. */
  readonly attributesOfProperties?: Readonly<Record<string, string>>;
  /** Attributes that AWS has and the simulator lacks: the name, and what to do instead. */
  readonly refusedAttributes: Readonly<Record<string, string>>;
  /** Rules between properties. `report` records a finding at a property. */
  check?(properties: Properties, report: (property: string, message: string) => void): void;
  /** The calls that create the resource, in order. */
  calls(name: string, properties: Properties, account: AccountPlace): readonly PlannedCall[];
  /** How it is changed and deleted while its stack runs. */
  readonly life: ResourceLife;
  /** A notice that a deployment shows once if it holds such a resource. */
  readonly notice?: string;
}

/** The notice of resource types that only IAM evaluates. */
export const IAM_NOTICE = 'IAM not enforced: roles are parsed and validated only.';

/** The types that a template may use, by name. */
export type ResourceTypes = ReadonlyMap<string, ResourceType>;

/** The given properties among `names`. */
export function pick(properties: Properties, names: readonly string[]): Record<string, Value> {
  const picked: Record<string, Value> = {};
  for (const name of names) {
    const value = properties[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}

/** Whether two values are equal: maps whatever the order of their members. */
export function isSameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    const [left, right] = [a as readonly Value[], b as readonly Value[]];
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      left.length === right.length &&
      left.every((one, at) => isSameValue(one, right[at]))
    );
  }
  const [left, right] = [a as Properties, b as Properties];
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => isSameValue(left[name], right[name]));
}

/** The properties whose values differ, sorted by name. */
export function changedProperties(before: Properties, after: Properties): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isSameValue(before[name], after[name])).sort();
}

/** The members of a value that is a record; none for any other value. */
export function record(value: Value | undefined): Properties {
  return typeof value === 'object' && !Array.isArray(value) ? (value as Properties) : {};
}

/** The members of a value that is a list of records; none for any other value. */
export function records(value: Value | undefined): readonly Properties[] {
  return Array.isArray(value) ? value.map(record) : [];
}
