/**
 * The Resources section: each resource's type, properties and attributes such as DependsOn.
 *
 * Checks the rules that all resources share. The service that owns a type describes its properties.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html
 */

import { didYouMean, oneOf, quote } from '../../../words/names.ts';
import type { ResourceType, ResourceTypes } from '../../contract/resource-type.ts';
import type { Findings, TemplatePlace } from './findings.ts';
import { describeNode, type Entry, type MapNode, type Node } from './tree.ts';

/** A name that the template refers to, and its place. */
export interface Mention {
  readonly name: string;
  readonly at: TemplatePlace;
}

export interface ResourceDeclaration {
  readonly logicalId: string;
  /** The place of the logical id. */
  readonly at: TemplatePlace;
  /** Null if the simulator does not have this type; a finding says so. */
  readonly type: ResourceType | null;
  readonly properties: MapNode;
  readonly dependsOn: readonly Mention[];
  readonly condition: Mention | null;
  readonly policies: ResourcePolicies;
  readonly metadata: Node | undefined;
}

/** What becomes of a resource that leaves its stack, and of one that is replaced. */
export interface ResourcePolicies {
  readonly onDelete: 'Delete' | 'Retain' | 'RetainExceptOnCreate';
  readonly onReplace: 'Delete' | 'Retain';
}

const ATTRIBUTES = [
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'Metadata',
  'CreationPolicy',
  'UpdatePolicy',
];
const REFUSED_ATTRIBUTES = ['CreationPolicy', 'UpdatePolicy'];
/** The two kinds of policy that decide which resources outlive a stack (CF-08). AWS has `Snapshot` for other types alone. */
const ON_DELETE = ['Delete', 'Retain', 'RetainExceptOnCreate'] as const;
const ON_REPLACE = ['Delete', 'Retain'] as const;

/** The declared resources, in template order. */
export function readResources(
  section: ReadonlyMap<string, Entry>,
  types: ResourceTypes,
  findings: Findings,
): Map<string, ResourceDeclaration> {
  const resources = new Map<string, ResourceDeclaration>();
  for (const entry of section.values()) {
    const { value } = entry;
    if (value.kind === 'map') resources.set(entry.key, readResource(entry, value, types, findings));
    else
      findings.add(
        entry.keyAt,
        `The resource ${quote(entry.key)} must be a map with a Type, not ${describeNode(value)}.`,
      );
  }
  return resources;
}

function readResource(entry: Entry, body: MapNode, types: ResourceTypes, findings: Findings): ResourceDeclaration {
  for (const { key, keyAt } of body.entries.values()) {
    if (!ATTRIBUTES.includes(key)) findings.add(keyAt, unknownAttribute(entry.key, key, body, types));
    if (REFUSED_ATTRIBUTES.includes(key)) findings.add(keyAt, `${key} is not simulated. Remove it.`);
  }
  const condition = body.entries.get('Condition')?.value;
  if (condition !== undefined && condition.kind !== 'scalar') {
    findings.add(condition.at, `Condition must be the name of a condition, not ${describeNode(condition)}.`);
  }
  return {
    logicalId: entry.key,
    at: entry.keyAt,
    type: readType(entry, body, types, findings),
    properties: readProperties(entry, body, findings),
    dependsOn: readDependsOn(body.entries.get('DependsOn')?.value, findings),
    condition: condition?.kind === 'scalar' ? { name: condition.text, at: condition.at } : null,
    policies: {
      onDelete: readPolicy(body, 'DeletionPolicy', ON_DELETE, findings),
      onReplace: readPolicy(body, 'UpdateReplacePolicy', ON_REPLACE, findings),
    },
    metadata: body.entries.get('Metadata')?.value,
  };
}

function unknownAttribute(logicalId: string, key: string, body: MapNode, types: ResourceTypes): string {
  const type = body.entries.get('Type')?.value;
  const known = type?.kind === 'scalar' ? types.get(type.text) : undefined;
  if (known !== undefined && Object.hasOwn(known.properties, key)) {
    return `${key} is a property: it belongs below Properties of ${logicalId}.`;
  }
  return `A resource has no attribute ${quote(key)}.${didYouMean(key, ATTRIBUTES)}`;
}

function readType(entry: Entry, body: MapNode, types: ResourceTypes, findings: Findings): ResourceType | null {
  const type = body.entries.get('Type')?.value;
  if (type === undefined) {
    findings.add(entry.keyAt, `The resource ${quote(entry.key)} needs a Type, such as AWS::Lambda::Function.`);
    return null;
  }
  if (type.kind !== 'scalar') {
    findings.add(type.at, `Type must be plain text such as AWS::Lambda::Function, not ${describeNode(type)}.`);
    return null;
  }
  const known = types.get(type.text);
  if (known === undefined) findings.add(type.at, unknownType(type.text, types));
  return known ?? null;
}

/** SAM's types, and the types to use instead. */
const INSTEAD_OF_SAM: ReadonlyMap<string, string> = new Map([
  ['AWS::Serverless::Function', 'AWS::Lambda::Function'],
  ['AWS::Serverless::SimpleTable', 'AWS::DynamoDB::Table'],
]);

function unknownType(type: string, types: ResourceTypes): string {
  const names = [...types.keys()].sort();
  const instead = INSTEAD_OF_SAM.get(type);
  if (instead !== undefined) return `${type} belongs to SAM, which is not simulated. Write ${instead}.`;
  const near = didYouMean(type, names);
  return `${quote(type)} is not a resource type that the simulator knows.${near || ` It knows ${oneOf(names)}.`}`;
}

function readProperties(entry: Entry, body: MapNode, findings: Findings): MapNode {
  const properties = body.entries.get('Properties');
  if (properties?.value.kind === 'map') return properties.value;
  const nothing = properties === undefined || (properties.value.kind === 'scalar' && properties.value.value === null);
  if (!nothing) {
    findings.add(properties.keyAt, `Properties of ${entry.key} must be a map, not ${describeNode(properties.value)}.`);
  }
  return { kind: 'map', at: properties?.keyAt ?? entry.keyAt, entries: new Map() };
}

function readDependsOn(node: Node | undefined, findings: Findings): Mention[] {
  if (node === undefined) return [];
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item) => {
    if (item.kind === 'scalar') return [{ name: item.text, at: item.at }];
    findings.add(item.at, `DependsOn takes logical ids, not ${describeNode(item)}.`);
    return [];
  });
}

function readPolicy<Policy extends string>(
  body: MapNode,
  attribute: string,
  allowed: readonly Policy[],
  findings: Findings,
): Policy | 'Delete' {
  const node = body.entries.get(attribute)?.value;
  if (node === undefined) return 'Delete';
  const policy = node.kind === 'scalar' ? allowed.find((one) => one === node.text) : undefined;
  if (policy !== undefined) return policy;
  const near = node.kind === 'scalar' ? didYouMean(node.text, allowed) : '';
  findings.add(node.at, `${attribute} must be ${oneOf(allowed)}, not ${describeNode(node)}.${near}`);
  return 'Delete';
}
