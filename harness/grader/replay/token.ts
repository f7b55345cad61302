/**
 * The replay token: one run, written so that it can be typed, mailed and put into an address.
 *
 * `lost-update@1.three-at-once.7c1e0a21.2_1-5_1` holds the lab and its version, the scenario, the beginning of the hash of code
 * and template, and the deviations from the ordinary course as `position_choice` in base 36. A timed run has its seed in their
 * place, `s7`. A replay needs only the token and the code. A token is no secret and no signature.
 */

import type { Pick } from '../../simulator/kernel/choices.ts';

export interface ReplayToken {
  readonly lab: string;
  readonly labVersion: number;
  readonly scenario: string;
  /** The first eight hexadecimal digits of the submission's sha-256. */
  readonly code: string;
  /** The choice made at each point. After the last one the run takes the ordinary course. */
  readonly chosen: readonly number[];
  /** The seed of a timed run, from which every choice is drawn. */
  readonly seed?: number;
}

export type ReadToken =
  | { readonly ok: true; readonly token: ReplayToken }
  | { readonly ok: false; readonly message: string };

const SHAPE = /^([a-z0-9-]+)@(\d{1,6})\.([a-z0-9-]+)\.([0-9a-f]{8})\.([0-9a-z_-]+)$/;
/** More choices than any run without a latency model can make, because its steps are limited. */
const MOST_CHOICES = 100_000;

type Run = Omit<ReplayToken, 'chosen' | 'seed'> & ({ readonly record: readonly Pick[] } | { readonly seed: number });

/** Writes the token of a run. */
export function writeToken(run: Run): string {
  const choices = 'seed' in run ? `s${run.seed.toString(36)}` : deviationsOf(run.record);
  return `${run.lab}@${run.labVersion}.${run.scenario}.${run.code}.${choices}`;
}

function deviationsOf(record: readonly Pick[]): string {
  const deviations = record.flatMap(({ chosen }, position) =>
    chosen === 0 ? [] : [`${position.toString(36)}_${chosen.toString(36)}`],
  );
  return deviations.join('-') || '0';
}

/** Reads a token, or says what is wrong with it. */
export function readToken(text: string): ReadToken {
  const match = SHAPE.exec(text.trim());
  const wrong = (why: string): ReadToken => ({
    ok: false,
    message: `«${text.slice(0, 120)}» is not a replay token: ${why}. Copy the whole token as it was printed, from the lab's name to the last letter.`,
  });
  if (match === null) return wrong('it should look like lost-update@1.three-at-once.7c1e0a21.2_1');
  const [, lab = '', version = '', scenario = '', code = '', deviations = ''] = match;
  const about = { lab, labVersion: Number(version), scenario, code };
  const seeds = /^s([0-9a-z]{1,7})$/.exec(deviations);
  if (seeds !== null) return { ok: true, token: { ...about, chosen: [], seed: Number.parseInt(seeds[1] ?? '', 36) } };
  const chosen: number[] = [];
  for (const deviation of deviations === '0' ? [] : deviations.split('-')) {
    const parts = /^([0-9a-z]{1,5})_([0-9a-z]{1,4})$/.exec(deviation);
    if (parts === null) return wrong(`«${deviation}» is not a choice`);
    const position = Number.parseInt(parts[1] ?? '', 36);
    if (position < chosen.length || position > MOST_CHOICES) return wrong('its choices are not in order');
    while (chosen.length < position) chosen.push(0);
    chosen.push(Number.parseInt(parts[2] ?? '', 36));
  }
  return { ok: true, token: { ...about, chosen } };
}
