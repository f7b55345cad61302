/**
 * Replaces intrinsic functions by their values.
 *
 * references.ts has checked all names before, so an unknown name gives «unknown» without a finding. Mistakes that only values
 * show (an index past the end, a list in the place of a text) are findings here.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */

import { didYouMean, quote } from '../../../words/names.ts';
import { base64 } from '../../contract/base64.ts';
import { toUtf8 } from '../../contract/utf8.ts';
import type { TemplatePlace } from './findings.ts';
import type { Scope } from './scope.ts';
import { subParts, subReference } from './sub.ts';
import { type CallNode, describeNode, type Entry, type ListNode, type MapNode, type Node, textNode } from './tree.ts';

/** Null is `AWS::NoValue`: the member that holds it is left out. */
export type Resolved = Exclude<Node, CallNode> | null;

/** The value of a node, with all functions replaced. */
export function resolve(node: Node, scope: Scope): Resolved {
  switch (node.kind) {
    case 'scalar':
    case 'unknown':
      return node;
    case 'list':
      return { ...node, items: node.items.flatMap((item) => resolve(item, scope) ?? []) };
    case 'map':
      return resolveMap(node, scope);
    case 'call':
      return call(node, scope);
  }
}

function resolveMap(map: MapNode, scope: Scope): Resolved {
  const entries = new Map<string, Entry>();
  for (const entry of map.entries.values()) {
    const value = resolve(entry.value, scope);
    if (value !== null) entries.set(entry.key, { ...entry, value });
  }
  return { ...map, entries };
}

function unknown(at: TemplatePlace): Resolved {
  return { kind: 'unknown', at };
}

function problem(at: TemplatePlace, message: string, scope: Scope): Resolved {
  scope.findings.add(at, message);
  return unknown(at);
}

function call(node: CallNode, scope: Scope): Resolved {
  switch (node.name) {
    case 'Ref':
      return ref(node, scope);
    case 'Fn::GetAtt':
      return getAtt(node, scope);
    case 'Fn::Sub':
      return sub(node, scope);
    case 'Fn::If':
      return choose(node, scope);
    case 'Fn::Join':
      return join(node, scope);
    case 'Fn::Split':
      return split(node, scope);
    case 'Fn::Select':
      return select(node, scope);
    case 'Fn::FindInMap':
      return findInMap(node, scope);
    case 'Fn::Base64':
      return encode(node, scope);
    default:
      return unknown(node.at);
  }
}

function ref({ at, argument }: CallNode, scope: Scope): Resolved {
  if (argument.kind !== 'scalar') return unknown(at);
  if (argument.text === 'AWS::NoValue') return null;
  if (argument.text === 'AWS::NotificationARNs') return { kind: 'list', at, items: [] };
  const parameter = scope.parameters.get(argument.text);
  if (parameter !== undefined && parameter !== null && typeof parameter !== 'string') {
    return { kind: 'list', at, items: parameter };
  }
  const text = lookUp(argument.text, scope);
  return text === null ? unknown(at) : textNode(at, text);
}

/** The value of a name: a pseudo parameter, a parameter, or a resource. A list becomes its members joined by commas. */
function lookUp(name: string, scope: Scope): string | null {
  const parameter = scope.parameters.get(name);
  if (typeof parameter === 'string') return parameter;
  if (parameter !== undefined && parameter !== null) return parameter.map((item) => item.text).join(',');
  return scope.pseudo.get(name) ?? scope.resource(name)?.ref ?? null;
}

function getAtt({ at, argument }: CallNode, scope: Scope): Resolved {
  const target = getAttTarget(argument);
  if (target === null) return unknown(at);
  const text = attribute(target.logicalId, target.attribute, scope);
  return text === null ? unknown(at) : textNode(at, text);
}

function attribute(logicalId: string, name: string, scope: Scope): string | null {
  const attributes = scope.resource(logicalId)?.attributes ?? {};
  return Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null;
}

/** `Bump.Arn` or `[Bump, Arn]`; null for any other form. */
export function getAttTarget(argument: Node): { readonly logicalId: string; readonly attribute: string } | null {
  if (argument.kind === 'scalar') {
    const dot = argument.text.indexOf('.');
    if (dot < 1) return null;
    return { logicalId: argument.text.slice(0, dot), attribute: argument.text.slice(dot + 1) };
  }
  if (argument.kind !== 'list') return null;
  const [logicalId, ...attributes] = argument.items;
  if (logicalId?.kind !== 'scalar' || attributes.length === 0) return null;
  const names = attributes.flatMap((item) => (item.kind === 'scalar' ? [item.text] : []));
  return names.length === attributes.length ? { logicalId: logicalId.text, attribute: names.join('.') } : null;
}

function sub({ at, argument }: CallNode, scope: Scope): Resolved {
  const [template, variables] = argument.kind === 'list' ? argument.items : [argument];
  if (template?.kind !== 'scalar') return unknown(at);
  const own = new Map<string, string | null>();
  if (variables?.kind === 'map') {
    for (const { key, value } of variables.entries.values()) own.set(key, text(value, `The variable ${key}`, scope));
  }
  const parts = subParts(template.text).map((part) => {
    if (part.kind === 'text') return part.text;
    if (own.has(part.name)) return own.get(part.name) ?? null;
    const reference = subReference(part.name);
    return reference.attribute === null
      ? lookUp(reference.name, scope)
      : attribute(reference.name, reference.attribute, scope);
  });
  return concatenate(parts, '', at, scope);
}

