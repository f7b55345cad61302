/**
 * Checks a resolved value against a shape and turns it into plain data.
 *
 * It converts values as CloudFormation does (the text «5» to a number, «true» to a boolean). Every finding is reported at the
 * place of its value. `undefined` means «not known»: the value is wrong, and a finding says so.
 */

import { didYouMean, oneOf, quote } from '../../../words/names.ts';
import type { Member, Members, Shape, Value } from '../../contract/shape.ts';
import { unreachable } from '../../kernel/bug.ts';
import type { Findings } from './findings.ts';
import { checkFolder } from './folder.ts';
import { jsonTextOf } from './json-text.ts';
import { checkPolicyDocument } from './policy-document.ts';
import { describeNode, type ListNode, type MapNode, type Node, type ScalarNode } from './tree.ts';

/** The plain data of a value, or undefined after a finding. `what` names it in sentences: «Timeout». */
export function checkShape(node: Node, shape: Shape, what: string, findings: Findings): Value | undefined {
  if (node.kind === 'unknown') return undefined;
  switch (shape.kind) {
    case 'list':
      return node.kind === 'list' ? checkList(node, shape, what, findings) : wrong(node, what, 'a list', findings);
    case 'record':
      if (node.kind !== 'map') return wrong(node, what, `a map with ${oneOf(Object.keys(shape.members))}`, findings);
      return checkMapMembers(node, shape, { owner: what, kind: 'member' }, findings);
    case 'texts':
      return node.kind === 'map' ? checkTexts(node, shape, what, findings) : wrong(node, what, 'a map', findings);
    case 'policy':
      return checkPolicyDocument(node, shape, what, findings) ? {} : undefined;
    case 'folder':
      return checkFolder(node, what, findings);
    case 'json':
      return node.kind === 'map' ? jsonTextOf(node) : wrong(node, what, 'a map', findings);
    case 'text':
    case 'choice':
    case 'whole-number':
    case 'number':
    case 'flag':
      if (node.kind !== 'scalar' || node.value === null) return wrong(node, what, expected(shape), findings);
      return checkScalar(node, shape, what, findings);
    default:
      return unreachable(shape, 'checkShape');
  }
}

function wrong(node: Node, what: string, wanted: string, findings: Findings): undefined {
  findings.add(node.at, `${what} must be ${wanted}, not ${describeNode(node)}.`);
  return undefined;
}

type ScalarShape = Extract<Shape, { kind: 'text' | 'choice' | 'whole-number' | 'number' | 'flag' }>;

function checkScalar(node: ScalarNode, shape: ScalarShape, what: string, findings: Findings): Value | undefined {
  switch (shape.kind) {
    case 'text': {
      const { min = 0, max = Number.POSITIVE_INFINITY, pattern, refused = [] } = shape;
      const refusal = refused.find((one) => one.pattern.test(node.text));
      if (refusal !== undefined) {
        findings.add(node.at, `${what} ${quote(node.text)} is not simulated. ${refusal.advice}`);
        return undefined;
      }
      const fits =
        node.text.length >= min && node.text.length <= max && (pattern === undefined || pattern.test(node.text));
      return fits ? node.text : wrong(node, what, expected(shape), findings);
    }
    case 'choice': {
      if (shape.of.includes(node.text)) return node.text;
      if (shape.refused?.includes(node.text)) {
        findings.add(node.at, `${what} ${quote(node.text)} is not simulated. Use ${oneOf(shape.of)}.`);
        return undefined;
      }
      const near = didYouMean(node.text, shape.of);
      findings.add(node.at, `${what} must be ${oneOf(shape.of)}, not ${describeNode(node)}.${near}`);
      return undefined;
    }
    case 'whole-number': {
      const number = /^[-+]?[0-9]{1,15}(\.0+)?$/.test(node.text) ? Number(node.text) : Number.NaN;
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = shape;
      const fits = number >= min && number <= max && (shape.of === undefined || shape.of.includes(number));
      return fits ? number : wrong(node, what, expected(shape), findings);
    }
    case 'number': {
      const number = /^[-+]?[0-9]{1,15}(\.[0-9]{1,15})?$/.test(node.text) ? Number(node.text) : Number.NaN;
      return number >= shape.min && number <= shape.max ? number : wrong(node, what, expected(shape), findings);
    }
    case 'flag': {
      if (node.value === true || node.text === 'true') return true;
      if (node.value === false || node.text === 'false') return false;
      return wrong(node, what, expected(shape), findings);
    }
  }
}

