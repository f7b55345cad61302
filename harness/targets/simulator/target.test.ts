/**
 * The simulator as a target gives the same run as a grading under the same choices, because one place builds stack and world.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../course/lab.ts';
import { lostUpdate } from '../../course/lost-update/lab.ts';
import { prepare } from '../../grader/submission/submission.ts';
import { NODE } from '../../node/platform.ts';
import { InRealmHost } from '../../node/realm/host.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { TEMPLATE } from '../../scenario/deploy.ts';
import { runScenario } from '../../scenario/run-scenario.ts';
import { situationsOf } from '../../scenario/situations.ts';
import { seeded } from '../../simulator/kernel/choices.ts';
import { type DeployRequest, TargetTrouble } from '../target.ts';
import { simulatorTarget } from './target.ts';

const STARTER = new URL('../../course/lost-update/starter/', import.meta.url);
const files = new Map(lostUpdate.editable.map((path) => [path, readFileSync(new URL(path, STARTER), 'utf8')]));

async function setting() {
  const prepared = await prepare(NODE, lostUpdate, files);
  const [scenario] = lostUpdate.scenarios;
  if (!prepared.ok || scenario === undefined) throw new Error('the starter can’t be run');
  const { submission } = prepared;
  const request: DeployRequest = {
    slug: lostUpdate.slug,
    template: files.get(TEMPLATE) ?? '',
    modules: submission.sources.modules,
    parameters: scenario.parameters ?? {},
    downstreams: lostUpdate.downstreams ?? [],
    signal: new AbortController().signal,
    tell: () => {},
  };
  return { submission, scenario, request };
}

/** A target runs the first situation and asks no choice for it. */
const inFirstSituation = (scenario: Scenario): Scenario => ({ ...scenario, situations: [situationsOf(scenario)[0]] });

const targetWith = (seed: number) =>
  simulatorTarget({ startHost: async (sources) => new InRealmHost(sources), choices: () => seeded(seed) });

describe('the simulator as a target', () => {
  it.each([1, 2, 3])('gives the run of a grading, to the byte, under the choices of seed %i', async (seed) => {
    const { submission, scenario, request } = await setting();
    const stack = await targetWith(seed).deploy(request);
    const { trace, observation } = await stack.run(scenario, request.signal);
    await stack.destroy();
    const host = new InRealmHost(submission.sources);
    const graded = await runScenario(
      { platform: NODE, submission, scenario: inFirstSituation(scenario), host, sdk: new ScenarioSdk() },
      seeded(seed),
      'verify',
    ).done;
    host.close();
    expect(JSON.stringify(trace)).toBe(JSON.stringify(graded.trace));
    expect(observation).toEqual(graded.result);
  });

  it('says what prevents a template from being deployed', async () => {
    const { request } = await setting();
    await expect(targetWith(1).deploy({ ...request, template: 'Resources: none' })).rejects.toThrow(TargetTrouble);
  });

  it('says why a scenario could not be carried out', async () => {
    const { request } = await setting();
    const stack = await targetWith(1).deploy(request);
    const failing = { title: 'a scenario that fails', run: () => Promise.reject(new Error('there is no such table')) };
    await expect(stack.run(failing, request.signal)).rejects.toThrow(
      'The scenario «a scenario that fails» could not be carried out: there is no such table.',
    );
    await stack.destroy();
  });
});
