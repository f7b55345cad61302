/**
 * The names that a function in a template can use: parameters, pseudo parameters, mappings, conditions, resources.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { AccountPlace } from '../../contract/arn.ts';
import type { Findings, TemplatePlace } from './findings.ts';
import type { Entry, ScalarNode } from './tree.ts';

/** A parameter's value; null if it has none, and a finding says so. */
export type ParameterValue = string | readonly ScalarNode[] | null;

/** The facts about a resource that other resources can refer to. */
export interface KnownResource {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Scope {
  readonly findings: Findings;
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  readonly pseudo: ReadonlyMap<string, string>;
  readonly mappings: ReadonlyMap<string, Entry>;
  readonly conditions: ReadonlyMap<string, Entry>;
  /** Null if the condition's value cannot be known. */
  readonly holds: (condition: string) => boolean | null;
  /** Null if the resource does not exist in this stack, or is not known yet. */
  readonly resource: (logicalId: string) => KnownResource | null;
  /** False if a template computes more than any person would write: hostile input must not run for long. */
  readonly spend: (amount: number, at: TemplatePlace) => boolean;
}

/** Our limit: the characters and list members that the functions of one template may compute. */
const MOST_COMPUTED = 2_000_000;

/** Counts down, and reports once that the template computes too much. */
export function budget(findings: Findings): Scope['spend'] {
  let left = MOST_COMPUTED;
  return (amount, at) => {
    if (left >= 0 && left < amount)
      findings.add(at, 'The functions of this template compute more than 2,000,000 characters.');
    left -= amount;
    return left >= 0;
  };
}

/**
 * The names that Ref defines itself:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
export const PSEUDO_PARAMETERS = [
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::NoValue',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
] as const;

/** The values of the pseudo parameters that have one. */
export function pseudoParameters(
  { stackName, region, accountId }: AccountPlace & { readonly stackName: string },
  stackId = stackArn({ region, accountId }, stackName),
): ReadonlyMap<string, string> {
  return new Map([
    ['AWS::AccountId', accountId],
    ['AWS::Partition', 'aws'],
    ['AWS::Region', region],
    ['AWS::StackId', stackId],
    ['AWS::StackName', stackName],
    ['AWS::URLSuffix', 'amazonaws.com'],
  ]);
}

/** The id of a stack, which is its ARN. `before`: how many stacks of this name there were. */
export function stackArn({ region, accountId }: AccountPlace, stackName: string, before = 0): string {
  const uuid = stackUuid(before === 0 ? stackName : `${stackName}/${before}`);
  return `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${uuid}`;
}

/** The same words always give the same id. */
function stackUuid(words: string): string {
  const hex = [...sha256(utf8ToBytes(words)).slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
