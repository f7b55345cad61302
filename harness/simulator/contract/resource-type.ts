/**
 * What the simulator knows of one resource type: its properties, names, attributes, and the API calls that make it.
 *
 * A type is plain description plus two pure functions; it keeps no state and calls nothing itself. Each service lists its own types;
 * CloudFormation is handed all of them.
 */

import type { AwsCall } from './answer.ts';
import type { AccountPlace } from './arn.ts';
import type { Members, Value } from './shape.ts';

/** Properties that passed the check, as plain data. */
export type Properties = Readonly<Record<string, Value>>;

/** One API call on the way to a resource. */
export interface PlannedCall {
  readonly call: AwsCall;
  /** The property to look at when AWS says no; null: the resource as a whole. */
  readonly blame: string | null;
}

export interface ResourceType {
  readonly name: string;
  /** Every property that AWS's schema has for the type. */
  readonly properties: Members;
  readonly required: readonly string[];
  /** How the resource is named when its name property is absent: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html */
  readonly naming: { readonly property: string | null; readonly maxLength: number };
  /** What `Ref` gives, from the resource's name. */
  ref(name: string, account: AccountPlace): string;
  /** What `Fn::GetAtt` gives, from the resource's name. */
  attributes(name: string, account: AccountPlace): Readonly<Record<string, string>>;
  /** Attributes that AWS has and the simulator does not: name and way out. */
  readonly refusedAttributes: Readonly<Record<string, string>>;
  /** Rules between properties. `report` puts a sentence at a property. */
  check?(properties: Properties, report: (property: string, message: string) => void): void;
  /** The calls that make the resource, in order. */
  calls(name: string, properties: Properties, account: AccountPlace): readonly PlannedCall[];
  /** Said once in a deployment that holds such a resource. */
  readonly notice?: string;
}

/** Said of every resource that only IAM would look at. */
export const IAM_NOTICE = 'IAM not enforced: roles are parsed and validated only.';

/** The types that a template may use, by name. */
export type ResourceTypes = ReadonlyMap<string, ResourceType>;

/** The properties that are given, of those named. */
export function pick(properties: Properties, names: readonly string[]): Record<string, Value> {
  const picked: Record<string, Value> = {};
  for (const name of names) {
    const value = properties[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}

/** Members of a value that is a record; empty for anything else. */
export function record(value: Value | undefined): Properties {
  return typeof value === 'object' && !Array.isArray(value) ? (value as Properties) : {};
}

/** Members of a value that is a list of records. */
export function records(value: Value | undefined): readonly Properties[] {
  return Array.isArray(value) ? value.map(record) : [];
}
