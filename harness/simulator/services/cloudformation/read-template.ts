/**
 * Turns a template's text into the resources that a deployment would create: parse, validate, resolve.
 *
 * Everything about a stack is known before the first call, since names and ARNs follow from stack name and logical ids. So
 * all findings of a template are reported at once, and a deployment only makes the calls.
 */

import { didYouMean, quote } from '../../../words/names.ts';
import type { AccountPlace } from '../../contract/arn.ts';
import type { PlannedCall, Properties, ResourceType, ResourceTypes } from '../../contract/resource-type.ts';
import { checkMapMembers } from './check-shape.ts';
import { checkConditionName, judgeConditions } from './conditions.ts';
import { readDocument } from './document.ts';
import { collectFindings, type Findings, type TemplateFinding, type TemplatePlace } from './findings.ts';
import { checkMappings } from './mappings.ts';
import { type Names, NEW_NAMES, nameOfResource } from './naming.ts';
import { creationOrder } from './order.ts';
import { readParameters } from './parameters.ts';
import { checkReferences, type ReferenceContext } from './references.ts';
import { resolve } from './resolve.ts';
import type { ResourceDeclaration, ResourcePolicies } from './resource-section.ts';
import { budget, type KnownResource, pseudoParameters, type Scope } from './scope.ts';
import { readSections, type Sections } from './sections.ts';
import { describeNode, type MapNode, textNode } from './tree.ts';
import { writtenResource } from './written.ts';

/** A template and the settings of its deployment. */
export interface TemplateRequest extends AccountPlace {
  /** The resource types that the template may use. */
  readonly types: ResourceTypes;
  readonly template: string;
  readonly fileName: string;
  readonly stackName: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** What the names of resources depend on, if the stack stands already. */
  readonly names?: Names;
  /** The stack's id, if it is not the first stack of its name. */
  readonly stackId?: string;
}

/** A resource as a deployment would create it. */
export interface ResolvedResource {
  readonly logicalId: string;
  readonly type: string;
  /** The value of `Ref`. */
  readonly physicalId: string;
  /** The resource's name in AWS: given by the template, or generated. */
  readonly name: string;
  /** Whether the template gives the name. */
  readonly isNamed: boolean;
  readonly policies: ResourcePolicies;
  /** All that the template says of it, as text. */
  readonly written: string;
  readonly at: TemplatePlace;
  readonly attributes: Readonly<Record<string, string>>;
  readonly properties: Properties;
  readonly calls: readonly PlannedCall[];
  /** The place of a property; that of the resource if the template does not have the property. */
  readonly placeOf: (property: string) => TemplatePlace;
}

