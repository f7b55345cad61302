/**
 * The sections of a template: its declarations, with their places.
 *
 * Reads Parameters, Mappings, Conditions, Resources and Outputs out of the tree and refuses sections that are not simulated.
 * Values stay as written; the functions in them are resolved elsewhere.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */

import { didYouMean, quote } from '../../../words/names.ts';
import type { ResourceTypes } from '../../contract/resource-type.ts';
import type { Findings, TemplatePlace } from './findings.ts';
import { type ResourceDeclaration, readResources } from './resource-section.ts';
import { describeNode, type Entry, type MapNode, type Node } from './tree.ts';

export interface OutputDeclaration {
  readonly name: string;
  readonly at: TemplatePlace;
  readonly value: Node;
  readonly condition: { readonly name: string; readonly at: TemplatePlace } | null;
  readonly exported: boolean;
}

export interface Sections {
  readonly parameters: ReadonlyMap<string, Entry>;
  /** The place of the section Parameters, or else the start of the template. */
  readonly parametersAt: TemplatePlace;
  readonly mappings: ReadonlyMap<string, Entry>;
  readonly conditions: ReadonlyMap<string, Entry>;
  readonly resources: ReadonlyMap<string, ResourceDeclaration>;
  readonly outputs: ReadonlyMap<string, OutputDeclaration>;
}

const KNOWN_SECTIONS = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Hooks',
  'Resources',
  'Outputs',
];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST = { Parameters: 200, Mappings: 200, Resources: 500, Outputs: 200 } as const;
const LONGEST_NAME = 255;
const LONGEST_DESCRIPTION = 1024;

/** The declarations of a template; null if it is not a map. */
export function readSections(root: Node, types: ResourceTypes, findings: Findings): Sections | null {
  if (root.kind !== 'map') {
    findings.add(root.at, `A template is a map with a section Resources, not ${describeNode(root)}.`);
    return null;
  }
  for (const { key, keyAt } of root.entries.values()) {
    if (!KNOWN_SECTIONS.includes(key)) findings.add(keyAt, unknownSection(key));
  }
  checkHead(root, findings);
  refuseSections(root, findings);
  return {
    parameters: named(root, 'Parameters', findings),
    parametersAt: root.entries.get('Parameters')?.keyAt ?? { ...root.at, path: 'Parameters' },
    mappings: named(root, 'Mappings', findings),
    conditions: named(root, 'Conditions', findings),
    resources: readResources(requiredResources(root, findings), types, findings),
    outputs: readOutputs(named(root, 'Outputs', findings), findings),
  };
}

function unknownSection(key: string): string {
  if (key === 'Globals')
    return 'Globals belongs to SAM, which is not simulated. Write the properties into each resource.';
  return `A template has no section ${quote(key)}.${didYouMean(key, KNOWN_SECTIONS)}`;
}

function checkHead(root: MapNode, findings: Findings): void {
  const version = root.entries.get('AWSTemplateFormatVersion')?.value;
  if (version !== undefined && !(version.kind === 'scalar' && version.text === '2010-09-09')) {
    findings.add(version.at, `AWSTemplateFormatVersion must be 2010-09-09, not ${describeNode(version)}.`);
  }
  const description = root.entries.get('Description')?.value;
  if (description === undefined) return;
  if (description.kind !== 'scalar') findings.add(description.at, 'Description must be plain text, without functions.');
  else if (description.text.length > LONGEST_DESCRIPTION) {
    findings.add(description.at, 'Description is longer than 1,024 bytes.');
  }
}

function refuseSections(root: MapNode, findings: Findings): void {
  const refused = {
    Transform:
      'Transform is not simulated. Write plain CloudFormation: AWS::Lambda::Function for AWS::Serverless::Function, AWS::DynamoDB::Table for AWS::Serverless::SimpleTable.',
    Rules: 'Rules is not simulated. Use AllowedValues or AllowedPattern on the parameter.',
    Hooks: 'Hooks is not simulated. Remove it.',
  };
  for (const [section, message] of Object.entries(refused)) {
    const entry = root.entries.get(section);
    if (entry !== undefined) findings.add(entry.keyAt, message);
  }
}

/** The members of a section; checks their names and their number. */
function named(
  root: MapNode,
  section: 'Parameters' | 'Mappings' | 'Conditions' | 'Resources' | 'Outputs',
  findings: Findings,
): ReadonlyMap<string, Entry> {
  const entry = root.entries.get(section);
  if (entry === undefined) return new Map();
  if (entry.value.kind !== 'map') {
    findings.add(entry.keyAt, `${section} must be a map of names, not ${describeNode(entry.value)}.`);
    return new Map();
  }
  const most = section === 'Conditions' ? Number.POSITIVE_INFINITY : MOST[section];
  if (entry.value.entries.size > most) {
    findings.add(
      entry.keyAt,
      `${section} has ${entry.value.entries.size} members; CloudFormation takes at most ${most}.`,
    );
  }
  for (const { key, keyAt } of entry.value.entries.values()) {
    if (!/^[A-Za-z0-9]+$/.test(key)) {
      findings.add(keyAt, `The name ${quote(key)} must consist of letters and digits only.`);
    } else if (key.length > LONGEST_NAME) {
      findings.add(keyAt, `The name ${quote(key)} is longer than 255 characters.`);
    }
  }
  return entry.value.entries;
}

function requiredResources(root: MapNode, findings: Findings): ReadonlyMap<string, Entry> {
  const resources = named(root, 'Resources', findings);
  const entry = root.entries.get('Resources');
  if (entry === undefined)
    findings.add(root.at, 'The template has no section Resources. It needs at least one resource.');
  else if (entry.value.kind === 'map' && resources.size === 0) {
    findings.add(entry.keyAt, 'Resources is empty. It needs at least one resource.');
  }
  return resources;
}

const OUTPUT_MEMBERS = ['Value', 'Description', 'Export', 'Condition'];

function readOutputs(section: ReadonlyMap<string, Entry>, findings: Findings): Map<string, OutputDeclaration> {
  const outputs = new Map<string, OutputDeclaration>();
  for (const { key, keyAt, value } of section.values()) {
    if (value.kind !== 'map') {
      findings.add(keyAt, `The output ${key} must be a map with a Value.`);
      continue;
    }
    for (const member of value.entries.values()) {
      if (!OUTPUT_MEMBERS.includes(member.key)) {
        findings.add(
          member.keyAt,
          `An output has no member ${quote(member.key)}.${didYouMean(member.key, OUTPUT_MEMBERS)}`,
        );
      }
    }
    const outputValue = value.entries.get('Value')?.value;
    if (outputValue === undefined) {
      findings.add(keyAt, `The output ${key} needs a Value.`);
      continue;
    }
    const condition = value.entries.get('Condition')?.value;
    outputs.set(key, {
      name: key,
      at: keyAt,
      value: outputValue,
      condition: condition?.kind === 'scalar' ? { name: condition.text, at: condition.at } : null,
      exported: value.entries.has('Export'),
    });
  }
  return outputs;
}
