/**
 * The Conditions section: which conditions hold, from parameters and mappings alone.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */

import { didYouMean, oneOf, quote } from '../../../words/names.ts';
import type { Findings, TemplatePlace } from './findings.ts';
import { resolve } from './resolve.ts';
import type { Scope } from './scope.ts';
import { describeNode, type Entry, type Node } from './tree.ts';

const FUNCTIONS = ['Fn::Equals', 'Fn::And', 'Fn::Or', 'Fn::Not', 'Condition'];
/** The longest chain of conditions that refer to each other. Our limit: a chain must not exhaust the call stack. */
const MAX_CHAIN = 200;

/**
 * Evaluates every condition once: whether it holds, or null if that cannot be known. `scope` provides everything except
 * conditions and resources.
 */
export function judgeConditions(scope: Omit<Scope, 'holds' | 'resource'>): ReadonlyMap<string, boolean | null> {
  const judged = new Map<string, boolean | null>();
  const underway: string[] = [];
  const holds = (name: string): boolean | null => {
    const known = judged.get(name);
    if (known !== undefined) return known;
    const entry = scope.conditions.get(name);
    if (entry === undefined) return null;
    if (underway.includes(name)) {
      const circle = [...underway.slice(underway.indexOf(name)), name].join(' → ');
      scope.findings.add(entry.keyAt, `These conditions need one another: ${circle}. Break the circle.`);
      return null;
    }
    if (underway.length >= MAX_CHAIN) {
      scope.findings.add(entry.keyAt, `This condition stands in a chain of more than ${MAX_CHAIN} conditions.`);
      return null;
    }
    underway.push(name);
    const result = judge(entry.value, { ...scope, holds, resource: () => null });
    underway.pop();
    judged.set(name, result);
    return result;
  };
  for (const name of scope.conditions.keys()) holds(name);
  return judged;
}

/** Checks the name of a condition where it is used, and reports a finding if no condition has that name. */
export function checkConditionName(
  name: string,
  at: TemplatePlace,
  conditions: ReadonlyMap<string, Entry>,
  findings: Findings,
): void {
  if (conditions.has(name)) return;
  findings.add(at, `There is no condition ${quote(name)}.${didYouMean(name, conditions.keys())}`);
}

function judge(node: Node, scope: Scope): boolean | null {
  if (node.kind === 'map' && node.entries.size === 1) {
    const named = node.entries.get('Condition');
    if (named !== undefined) return judgeName(named.value, scope);
  }
  if (node.kind !== 'call' || !FUNCTIONS.includes(node.name)) {
    scope.findings.add(node.at, `A condition must be ${oneOf(FUNCTIONS)}, not ${describeNode(node)}.`);
    return null;
  }
  if (node.name === 'Condition') return judgeName(node.argument, scope);
  const operands = node.argument.kind === 'list' ? node.argument.items : [];
  switch (node.name) {
    case 'Fn::Equals':
      return equal(operands, node.at, scope);
    case 'Fn::Not':
      return negate(operands, node.at, scope);
    default:
      return several(node.name === 'Fn::And', operands, node.at, scope);
  }
}

function judgeName(node: Node, scope: Scope): boolean | null {
  if (node.kind !== 'scalar') {
    scope.findings.add(node.at, `Condition takes the name of a condition, not ${describeNode(node)}.`);
    return null;
  }
  checkConditionName(node.text, node.at, scope.conditions, scope.findings);
  return scope.holds(node.text);
}

function equal(operands: readonly Node[], at: TemplatePlace, scope: Scope): boolean | null {
  const [left, right, ...others] = operands;
  if (left === undefined || right === undefined || others.length > 0) {
    scope.findings.add(at, 'Fn::Equals takes a list of two values.');
    return null;
  }
  const [a, b] = [resolve(left, scope), resolve(right, scope)];
  if (a === null || b === null || a.kind === 'unknown' || b.kind === 'unknown') return null;
  return plainText(a) === plainText(b);
}

/** Two values are equal if their texts are equal. */
function plainText(node: Node): string {
  switch (node.kind) {
    case 'scalar':
      return JSON.stringify(node.text);
    case 'list':
      return `[${node.items.map(plainText).join(',')}]`;
    case 'map':
      return `{${[...node.entries.values()].map(({ key, value }) => `${JSON.stringify(key)}:${plainText(value)}`).join(',')}}`;
    case 'call':
    case 'unknown':
      return '';
  }
}

function negate(operands: readonly Node[], at: TemplatePlace, scope: Scope): boolean | null {
  const [operand, ...others] = operands;
  if (operand === undefined || others.length > 0) {
    scope.findings.add(at, 'Fn::Not takes a list of one condition.');
    return null;
  }
  const result = judge(operand, scope);
  return result === null ? null : !result;
}

function several(all: boolean, operands: readonly Node[], at: TemplatePlace, scope: Scope): boolean | null {
  if (operands.length < 2 || operands.length > 10) {
    scope.findings.add(at, `${all ? 'Fn::And' : 'Fn::Or'} takes a list of 2 to 10 conditions, not ${operands.length}.`);
    return null;
  }
  const results = operands.map((operand) => judge(operand, scope));
  if (results.includes(null)) return null;
  return all ? results.every(Boolean) : results.some(Boolean);
}