export interface ResolvedTemplate {
  /** In the order of their creation. */
  readonly resources: readonly ResolvedResource[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly notices: readonly string[];
}

export type TemplateReading =
  | { readonly ok: true; readonly template: ResolvedTemplate }
  | { readonly ok: false; readonly findings: readonly TemplateFinding[] };

/** Parses, validates and resolves a template; creates nothing. Returns all findings, in line order. */
export function readTemplate(request: TemplateRequest): TemplateReading {
  const findings = collectFindings(request.fileName);
  const template = resolveTemplate(request, findings);
  if (template === null || findings.count > 0) return { ok: false, findings: findings.inOrder() };
  return { ok: true, template };
}

function resolveTemplate(request: TemplateRequest, findings: Findings): ResolvedTemplate | null {
  const root = readDocument(request.template, findings);
  const sections = root === null ? null : readSections(root, request.types, findings);
  if (sections === null) return null;
  checkMappings(sections.mappings, findings);
  const known = new Map<string, KnownResource>();
  const given = {
    findings,
    parameters: readParameters(sections, request.parameters, findings),
    pseudo: pseudoParameters(request, request.stackId),
    mappings: sections.mappings,
    conditions: sections.conditions,
    spend: budget(findings),
  };
  const conditions = judgeConditions(given);
  const scope: Scope = {
    ...given,
    holds: (name) => conditions.get(name) ?? null,
    resource: (logicalId) => known.get(logicalId) ?? null,
  };
  const order = orderOf(sections, scope);
  const resources = order.flatMap((declaration) => {
    const resource = resolveResource(declaration, scope, request);
    if (resource === null) return [];
    known.set(resource.logicalId, { ref: resource.ref, attributes: resource.attributes });
    return [resource];
  });
  const outputs = resolveOutputs(sections, scope);
  return { resources, outputs, notices: noticesOf(order, sections) };
}

/** The resources of this stack in the order of their creation; checks every reference on the way. */
function orderOf(sections: Sections, scope: Scope): ResourceDeclaration[] {
  const { findings } = scope;
  const absent = (logicalId: string): boolean => {
    const condition = sections.resources.get(logicalId)?.condition;
    return condition !== undefined && condition !== null && scope.holds(condition.name) === false;
  };
  const context: ReferenceContext = { sections, findings, within: 'resource', holds: scope.holds, absent };
  for (const { value } of sections.conditions.values()) checkReferences(value, { ...context, within: 'conditions' });
  const needs = new Map<string, Set<string>>();
  for (const declaration of sections.resources.values()) {
    const { logicalId, properties, condition } = declaration;
    if (condition !== null) checkConditionName(condition.name, condition.at, sections.conditions, findings);
    const left = absent(logicalId);
    // A resource that is left out may refer to others that are left out as well.
    const needed = checkReferences(properties, left ? { ...context, absent: () => false } : context);
    const all = new Set([...needed, ...dependsOn(declaration, sections, findings)]);
    if (left) checkNamesOnly(declaration, findings);
    else needs.set(logicalId, all);
  }
  checkOutputReferences(sections, context);
  const { order, circles } = creationOrder(needs);
  for (const circle of circles) reportCircle(circle, sections, findings);
  return order.flatMap((logicalId) => sections.resources.get(logicalId) ?? []);
}

function dependsOn(declaration: ResourceDeclaration, sections: Sections, findings: Findings): string[] {
  return declaration.dependsOn.flatMap(({ name, at }) => {
    if (sections.resources.has(name)) return [name];
    findings.add(at, `There is no resource ${quote(name)}.${didYouMean(name, sections.resources.keys())}`);
    return [];
  });
}

/** Our limit: longer circles are cut, since more names help no reader. */
const LONGEST_CIRCLE = 8;

function reportCircle(circle: readonly string[], sections: Sections, findings: Findings): void {
  const first = sections.resources.get(circle[0] ?? '');
  if (first === undefined) return;
  const shown = circle.length > LONGEST_CIRCLE ? [...circle.slice(0, LONGEST_CIRCLE), '…'] : circle;
  const path = [...shown, first.logicalId].join(' → ');
  findings.add(
    first.at,
    circle.length === 1
      ? `The resource ${first.logicalId} needs itself. Remove the reference.`
      : `These resources need one another: ${path}. Break the circle.`,
  );
}

/** Checks a resource that its condition leaves out: the names of its properties, but not their values. */
function checkNamesOnly({ type, properties, at }: ResourceDeclaration, findings: Findings): void {
  if (type === null) return;
  const entries = [...properties.entries].map(
    ([key, entry]) => [key, { ...entry, value: { kind: 'unknown', at: entry.keyAt } }] as const,
  );
  checkProperties({ kind: 'map', at, entries: new Map(entries) }, type, findings);
}

function checkProperties(properties: MapNode, type: ResourceType, findings: Findings): Properties {
  return checkMapMembers(
    properties,
    { members: type.properties, required: type.required },
    { owner: type.name, kind: 'property' },
    findings,
  );
}

function resolveResource(
  declaration: ResourceDeclaration,
  scope: Scope,
  request: TemplateRequest,
): (ResolvedResource & { readonly ref: string }) | null {
  const { type, logicalId, at } = declaration;
  if (type === null) return null;
  const { findings } = scope;
  const before = findings.count;
  const resolved = resolve({ ...declaration.properties, at }, scope);
  if (resolved?.kind !== 'map') return null;
  const properties = checkProperties(resolved, type, findings);
  const placeOf = (property: string): TemplatePlace => declaration.properties.entries.get(property)?.keyAt ?? at;
  if (findings.count === before) {
    type.check?.(properties, (property, message) => findings.add(placeOf(property), message));
  }
  const { stackName, names = NEW_NAMES } = request;
  const name = nameOfResource({ type, logicalId, stackName }, properties, names);
  const ref = type.ref(name, request, properties);
  return {
    logicalId,
    type: type.name,
    physicalId: ref,
    ref,
    at,
    name,
    isNamed: type.naming.property !== null && properties[type.naming.property] !== undefined,
    policies: declaration.policies,
    written: writtenResource(resolved, declaration.metadata),
    attributes: type.attributes(name, request, properties),
    properties,
    calls: type.calls(name, properties, request),
    placeOf,
  };
}

function checkOutputReferences(sections: Sections, context: ReferenceContext): void {
  for (const { value, condition } of sections.outputs.values()) {
    if (condition !== null) checkConditionName(condition.name, condition.at, sections.conditions, context.findings);
    const left = condition !== null && context.holds(condition.name) === false;
    checkReferences(value, { ...context, within: 'output', absent: left ? () => false : context.absent });
  }
}

function resolveOutputs(sections: Sections, scope: Scope): Record<string, string> {
  const outputs: [string, string][] = [];
  for (const { name, value, condition } of sections.outputs.values()) {
    if (condition !== null && scope.holds(condition.name) === false) continue;
    const resolved = resolve(value, scope) ?? textNode(value.at, '');
    if (resolved.kind === 'scalar' && resolved.value !== null) outputs.push([name, resolved.text]);
    else if (resolved.kind !== 'unknown') {
      scope.findings.add(value.at, `The output ${name} must be text, not ${describeNode(resolved)}.`);
    }
  }
  return Object.fromEntries(outputs);
}

function noticesOf(resources: readonly ResourceDeclaration[], sections: Sections): string[] {
  const notices = resources.flatMap(({ type }) => type?.notice ?? []);
  for (const { name, exported } of sections.outputs.values()) {
    if (exported)
      notices.push(
        `The output ${name} is exported, but no other stack can import it: each stack is deployed alone here.`,
      );
  }
  return [...new Set(notices)];
}