/** The parts as one text. If a part is null, the whole is unknown. */
function concatenate(parts: readonly (string | null)[], between: string, at: TemplatePlace, scope: Scope): Resolved {
  let length = between.length * parts.length;
  for (const part of parts) {
    if (part === null) return unknown(at);
    length += part.length;
  }
  return scope.spend(length, at) ? textNode(at, parts.join(between)) : unknown(at);
}

/** A value that must be text. Null if it is not, with a finding unless the value is already unknown. */
function text(node: Node, what: string, scope: Scope): string | null {
  const value = resolve(node, scope);
  if (value?.kind === 'scalar' && value.value !== null) return value.text;
  if (value?.kind !== 'unknown') {
    scope.findings.add(node.at, `${what} must be text, not ${value === null ? 'AWS::NoValue' : describeNode(value)}.`);
  }
  return null;
}

function choose({ at, argument }: CallNode, scope: Scope): Resolved {
  if (argument.kind !== 'list') return unknown(at);
  const [condition, whenTrue, whenFalse] = argument.items;
  if (condition?.kind !== 'scalar' || whenTrue === undefined || whenFalse === undefined) return unknown(at);
  const holds = scope.holds(condition.text);
  return holds === null ? unknown(at) : resolve(holds ? whenTrue : whenFalse, scope);
}

function join({ at, argument }: CallNode, scope: Scope): Resolved {
  if (argument.kind !== 'list') return unknown(at);
  const [delimiter, list] = argument.items;
  if (delimiter?.kind !== 'scalar' || list === undefined) return unknown(at);
  const members = listOf(list, 'Fn::Join', scope);
  if (members === null) return unknown(at);
  const texts = members.items.map((item) => text(item, 'A member of Fn::Join', scope));
  return concatenate(texts, delimiter.text, at, scope);
}

function listOf(node: Node, what: string, scope: Scope): ListNode | null {
  const value = resolve(node, scope);
  if (value?.kind === 'list') return value;
  if (value?.kind !== 'unknown') {
    scope.findings.add(
      node.at,
      `${what} needs a list here, not ${value === null ? 'AWS::NoValue' : describeNode(value)}.`,
    );
  }
  return null;
}

function split({ at, argument }: CallNode, scope: Scope): Resolved {
  if (argument.kind !== 'list') return unknown(at);
  const [delimiter, source] = argument.items;
  if (delimiter?.kind !== 'scalar' || source === undefined) return unknown(at);
  if (delimiter.text === '') return problem(delimiter.at, 'The delimiter of Fn::Split must not be empty.', scope);
  const whole = text(source, 'The source of Fn::Split', scope);
  if (whole === null || !scope.spend(whole.length, at)) return unknown(at);
  return { kind: 'list', at, items: whole.split(delimiter.text).map((part) => textNode(at, part)) };
}

function select({ at, argument }: CallNode, scope: Scope): Resolved {
  if (argument.kind !== 'list') return unknown(at);
  const [indexNode, list] = argument.items;
  if (indexNode === undefined || list === undefined) return unknown(at);
  const index = text(indexNode, 'The index of Fn::Select', scope);
  const members = listOf(list, 'Fn::Select', scope);
  if (index === null || members === null) return unknown(at);
  const found = /^[0-9]{1,6}$/.test(index) ? members.items[Number(index)] : undefined;
  if (found !== undefined) return found.kind === 'call' ? unknown(at) : found;
  const size = members.items.length;
  return problem(at, `Fn::Select cannot take member ${quote(index)} of a list of ${size}; the first is 0.`, scope);
}

function findInMap({ at, argument }: CallNode, scope: Scope): Resolved {
  if (argument.kind !== 'list') return unknown(at);
  const [name, top, second] = argument.items.map((item) => text(item, 'An argument of Fn::FindInMap', scope));
  if (typeof name !== 'string' || typeof top !== 'string' || typeof second !== 'string') return unknown(at);
  const mapping = scope.mappings.get(name)?.value;
  if (mapping?.kind !== 'map') return unknown(at);
  const row = mapping.entries.get(top);
  if (row?.value.kind !== 'map') {
    return problem(
      at,
      `The mapping ${name} has no key ${quote(top)}.${didYouMean(top, mapping.entries.keys())}`,
      scope,
    );
  }
  const found = row.value.entries.get(second);
  if (found !== undefined) return resolve(found.value, scope);
  const near = didYouMean(second, row.value.entries.keys());
  return problem(at, `The key ${top} of the mapping ${name} has no member ${quote(second)}.${near}`, scope);
}

function encode({ at, argument }: CallNode, scope: Scope): Resolved {
  const plain = text(argument, 'The argument of Fn::Base64', scope);
  return plain === null || !scope.spend(plain.length * 2, at) ? unknown(at) : textNode(at, base64(toUtf8(plain)));
}