/** Completes «must be …». */
function expected(shape: ScalarShape): string {
  switch (shape.kind) {
    case 'flag':
      return 'true or false';
    case 'choice':
      return oneOf(shape.of);
    case 'whole-number':
      if (shape.of !== undefined) return `one of the whole numbers ${oneOf(shape.of.map(String))}`;
      return `a whole number${range(shape.min, shape.max)}`;
    case 'number':
      return `a number${range(shape.min, shape.max)}`;
    case 'text':
      if (shape.says !== undefined) return shape.says;
      return shape.max === undefined && shape.min === undefined ? 'text' : `text${lengths(shape.min, shape.max)}`;
  }
}

function range(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return `, at least ${min}`;
  return max === undefined ? '' : `, at most ${max}`;
}

function lengths(min = 0, max = Number.POSITIVE_INFINITY): string {
  return max === Number.POSITIVE_INFINITY ? ` of at least ${min} characters` : ` of ${min} to ${max} characters`;
}

function checkList(
  node: ListNode,
  shape: Extract<Shape, { kind: 'list' }>,
  what: string,
  findings: Findings,
): Value | undefined {
  const { min = 0, max = Number.POSITIVE_INFINITY } = shape;
  if (node.items.length < min || node.items.length > max) {
    const wanted = node.items.length < min ? `at least ${min}` : `at most ${max}`;
    findings.add(node.at, `${what} must have ${wanted} in its list, not ${node.items.length}.`);
    return undefined;
  }
  const values = node.items.map((item) => checkShape(item, shape.of, what, findings));
  return allKnown(values) ? values : undefined;
}

function allKnown(values: readonly (Value | undefined)[]): values is Value[] {
  return !values.includes(undefined);
}

function checkTexts(
  node: MapNode,
  shape: Extract<Shape, { kind: 'texts' }>,
  what: string,
  findings: Findings,
): Value | undefined {
  const texts: [string, string][] = [];
  let known = true;
  for (const { key, keyAt, value } of node.entries.values()) {
    if (shape.taken.includes(key)) findings.add(keyAt, `${key} is set by Lambda itself. Choose another name.`);
    else if (!shape.name.test(key)) findings.add(keyAt, `${quote(key)} cannot be a name in ${what}: ${shape.says}.`);
    const text = checkShape(value, { kind: 'text' }, key, findings);
    if (typeof text === 'string') texts.push([key, text]);
    else known = false;
  }
  return known ? Object.fromEntries(texts) : undefined;
}

/** The owner of the members, for sentences: «AWS::Lambda::Function has no property …», «Environment has no member …». */
export interface Owner {
  readonly owner: string;
  readonly kind: 'property' | 'member';
}

/** Checks the members of a map: unknown, refused and missing ones, and each value. Keeps the values that are known. */
export function checkMapMembers(
  node: MapNode,
  rules: { readonly members: Members; readonly required: readonly string[] },
  { owner, kind }: Owner,
  findings: Findings,
): { readonly [name: string]: Value } {
  const values: [string, Value][] = [];
  for (const { key, keyAt, value } of node.entries.values()) {
    const rule = ruleOf(rules.members, key);
    if (rule === null) {
      findings.add(keyAt, `${owner} has no ${kind} ${quote(key)}.${didYouMean(key, Object.keys(rules.members))}`);
    } else if (rule.treatment === 'refused') {
      findings.add(keyAt, `${key}${kind === 'member' ? ` of ${owner}` : ''} is not simulated. ${rule.advice}`);
    } else {
      const known = checkShape(value, rule.shape, key, findings);
      if (known !== undefined) values.push([key, known]);
    }
  }
  for (const name of rules.required) {
    if (!node.entries.has(name)) findings.add(node.at, `${owner} needs ${name}.`);
  }
  return Object.fromEntries(values);
}

function ruleOf(members: Members, key: string): Member | null {
  return Object.hasOwn(members, key) ? (members[key] ?? null) : null;
}
