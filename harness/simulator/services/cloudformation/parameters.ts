/**
 * The Parameters section: the rules for a parameter, and the values of one deployment.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */

import { didYouMean, oneOf, quote } from '../../../words/names.ts';
import { FLAG, type Members, type Shape, simulated, TEXT } from '../../contract/shape.ts';
import { checkMapMembers } from './check-shape.ts';
import type { Findings, TemplatePlace } from './findings.ts';
import { readAllowedPattern } from './pattern.ts';
import type { ParameterValue } from './scope.ts';
import type { Sections } from './sections.ts';
import { describeNode, type Entry, type MapNode, type Node, type ScalarNode } from './tree.ts';

const TYPES = ['String', 'Number', 'CommaDelimitedList', 'List<Number>'] as const;
type ParameterType = (typeof TYPES)[number];

const SIZE: Shape = { kind: 'whole-number', min: 0 };
const MEMBERS: Members = {
  Type: simulated(TEXT),
  Default: simulated(TEXT),
  Description: simulated({ kind: 'text', max: 4000 }),
  NoEcho: simulated(FLAG),
  ConstraintDescription: simulated(TEXT),
  AllowedPattern: simulated(TEXT),
  MinLength: simulated(SIZE),
  MaxLength: simulated(SIZE),
  MinValue: simulated({ kind: 'text', pattern: /^[-+]?[0-9.]{1,20}$/, says: 'a number' }),
  MaxValue: simulated({ kind: 'text', pattern: /^[-+]?[0-9.]{1,20}$/, says: 'a number' }),
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_VALUE_BYTES = 4096;

/** The value of every parameter: the given one, or else its default. Findings are reported at the parameter. */
export function readParameters(
  { parameters: section, parametersAt }: Pick<Sections, 'parameters' | 'parametersAt'>,
  given: Readonly<Record<string, string>>,
  findings: Findings,
): ReadonlyMap<string, ParameterValue> {
  const values = new Map<string, ParameterValue>();
  for (const entry of section.values()) values.set(entry.key, readParameter(entry, given, findings));
  for (const name of Object.keys(given)) {
    if (section.has(name)) continue;
    const near = didYouMean(name, section.keys());
    findings.add(
      parametersAt,
      `This deployment gives a value to the parameter ${quote(name)}, which the template does not declare.${near || ' Declare it under Parameters.'}`,
    );
  }
  return values;
}

function readParameter(entry: Entry, given: Readonly<Record<string, string>>, findings: Findings): ParameterValue {
  const { key: name, keyAt, value: declaration } = entry;
  if (declaration.kind !== 'map') {
    findings.add(keyAt, `The parameter ${name} must be a map with a Type, not ${describeNode(declaration)}.`);
    return null;
  }
  const before = findings.count;
  const type = readType(name, declaration, keyAt, findings);
  const members = checkMapMembers(
    withoutAllowedValues(declaration),
    { members: MEMBERS, required: [] },
    OWNER,
    findings,
  );
  const allowed = readAllowedValues(declaration, findings);
  const ownDefault = typeof members.Default === 'string' ? members.Default : undefined;
  const text = Object.hasOwn(given, name) ? given[name] : ownDefault;
  if (text === undefined) {
    if (!declaration.entries.has('Default')) {
      findings.add(keyAt, `The parameter ${name} has no value. Give it one, or a Default.`);
    }
    return null;
  }
  if (type === null || findings.count > before) return null;
  const at = Object.hasOwn(given, name) ? keyAt : (declaration.entries.get('Default')?.value.at ?? keyAt);
  const items = isList(type) ? text.split(',').map((item) => item.trim()) : [text];
  checkValue({ name, type, members, allowed, secret: members.NoEcho === true, declaration }, text, items, at, findings);
  if (findings.count > before) return null;
  return isList(type) ? items.map((item): ScalarNode => ({ kind: 'scalar', at, value: item, text: item })) : text;
}

const OWNER = { owner: 'A parameter', kind: 'member' } as const;

function isList(type: ParameterType): boolean {
  return type === 'CommaDelimitedList' || type === 'List<Number>';
}

function readType(name: string, declaration: MapNode, at: TemplatePlace, findings: Findings): ParameterType | null {
  const node = declaration.entries.get('Type')?.value;
  if (node === undefined) {
    findings.add(at, `The parameter ${name} needs a Type: ${oneOf(TYPES)}.`);
    return null;
  }
  const text = node.kind === 'scalar' ? node.text : '';
  const type = TYPES.find((known) => known === text);
  if (type !== undefined) return type;
  const near = didYouMean(text, TYPES);
  const refused = /^(AWS::|List<AWS::)/.test(text);
  findings.add(
    node.at,
    refused
      ? `The parameter type ${quote(text)} is not simulated. Use String and give the value itself.`
      : `A parameter's Type must be ${oneOf(TYPES)}, not ${describeNode(node)}.${near}`,
  );
  return null;
}

function withoutAllowedValues(declaration: MapNode): MapNode {
  const entries = new Map(declaration.entries);
  entries.delete('AllowedValues');
  return { ...declaration, entries };
}

function readAllowedValues(declaration: MapNode, findings: Findings): readonly string[] | null {
  const node = declaration.entries.get('AllowedValues')?.value;
  if (node === undefined) return null;
  const items: readonly Node[] = node.kind === 'list' ? node.items : [];
  const texts = items.flatMap((item) => (item.kind === 'scalar' ? [item.text] : []));
  if (texts.length > 0 && texts.length === items.length) return texts;
  findings.add(node.at, 'AllowedValues must be a list of texts.');
  return null;
}

interface Constraints {
  readonly name: string;
  readonly type: ParameterType;
  readonly members: Readonly<Record<string, unknown>>;
  readonly allowed: readonly string[] | null;
  /** NoEcho: no sentence repeats the value. */
  readonly secret: boolean;
  readonly declaration: MapNode;
}

function checkValue(
  rules: Constraints,
  whole: string,
  items: readonly string[],
  at: TemplatePlace,
  findings: Findings,
): void {
  const { name, members } = rules;
  const say = (item: string, wanted: string): void => {
    const shown = rules.secret ? '' : `, not ${quote(item)}`;
    const own = typeof members.ConstraintDescription === 'string' ? ` (${members.ConstraintDescription})` : '';
    findings.add(at, `The parameter ${name} must be ${wanted}${shown}${own}.`);
  };
  if (whole.length > MAX_VALUE_BYTES) {
    findings.add(at, `The value of the parameter ${name} is longer than 4,096 bytes.`);
    return;
  }
  for (const item of items) {
    if (rules.type === 'Number' || rules.type === 'List<Number>') checkNumber(item, members, say);
    if (rules.allowed !== null && !rules.allowed.includes(item)) say(item, oneOf(rules.allowed));
    if (rules.type === 'String') checkLength(item, members, say);
    checkPattern(item, rules, say, findings);
  }
}

type Say = (item: string, wanted: string) => void;

function checkNumber(item: string, members: Readonly<Record<string, unknown>>, say: Say): void {
  if (!/^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[-+]?[0-9]{1,3})?$/i.test(item)) say(item, 'a number');
  else if (Number(item) < bound(members.MinValue, Number.NEGATIVE_INFINITY)) say(item, `at least ${members.MinValue}`);
  else if (Number(item) > bound(members.MaxValue, Number.POSITIVE_INFINITY)) say(item, `at most ${members.MaxValue}`);
}

function checkLength(item: string, members: Readonly<Record<string, unknown>>, say: Say): void {
  if (item.length < bound(members.MinLength, 0)) say(item, `at least ${members.MinLength} characters long`);
  else if (item.length > bound(members.MaxLength, Number.POSITIVE_INFINITY)) {
    say(item, `at most ${members.MaxLength} characters long`);
  }
}

function bound(value: unknown, otherwise: number): number {
  return value === undefined ? otherwise : Number(value);
}

function checkPattern(item: string, rules: Constraints, say: Say, findings: Findings): void {
  const source = rules.members.AllowedPattern;
  if (typeof source !== 'string') return;
  const at = rules.declaration.entries.get('AllowedPattern')?.value.at ?? rules.declaration.at;
  const pattern = readAllowedPattern(source);
  if (!pattern.ok) findings.add(at, pattern.message);
  else if (item.length > pattern.longest)
    findings.add(at, `AllowedPattern is tried on at most ${pattern.longest} characters here.`);
  else if (!pattern.regexp.test(item)) say(item, `of the form ${source}`);
}
