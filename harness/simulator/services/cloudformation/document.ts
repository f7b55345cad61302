/**
 * Reads YAML or JSON text into a tree with places.
 *
 * It follows CloudFormation where that differs from YAML: no aliases, no hash merges, no binary or timestamp tags
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html). Hostile input costs time in
 * proportion to its size, which is limited; no input makes this file throw.
 */

import { utf8ToBytes } from '@noble/hashes/utils.js';
import {
  Composer,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  type Scalar,
  type YAMLError,
  YAMLParseError,
} from 'yaml';
import { didYouMean, quote } from '../../../words/names.ts';
import { ALIASES, retell } from './complaints.ts';
import type { Findings, TemplatePlace } from './findings.ts';
import { ALL_FUNCTIONS, longName, shortName } from './functions.ts';
import type { Entry, ListNode, MapNode, Node, ScalarNode } from './tree.ts';

/**
 * The limit for a template in a request:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const MAX_TEMPLATE_BYTES = 51_200;
/** Our limit: deeper than any template that a person writes. */
const MAX_DEPTH = 64;

const START: TemplatePlace = { line: 1, column: 1, path: '' };

type Complaints = Pick<Findings, 'add'>;

/** What reading a text came to: the same each time. */
interface Reading {
  readonly text: string;
  readonly root: Node | null;
  readonly complaints: readonly { readonly at: TemplatePlace; readonly message: string }[];
}

/** The reading before: a lab deploys one text for each of its scenarios, and parsing takes most of the time of a deployment. */
let before: Reading | null = null;

/** The template's tree, or null if the text cannot be read; `findings` then says what is wrong. */
export function readDocument(text: string, findings: Findings): Node | null {
  if (before?.text !== text) before = read(text);
  for (const { at, message } of before.complaints) findings.add(at, message);
  return before.root;
}

function read(text: string): Reading {
  const complaints: { at: TemplatePlace; message: string }[] = [];
  const root = treeOf(text, { add: (at, message) => complaints.push({ at, message }) });
  return { text, root, complaints };
}

function treeOf(text: string, findings: Complaints): Node | null {
  const bytes = text.length > MAX_TEMPLATE_BYTES ? text.length : utf8ToBytes(text).length;
  if (bytes > MAX_TEMPLATE_BYTES) {
    findings.add(
      START,
      'The template is larger than 51,200 bytes, the most that CloudFormation takes in a request. Split it; templates in an S3 bucket are not simulated.',
    );
    return null;
  }
  const lines = new LineCounter();
  const where = (offset: number, path: string): TemplatePlace => placeOf(lines, offset, path);
  const { contents, complaint } = parse(spacesForTabs(text), lines);
  if (complaint !== undefined) {
    findings.add(where(complaint.pos[0], ''), retell(complaint.code, complaint.message));
    return null;
  }
  if (contents === null || (isScalar(contents) && textOf(contents).trim() === '')) {
    findings.add(START, 'The template is empty. It needs at least a Resources section.');
    return null;
  }
  return convert(contents, '', 0, { findings, where, text });
}

/** JSON may be indented with tabs; no JSON string can hold one, and each stays one column wide. */
function spacesForTabs(text: string): string {
  return /^\uFEFF?\s*\{/.test(text) ? text.replaceAll('\t', ' ') : text;
}

function parse(text: string, lines: LineCounter): { contents: unknown; complaint: YAMLError | undefined } {
  // «failsafe» leaves every scalar as the text in the template: CloudFormation decides what is a number or a date.
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false });
  const [first, second] = [...composer.compose(new Parser(lines.addNewLine).parse(text), true, text.length)];
  const complaint = first?.errors.find((error) => error.code !== 'TAG_RESOLVE_FAILED');
  if (complaint === undefined && second !== undefined) {
    const pos: [number, number] = [second.range[0], second.range[1]];
    return { contents: null, complaint: new YAMLParseError(pos, 'MULTIPLE_DOCS', 'a second document') };
  }
  return { contents: first?.contents ?? null, complaint };
}

function placeOf(lines: LineCounter, offset: number, path: string): TemplatePlace {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col), path };
}

interface Conversion {
  readonly findings: Complaints;
  readonly where: (offset: number, path: string) => TemplatePlace;
  readonly text: string;
}

function convert(node: unknown, path: string, depth: number, conversion: Conversion): Node {
  const { findings } = conversion;
  const at = conversion.where(startOf(node, conversion.text), path);
  const nothing: ScalarNode = { kind: 'scalar', at, value: null, text: '' };
  if (depth > MAX_DEPTH) {
    findings.add(at, `This is nested more than ${MAX_DEPTH} levels deep.`);
    return nothing;
  }
  if (isAlias(node)) {
    findings.add(at, ALIASES);
    return nothing;
  }
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return nothing;
  const tag = tagOf(node);
  if (tag !== null) return tagged(node, tag, at, path, depth, conversion);
  return plain(node, at, path, depth, conversion);
}

