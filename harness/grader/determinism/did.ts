/**
 * Says what an actor did, in words that follow a name: «called PutItem», «printed «3»».
 *
 * The words serve to tell two versions of one moment side by side. Decides nothing.
 */

import type { ScenarioAct } from '../../scenario/remembering/moments.ts';
import type { Did } from '../../simulator/contract/shown.ts';
import type { HostReport } from '../../simulator/host.ts';
import { ShownTrace } from '../../simulator/services/shown.ts';
import type { TraceEvent } from '../../simulator/trace.ts';
import { oneLine } from '../draw/one-line.ts';

/** The words for a single event need nothing of its trace, so this trace is empty. */
const OF_SERVICES = new ShownTrace([]);

/** What code did; null for an event that services or chance caused. */
export function didOf(event: TraceEvent): Did | null {
  switch (event.kind) {
    case 'call-sent':
      return { words: `called ${event.operation}`, value: event.input };
    case 'log':
      return { words: 'printed', value: event.line };
    case 'note':
      return { words: 'noted', value: event.text };
    case 'timer-set':
      return { words: 'set a timer', value: `${event.delayMs} ms` };
    case 'refused':
      return { words: 'asked for what a run does not have', value: event.what };
    case 'stalled':
      return { words: 'waited for something that nothing settles' };
    default:
      return OF_SERVICES.did(event);
  }
}

/** The same for a host's report. */
export function didOfReport(report: HostReport | undefined): Did {
  switch (report?.kind) {
    case 'call':
      return { words: `called ${report.operation}`, value: report.input };
    case 'log':
      return { words: 'printed', value: report.line };
    case 'call-given-up':
      return { words: 'gave a call up' };
    case 'timer-set':
      return { words: 'set a timer', value: `${report.delayMs} ms` };
    case 'timer-cleared':
      return { words: 'cleared a timer' };
    case 'returned':
      return { words: 'returned', value: parsed(report.payloadJson) };
    case 'failed':
      return { words: 'failed', value: `${report.error.errorType}: ${report.error.errorMessage}` };
    case 'refused':
      return { words: 'asked for what a run does not have', value: report.what };
    case 'exited':
    case 'init-failed':
      return { words: 'ended its process' };
    case 'initialised':
      return { words: 'was loaded' };
    default:
      return NOTHING_MORE;
  }
}

/** The same for an act of a scenario. */
export function didOfAct(act: ScenarioAct | undefined): Did {
  switch (act?.kind) {
    case 'call':
      return { words: `called ${act.operation}`, value: act.input };
    case 'sleep':
      return { words: 'slept', value: `${act.delayMs} ms` };
    case 'rest':
      return { words: 'waited until nothing was left to happen' };
    case 'note':
      return { words: 'noted', value: act.text };
    case 'look':
      return { words: 'looked', value: act.downstream };
    default:
      return NOTHING_MORE;
  }
}

export const NOTHING_MORE: Did = { words: 'did nothing more' };

/** For example «called PutItem the first time and GetItem the second». */
export function sayBoth(first: Did, second: Did): string {
  const [verb = '', ...object] = first.words.split(' ');
  if (first.words !== second.words) {
    const same = object.length === 1 && second.words.startsWith(`${verb} `);
    return `${first.words} the first time and ${same ? second.words.slice(verb.length + 1) : second.words} the second`;
  }
  const at = differingPart(first.value, second.value);
  if (at === null) return `${first.words} in two ways`;
  const where = at.path.length === 0 ? '' : ` with ${at.path.join('.')} =`;
  return `${first.words}${where} ${shown(at.first)} the first time and ${shown(at.second)} the second`;
}

interface Part {
  readonly path: readonly string[];
  readonly first: unknown;
  readonly second: unknown;
}

/** The first place at which two values differ; null if they are equal. */
function differingPart(first: unknown, second: unknown, path: readonly string[] = []): Part | null {
  if (JSON.stringify(first) === JSON.stringify(second)) return null;
  if (!isObject(first) || !isObject(second)) return { path, first, second };
  for (const key of new Set([...Object.keys(first), ...Object.keys(second)])) {
    const part = differingPart(Reflect.get(first, key), Reflect.get(second, key), [...path, key]);
    if (part !== null) return part;
  }
  return { path, first, second };
}

/** Texts of bytes are compared whole, because a single byte tells a reader nothing. */
function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value instanceof Uint8Array) return `«${oneLine(new TextDecoder().decode(value))}»`;
  return typeof value === 'string' ? `«${oneLine(value)}»` : oneLine(JSON.stringify(value) ?? String(value));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return json;
  }
}
