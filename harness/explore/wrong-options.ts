/**
 * What is wrong with the arguments of `explore`, in one sentence that says what to write instead.
 *
 * TypeScript tells most of it before. This is for JavaScript, for casts, and for values that no type can limit: an option that is not
 * known changes nothing, and a proof that leaves a fault out because its name was misspelt would be worse than none.
 */

import type { FaultKind } from '../simulator/contract/fault.ts';
import { didYouMean, oneOf, quote } from '../words/names.ts';
import type { ExploreOptions, Mode } from './options.ts';

type Names<Options> = Readonly<Record<keyof Options, true>>;

const OPTIONS: Names<Required<ExploreOptions>> = {
  template: true,
  code: true,
  parameters: true,
  faults: true,
  downstreams: true,
  equalCallsAreAlike: true,
  mode: true,
  host: true,
  invariants: true,
  replay: true,
};

const FAULTS: Readonly<Record<FaultKind, true>> = {
  'crash-before': true,
  'crash-after': true,
  'answer-lost': true,
  deadline: true,
  duplicate: true,
  reorder: true,
  conflict: true,
  cancelled: true,
  recycle: true,
  split: true,
  slow: true,
  throttled: true,
  'failed-before': true,
  'failed-after': true,
  partial: true,
  refused: true,
  stale: true,
};

const INVARIANT = ['name', 'judge', 'watches'];
const HOSTS: readonly (string | undefined)[] = [undefined, 'in-realm', 'isolated'];
const SAMPLING = ['kind', 'samples', 'seed', 'forMs'];
const MODES: Readonly<Record<Mode['kind'], readonly string[]>> = {
  exhaustive: [...SAMPLING, 'schedules'],
  sampled: SAMPLING,
};

/** What is wrong, in one sentence; null if the arguments are valid. */
export function wrongOptions(options: ExploreOptions, scenario: unknown): string | null {
  if (!isRecord(options))
    return '`explore` takes options first: `explore({ template, code }, async (world) => { … })`.';
  if (typeof scenario !== 'function')
    return '`explore` takes a scenario second, which is a function: `explore(options, async (world) => { … })`.';
  const { faults = {}, host, mode, invariants = [] } = options;
  return (
    unknownName(options, Object.keys(OPTIONS), 'an option of `explore`') ??
    wrongPlaces(options) ??
    unknownName(faults, Object.keys(FAULTS), 'a fault') ??
    uncounted(faults) ??
    withoutRefusal(options) ??
    wrongMode(mode) ??
    (HOSTS.includes(host) ? null : `«${host}» is not a host. There are: in-realm, isolated.`) ??
    wrongInvariants(invariants)
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `what`: «a fault». */
function unknownName(given: object, known: readonly string[], what: string): string | null {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return null;
  return `${quote(unknown)} is not ${what}.${didYouMean(unknown, known)} There are: ${known.join(', ')}.`;
}

function wrongPlaces({ template, code }: ExploreOptions): string | null {
  const isPlace = (value: unknown): boolean => typeof value === 'string' || value instanceof URL;
  if (!isPlace(template))
    return 'The option `template` is missing. Give the path of a CloudFormation template, or its text.';
  if (!isPlace(code) && !isRecord(code))
    return 'The option `code` is missing. Give the folder of your handlers, or their texts by path.';
  return null;
}

function uncounted(faults: NonNullable<ExploreOptions['faults']>): string | null {
  const wrong = Object.entries(faults).find(([, most]) => !isCount(most));
  return wrong === undefined ? null : `The budget of «${wrong[0]}» is ${wrong[1]}; it is a count: 0, 1, 2 …`;
}

/** A fault that can strike nowhere would be claimed to have been tried. */
function withoutRefusal({ faults, downstreams = [] }: ExploreOptions): string | null {
  const isAsked = (faults?.refused ?? 0) > 0;
  if (!isAsked || downstreams.some(({ refusal }) => refusal !== undefined)) return null;
  return 'The budget of «refused» can be spent nowhere: give a downstream the member `refusal`, which is what it answers then.';
}

function wrongInvariants(invariants: NonNullable<ExploreOptions['invariants']>): string | null {
  const names = new Set<string>();
  for (const invariant of invariants) {
    const unknown = unknownName(invariant, INVARIANT, 'a member of an invariant');
    if (unknown !== null) return unknown;
    const { name, judge } = invariant;
    if (typeof name !== 'string' || name === '' || typeof judge !== 'function')
      return 'An invariant has a `name`, and a function `judge` that takes a trace and returns a sentence or null.';
    if (names.has(name)) return `Two invariants are called «${name}». Give each a name of its own.`;
    names.add(name);
  }
  return null;
}

/** Seeds are 32-bit numbers. */
const MOST_SEED = 2 ** 32 - 1;

function wrongMode(mode: Mode | undefined): string | null {
  if (mode === undefined) return null;
  const kinds = Object.keys(MODES);
  if (!isRecord(mode)) return `The option \`mode\` is an object: \`mode: { kind: '…' }\` with ${oneOf(kinds)}.`;
  if (!Object.hasOwn(MODES, mode.kind)) {
    const kind = String(mode.kind);
    return `${quote(kind)} is not a mode.${didYouMean(kind, kinds)} There are: ${kinds.join(', ')}.`;
  }
  return unknownName(mode, MODES[mode.kind], `an option of the mode «${mode.kind}»`) ?? wrongNumbers(mode);
}

function wrongNumbers(mode: Mode): string | null {
  const { samples, seed, forMs } = mode;
  const schedules = mode.kind === 'exhaustive' ? mode.schedules : undefined;
  if (schedules !== undefined && !(isCount(schedules) && schedules > 0))
    return `A proof can’t take ${schedules} schedules; say 1 or more.`;
  if (samples !== undefined && !(isCount(samples) && samples > 0))
    return `${samples} schedules can’t be sampled; say 1 or more.`;
  if (seed !== undefined && !(isCount(seed) && seed <= MOST_SEED))
    return `The seed is ${seed}; it is a whole number from 0 to ${MOST_SEED}.`;
  if (forMs !== undefined && !(forMs > 0)) return `Sampling for ${forMs} ms is no time; say 1 or more.`;
  if (samples !== undefined && forMs !== undefined)
    return '`samples` and `forMs` both say when to stop sampling; give one of them.';
  return null;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