function plain(node: unknown, at: TemplatePlace, path: string, depth: number, conversion: Conversion): Node {
  if (isSeq(node)) {
    const items = node.items.map((item, index) => convert(item, join(path, String(index)), depth + 1, conversion));
    return { kind: 'list', at, items } satisfies ListNode;
  }
  if (isMap(node)) return asCall(convertMap(node.items, at, path, depth, conversion));
  return isScalar(node) ? scalar(node, at) : { kind: 'scalar', at, value: null, text: '' };
}

function convertMap(
  items: readonly unknown[],
  at: TemplatePlace,
  path: string,
  depth: number,
  conversion: Conversion,
): MapNode {
  const entries = new Map<string, Entry>();
  for (const pair of items) {
    if (!isPair(pair)) continue;
    if (!isScalar(pair.key) || tagOf(pair.key) !== null) {
      conversion.findings.add(conversion.where(offsetOf(pair.key), path), 'A key must be plain text here.');
      continue;
    }
    const key = textOf(pair.key);
    const keyAt = conversion.where(offsetOf(pair.key), join(path, key));
    const first = entries.get(key);
    if (key === '<<' && pair.key.type === 'PLAIN') {
      conversion.findings.add(keyAt, 'CloudFormation does not support YAML hash merges («<<»). Write the members out.');
    } else if (first !== undefined) {
      conversion.findings.add(
        keyAt,
        `${quote(key)} stands here a second time; the first is in line ${first.keyAt.line}.`,
      );
    } else {
      entries.set(key, { key, keyAt, value: convert(pair.value, keyAt.path, depth + 1, conversion) });
    }
  }
  return { kind: 'map', at, entries };
}

/** `{Ref: X}` and `{Fn::Sub: …}` are calls. A map with more than one key is reported when it is resolved. */
function asCall(map: MapNode): Node {
  const [only, ...others] = map.entries.values();
  if (only === undefined || others.length > 0 || !(only.key === 'Ref' || only.key.startsWith('Fn::'))) return map;
  return { kind: 'call', at: only.keyAt, name: only.key, argument: only.value };
}

function tagged(
  node: unknown,
  tag: string,
  at: TemplatePlace,
  path: string,
  depth: number,
  conversion: Conversion,
): Node {
  if (/^tag:yaml\.org,2002:(str|map|seq)$/.test(tag)) {
    return isScalar(node)
      ? { kind: 'scalar', at, value: textOf(node), text: textOf(node) }
      : plain(node, at, path, depth, conversion);
  }
  const name = tag.startsWith('!') ? longName(tag.slice(1)) : null;
  const argument = plain(node, at, path, depth + 1, conversion);
  if (name !== null) return { kind: 'call', at, name, argument };
  const shown = tag.replace('tag:yaml.org,2002:', '!!');
  const near = didYouMean(tag.slice(1), ALL_FUNCTIONS.map(shortName)).replace(' mean ', ' mean !');
  conversion.findings.add(at, `CloudFormation has no tag ${quote(shown)}.${near}`);
  return { kind: 'scalar', at, value: null, text: '' };
}

/** The type that CloudFormation gives a plain word: a YAML 1.1 truth value or a number. Dates and the like stay text. */
function scalar(node: Scalar, at: TemplatePlace): ScalarNode {
  const text = textOf(node);
  if (node.type !== 'PLAIN') return { kind: 'scalar', at, value: text, text };
  if (text === '' || /^(~|null|Null|NULL)$/.test(text)) return { kind: 'scalar', at, value: null, text };
  if (/^(true|True|TRUE|yes|Yes|YES|on|On|ON)$/.test(text)) return { kind: 'scalar', at, value: true, text: 'true' };
  if (/^(false|False|FALSE|no|No|NO|off|Off|OFF)$/.test(text))
    return { kind: 'scalar', at, value: false, text: 'false' };
  if (/^[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?(e[-+]?[0-9]{1,3})?$/i.test(text)) {
    return { kind: 'scalar', at, value: Number(text), text };
  }
  return { kind: 'scalar', at, value: text, text };
}

function textOf(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : '';
}

/** The explicit tag, if there is one. `!` alone only means «text». */
function tagOf(node: { readonly tag?: string | undefined }): string | null {
  return node.tag === undefined || node.tag === '!' || node.tag === '?' ? null : node.tag;
}

/** The start of a node including its tag, since the parser counts from behind the tag. */
function startOf(node: unknown, text: string): number {
  const offset = offsetOf(node);
  if (!(isMap(node) || isSeq(node) || isScalar(node)) || tagOf(node) === null) return offset;
  const mark = text.lastIndexOf('!', offset - 1);
  return Math.max(0, text[mark - 1] === '!' ? mark - 1 : mark);
}

function offsetOf(node: unknown): number {
  if (isMap(node) || isSeq(node) || isScalar(node) || isAlias(node)) return node.range?.[0] ?? 0;
  return 0;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
