/**
 * Checks the functions in a value before anything is computed: whether each function exists and has the right form, and
 * whether every name in it exists. And collects the resources that a resource needs before it.
 *
 * Both branches of an Fn::If are checked; only the branch that is taken makes a resource wait for another.
 */

import { didYouMean, oneOf, quote } from '../../../words/names.ts';
import { checkConditionName } from './conditions.ts';
import type { Findings, TemplatePlace } from './findings.ts';
import { ALL_FUNCTIONS, BOOLEAN_FUNCTIONS, REFUSED_FUNCTIONS } from './functions.ts';
import { getAttTarget } from './resolve.ts';
import { PSEUDO_PARAMETERS } from './scope.ts';
import type { Sections } from './sections.ts';
import { subParts, subReference } from './sub.ts';
import { type CallNode, describeNode, type MapNode, type Node } from './tree.ts';

export interface ReferenceContext {
  readonly sections: Sections;
  readonly findings: Findings;
  /** `conditions`: parameters and mappings are allowed, resources are not. */
  readonly within: 'resource' | 'output' | 'conditions';
  readonly holds: (condition: string) => boolean | null;
  /** Whether this stack leaves the resource out because of its condition. */
  readonly absent: (logicalId: string) => boolean;
}

/** The logical ids that `node` needs. Findings say what is wrong with its functions. */
export function checkReferences(node: Node, context: ReferenceContext): ReadonlySet<string> {
  const walk: Walk = { ...context, needs: new Set(), taken: true };
  visit(node, walk);
  return walk.needs;
}

interface Walk extends ReferenceContext {
  readonly needs: Set<string>;
  /** False in the branch of an Fn::If that is not taken. */
  readonly taken: boolean;
}

function visit(node: Node, walk: Walk): void {
  switch (node.kind) {
    case 'scalar':
    case 'unknown':
      return;
    case 'list':
      for (const item of node.items) visit(item, walk);
      return;
    case 'map':
      visitMap(node, walk);
      return;
    case 'call':
      visitCall(node, walk);
  }
}

function visitMap(map: MapNode, walk: Walk): void {
  for (const { key, keyAt, value } of map.entries.values()) {
    if (key.startsWith('Fn::')) walk.findings.add(keyAt, `${quote(key)} cannot stand beside other keys in one map.`);
    visit(value, walk);
  }
}

function visitCall(node: CallNode, walk: Walk): void {
  const refusal = REFUSED_FUNCTIONS.get(node.name);
  if (refusal !== undefined) {
    walk.findings.add(node.at, `${node.name} is not simulated. ${refusal}`);
    return;
  }
  if (!ALL_FUNCTIONS.includes(node.name)) {
    const near = didYouMean(node.name, ALL_FUNCTIONS);
    walk.findings.add(node.at, `CloudFormation has no function ${quote(node.name)}.${near}`);
    return;
  }
  if (BOOLEAN_FUNCTIONS.some((name) => name === node.name)) {
    if (walk.within !== 'conditions')
      walk.findings.add(node.at, `${node.name} belongs in Conditions; here, use Fn::If.`);
    else visit(node.argument, walk);
    return;
  }
  visitValueFunction(node, walk);
}

function visitValueFunction(node: CallNode, walk: Walk): void {
  const visitor = VISITORS.get(node.name);
  if (visitor === undefined) visit(node.argument, walk);
  else visitor(node, walk);
}

const VISITORS: ReadonlyMap<string, (node: CallNode, walk: Walk) => void> = new Map([
  ['Ref', visitRef],
  ['Fn::GetAtt', visitGetAtt],
  ['Fn::Sub', visitSub],
  ['Fn::If', visitIf],
  ['Fn::FindInMap', visitFindInMap],
  ['Fn::Join', (node, walk) => visitArguments(node, 2, 'a delimiter and a list', walk)],
  ['Fn::Split', (node, walk) => visitArguments(node, 2, 'a delimiter and a text', walk)],
  ['Fn::Select', (node, walk) => visitArguments(node, 2, 'an index and a list', walk)],
]);

function visitRef({ at, argument }: CallNode, walk: Walk): void {
  if (argument.kind === 'scalar') mention(argument.text, argument.at, walk);
  else walk.findings.add(at, `Ref takes a name, not ${describeNode(argument)}.`);
}

/** Checks a name in a Ref or an Fn::Sub. */
function mention(name: string, at: TemplatePlace, walk: Walk): void {
  const { sections, findings } = walk;
  if (sections.parameters.has(name) || PSEUDO_PARAMETERS.some((pseudo) => pseudo === name)) return;
  if (sections.resources.has(name) && walk.within !== 'conditions') {
    needs(name, at, walk);
    return;
  }
  if (walk.within === 'conditions') {
    const known = [...sections.parameters.keys(), ...PSEUDO_PARAMETERS];
    const message = sections.resources.has(name)
      ? `A condition cannot look at the resource ${name}: conditions are judged before there are resources.`
      : `There is no parameter ${quote(name)}.${didYouMean(name, known)}`;
    findings.add(at, message);
    return;
  }
  const known = [...sections.resources.keys(), ...sections.parameters.keys(), ...PSEUDO_PARAMETERS];
  findings.add(at, `There is no resource or parameter ${quote(name)}.${didYouMean(name, known)}`);
}

