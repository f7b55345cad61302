/**
 * A result as JUnit XML: a suite for each task, a case for each check.
 *
 * The format has no standard; this is the part that Jenkins, GitHub and GitLab read, as described at
 * https://github.com/testmoapp/junitxml. A case takes no time of its own, since one exploration judges several checks.
 */

import { placeOfCheck } from '../../grader/report/full-check.ts';
import type { CheckResult, LabResult, TaskTotals } from '../../grader/result.ts';
import { type ReportedCheck, reportedCheck } from './outcome-of-check.ts';

type Attributes = Readonly<Record<string, string | number>>;

/** The XML, ending in a line break. `endedMs`: when the grading ended, in milliseconds since 1970. */
export function reportAsJunit(result: LabResult, endedMs: number): string {
  const { lab, checks, tasks, durationMs } = result;
  const timestamp = new Date(endedMs - durationMs).toISOString();
  const suites = tasks.map((totals) => suiteOf(result, totals, timestamp));
  const all = { name: `raceproof ${lab}`, ...countsOf(checks), time: durationMs / 1_000, timestamp };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', all, suites, 0)}\n`;
}

function suiteOf({ lab, checks }: LabResult, { task, title, score }: TaskTotals, timestamp: string): string {
  const own = checks.filter((check) => check.task === task);
  const about = { name: `${lab} task ${task}: ${title}`, ...countsOf(own), time: 0, timestamp };
  const points = properties({ points: score.earned, maxPoints: score.max }, 4);
  return element('testsuite', about, [points, ...own.map((check) => caseOf(check, lab))], 2);
}

function caseOf(check: CheckResult, lab: string): string {
  const told = reportedCheck(check);
  const at = placeOfCheck(check);
  const about = {
    name: `${check.title} (${check.id})`,
    classname: `${lab}.task${check.task}`,
    ...(at === undefined ? {} : { file: `labs/${lab}/${at.file}`, line: at.line }),
    time: 0,
  };
  const points = properties({ points: check.points, maxPoints: check.maxPoints }, 6);
  return element('testcase', about, [points, reasonOf(check, told)], 4);
}

function reasonOf({ hintId }: CheckResult, { status, message, details }: ReportedCheck): string {
  const more = details === '' ? [] : [escaped(details)];
  switch (status) {
    case 'passed':
      return element('system-out', {}, [escaped(message)], 6);
    case 'failed':
      return element('failure', { message, type: hintId ?? 'broken' }, more, 6);
    case 'error':
      return element('error', { message, type: 'not judged' }, more, 6);
    case 'skipped':
      return element('skipped', { message }, [], 6);
  }
}

function properties(values: Attributes, indent: number): string {
  const each = Object.entries(values).map(([name, value]) => element('property', { name, value }, [], indent + 2));
  return element('properties', {}, each, indent);
}

function countsOf(checks: readonly CheckResult[]): Attributes {
  const statuses = checks.map((check) => reportedCheck(check).status);
  const having = (wanted: ReportedCheck['status']): number => statuses.filter((status) => status === wanted).length;
  return { tests: checks.length, failures: having('failed'), errors: having('error'), skipped: having('skipped') };
}

/** Text stands on the element's own lines as it is; elements inside have lines of their own. */
function element(name: string, attributes: Attributes, inside: readonly string[], indent: number): string {
  const before = ' '.repeat(indent);
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const opening = `${before}<${name}${said.join('')}`;
  if (inside.length === 0) return `${opening}/>`;
  const isText = inside.every((part) => !part.trimStart().startsWith('<'));
  return isText ? `${opening}>${inside.join('')}</${name}>` : `${opening}>\n${inside.join('\n')}\n${before}</${name}>`;
}

/**
 * Text for XML 1.0: markup and line breaks as references, so that attributes keep them, and no characters that XML forbids.
 * https://www.w3.org/TR/xml/#charsets
 */
function escaped(text: string): string {
  const allowed = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    '\n': '&#10;',
  };
  return allowed.replace(/[&<>"\n]/g, (character) => names[character] ?? character);
}
