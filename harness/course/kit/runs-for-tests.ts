/**
 * Runs of a lab for tests: a scenario, the files of some answer, and the choices of each run.
 *
 * It runs everything that a grading runs, in this process. It judges nothing.
 */

import { readFile } from 'node:fs/promises';
import { prepare } from '../../grader/submission/submission.ts';
import type { SdkMode } from '../../host/sdk/realm-port.ts';
import { NODE } from '../../node/platform.ts';
import { InRealmHost } from '../../node/realm/host.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { runScenario } from '../../scenario/run-scenario.ts';
import type { Choices } from '../../simulator/kernel/choices.ts';
import type { WorldRun } from '../../simulator/world.ts';
import type { Lab, Observation, Scenario } from '../lab.ts';

const ROOT = new URL('../../../', import.meta.url);

/** The files of the solution or of the starter, some replaced by those of another folder (`mutants/get-then-put`). */
export async function filesOf(
  { slug, editable }: Lab,
  whose: 'starter' | 'solution',
  instead?: string,
): Promise<ReadonlyMap<string, string>> {
  const base = whose === 'starter' ? `harness/course/${slug}/starter` : `solutions/${slug}`;
  const files = new Map<string, string>();
  for (const path of editable) {
    const own = instead === undefined ? null : await read(`harness/course/${slug}/${instead}/${path}`);
    files.set(path, own ?? (await read(`${base}/${path}`)) ?? '');
  }
  return files;
}

export interface RunsOptions {
  /** Changes the scenario first, for a test without faults, for example. */
  alter?(scenario: Scenario): Scenario;
  readonly sdkMode?: SdkMode;
}

/** Runs a scenario once for each of these choices. */
export async function runsOf(
  lab: Lab,
  files: ReadonlyMap<string, string>,
  name: string,
  choices: readonly Choices[],
  { alter = (scenario) => scenario, sdkMode = 'direct' }: RunsOptions = {},
): Promise<readonly WorldRun<Observation>[]> {
  const scenarios = lab.scenarios.filter((candidate) => candidate.name === name).map(alter);
  const [scenario] = scenarios;
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  const prepared = await prepare(NODE, { ...lab, scenarios }, files, sdkMode);
  if (!prepared.ok) throw new Error(prepared.findings.map(({ message }) => message).join('; '));
  const { submission } = prepared;
  const host = new InRealmHost(submission.sources);
  const sdk = new ScenarioSdk();
  try {
    const runs: WorldRun<Observation>[] = [];
    for (const each of choices)
      runs.push(await runScenario({ platform: NODE, submission, scenario, host, sdk }, each, 'explore').done);
    return runs;
  } finally {
    host.close();
  }
}

async function read(path: string): Promise<string | null> {
  return readFile(new URL(path, ROOT), 'utf8').catch(() => null);
}