function needs(logicalId: string, at: TemplatePlace, walk: Walk): void {
  if (!walk.taken) return;
  if (walk.absent(logicalId)) {
    const condition = walk.sections.resources.get(logicalId)?.condition?.name ?? '';
    walk.findings.add(
      at,
      `The resource ${logicalId} is not in this stack: its condition ${condition} is false. Put this behind Fn::If with the same condition.`,
    );
  }
  walk.needs.add(logicalId);
}

function visitGetAtt({ at, argument }: CallNode, walk: Walk): void {
  const target = getAttTarget(argument);
  if (target === null) {
    const dotless = argument.kind === 'scalar' ? `, not ${describeNode(argument)}` : '';
    walk.findings.add(at, `Fn::GetAtt takes a logical id and an attribute, such as Bump.Arn${dotless}.`);
    return;
  }
  attributeOf(target.logicalId, target.attribute, argument.at, walk);
}

function attributeOf(logicalId: string, attribute: string, at: TemplatePlace, walk: Walk): void {
  const resource = walk.within === 'conditions' ? undefined : walk.sections.resources.get(logicalId);
  if (resource === undefined) {
    const near = didYouMean(logicalId, walk.sections.resources.keys());
    walk.findings.add(at, `There is no resource ${quote(logicalId)}.${near}`);
    return;
  }
  needs(logicalId, at, walk);
  const { type } = resource;
  if (type === null) return;
  const ofProperties = type.attributesOfProperties ?? {};
  const always = Object.keys(type.attributes('', { region: '', accountId: '' }, {}));
  const known = [...always, ...Object.keys(ofProperties)];
  const property = ofProperties[attribute];
  if (property !== undefined && !resource.properties.entries.has(property)) {
    const advice = `only with a ${property}: add one to ${logicalId}.`;
    walk.findings.add(at, `${type.name} has the attribute ${attribute} ${advice}`);
    return;
  }
  if (known.includes(attribute)) return;
  if (Object.hasOwn(type.refusedAttributes, attribute)) {
    walk.findings.add(
      at,
      `The attribute ${attribute} of ${type.name} is not simulated. ${type.refusedAttributes[attribute]}`,
    );
    return;
  }
  const near = didYouMean(attribute, known);
  const has = known.length === 0 ? 'It has none.' : `It has ${oneOf(known)}.`;
  walk.findings.add(at, `${type.name} has no attribute ${quote(attribute)}.${near || ` ${has}`}`);
}

function visitSub({ at, argument }: CallNode, walk: Walk): void {
  const [template, variables, ...others] = argument.kind === 'list' ? argument.items : [argument];
  if (template?.kind !== 'scalar' || others.length > 0 || (variables !== undefined && variables.kind !== 'map')) {
    walk.findings.add(at, 'Fn::Sub takes a text, or a list of a text and a map of variables.');
    return;
  }
  if (variables !== undefined) visit(variables, walk);
  for (const part of subParts(template.text)) {
    if (part.kind === 'text' || variables?.entries.has(part.name)) continue;
    const { name, attribute } = subReference(part.name);
    if (attribute === null) mention(name, template.at, walk);
    else attributeOf(name, attribute, template.at, walk);
  }
}

function visitIf(node: CallNode, walk: Walk): void {
  const [condition, whenTrue, whenFalse] = node.argument.kind === 'list' ? node.argument.items : [];
  if (node.argument.kind !== 'list' || node.argument.items.length !== 3 || condition?.kind !== 'scalar') {
    walk.findings.add(
      node.at,
      'Fn::If takes a list: the name of a condition, the value if it holds, the value if not.',
    );
    return;
  }
  checkConditionName(condition.text, condition.at, walk.sections.conditions, walk.findings);
  const holds = walk.holds(condition.text);
  if (whenTrue !== undefined) visit(whenTrue, { ...walk, taken: walk.taken && holds === true });
  if (whenFalse !== undefined) visit(whenFalse, { ...walk, taken: walk.taken && holds === false });
}

function visitFindInMap(node: CallNode, walk: Walk): void {
  const items = node.argument.kind === 'list' ? node.argument.items : [];
  if (items.length === 4) {
    walk.findings.add(
      node.at,
      'Fn::FindInMap with a default value is not simulated: it needs AWS::LanguageExtensions.',
    );
    return;
  }
  visitArguments(node, 3, 'the name of a mapping and two keys', walk);
  const [name] = items;
  if (name?.kind !== 'scalar' || walk.sections.mappings.has(name.text)) return;
  const near = didYouMean(name.text, walk.sections.mappings.keys());
  walk.findings.add(name.at, `There is no mapping ${quote(name.text)}.${near}`);
}

function visitArguments(node: CallNode, count: number, what: string, walk: Walk): void {
  const { argument } = node;
  const delimited = node.name === 'Fn::Join' || node.name === 'Fn::Split';
  const first = argument.kind === 'list' ? argument.items[0] : undefined;
  if (argument.kind !== 'list' || argument.items.length !== count || (delimited && first?.kind !== 'scalar')) {
    walk.findings.add(node.at, `${node.name} takes a list: ${what}.`);
    return;
  }
  for (const item of argument.items) visit(item, walk);
}
