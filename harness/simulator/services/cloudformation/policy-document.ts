/**
 * IAM policy documents: whether they are well formed.
 *
 * Nothing is enforced: no call in the simulator asks IAM. Only the grammar of statements is checked, so that a misspelt
 * member is found here and not in the real deployment.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

import { didYouMean, oneOf, quote } from '../../../words/names.ts';
import type { Shape } from '../../contract/shape.ts';
import type { Findings } from './findings.ts';
import { describeNode, type MapNode, type Node } from './tree.ts';

const DOCUMENT_MEMBERS = ['Version', 'Id', 'Statement'];
const VERSIONS = ['2012-10-17', '2008-10-17'];
const STATEMENT_MEMBERS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** Whether the document is well formed; if not, findings say why. */
export function checkPolicyDocument(
  node: Node,
  shape: Extract<Shape, { kind: 'policy' }>,
  what: string,
  findings: Findings,
): boolean {
  const before = findings.count;
  if (node.kind !== 'map') {
    findings.add(node.at, `${what} must be a map with Version and Statement, not ${describeNode(node)}.`);
    return false;
  }
  checkNames(node, DOCUMENT_MEMBERS, what, findings);
  const version = node.entries.get('Version')?.value;
  if (version !== undefined && !(version.kind === 'scalar' && VERSIONS.includes(version.text))) {
    findings.add(version.at, `Version of ${what} must be ${oneOf(VERSIONS)}, not ${describeNode(version)}.`);
  }
  const statement = node.entries.get('Statement')?.value;
  if (statement === undefined) findings.add(node.at, `${what} needs a Statement.`);
  else
    for (const one of statement.kind === 'list' ? statement.items : [statement]) checkStatement(one, shape, findings);
  return findings.count === before;
}

function checkStatement(node: Node, shape: Extract<Shape, { kind: 'policy' }>, findings: Findings): void {
  if (node.kind === 'unknown') return;
  if (node.kind !== 'map') {
    findings.add(node.at, `A policy statement must be a map, not ${describeNode(node)}.`);
    return;
  }
  checkNames(node, STATEMENT_MEMBERS, 'A policy statement', findings);
  const effect = node.entries.get('Effect')?.value;
  if (effect === undefined) findings.add(node.at, 'A policy statement needs Effect: Allow or Deny.');
  else if (effect.kind === 'scalar' && effect.text !== 'Allow' && effect.text !== 'Deny') {
    findings.add(effect.at, `Effect must be Allow or Deny, not ${describeNode(effect)}.`);
  }
  needOne(node, ['Action', 'NotAction'], findings);
  if (shape.of === 'identity') {
    needOne(node, ['Resource', 'NotResource'], findings);
    forbid(
      node,
      ['Principal', 'NotPrincipal'],
      "A role's policy names no Principal: the role itself is the principal.",
      findings,
    );
    return;
  }
  needOne(node, ['Principal', 'NotPrincipal'], findings);
  if (shape.of === 'trust') {
    forbid(
      node,
      ['Resource', 'NotResource'],
      'A trust policy names no Resource: the role itself is the resource.',
      findings,
    );
  } else {
    needOne(node, ['Resource', 'NotResource'], findings);
  }
}

function checkNames(node: MapNode, known: readonly string[], what: string, findings: Findings): void {
  for (const { key, keyAt } of node.entries.values()) {
    if (!known.includes(key)) findings.add(keyAt, `${what} has no member ${quote(key)}.${didYouMean(key, known)}`);
  }
}

function needOne(node: MapNode, names: readonly string[], findings: Findings): void {
  if (!names.some((name) => node.entries.has(name))) findings.add(node.at, `A policy statement needs ${oneOf(names)}.`);
}

function forbid(node: MapNode, names: readonly string[], message: string, findings: Findings): void {
  for (const name of names) {
    const entry = node.entries.get(name);
    if (entry !== undefined) findings.add(entry.keyAt, message);
  }
}
