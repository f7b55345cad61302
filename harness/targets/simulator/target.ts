/**
 * The simulator as a target: one run in one order that somebody hands in, as a real account gives one order and no choice.
 *
 * Grading on the simulator doesn't come this way: it runs one deployment in thousands of orders (grader/run-scenario.ts).
 * This is for whoever wants a run like on any other target, and it keeps the interface honest.
 */

import type { RealmSources } from '../../host/realm/compile.ts';
import { realmSources } from '../../host/realm/scripts.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { contextIn } from '../../scenario/context.ts';
import type { Host } from '../../simulator/host.ts';
import type { Choices } from '../../simulator/kernel/choices.ts';
import type { Deployment } from '../../simulator/services/cloudformation/cloudformation.ts';
import { type Account, deployAccount } from '../../simulator/world/account.ts';
import { functionNameOf } from '../../simulator/world/downstream.ts';
import { AsyncActor, type ScenarioPort, World } from '../../simulator/world.ts';
import { type DeployRequest, type Stack, type Target, type TargetRun, TargetTrouble } from '../target.ts';

const MAX_STEPS = 5_000;
const SEED = 1;
/** Monday, 5 January 2026, 09:00 UTC. */
const EPOCH_MS = Date.UTC(2026, 0, 5, 9);

export interface SimulatorOptions {
  startHost(sources: RealmSources): Promise<Host & { close(): void }>;
  /** The order of the next run. */
  choices(): Choices;
}

/** A target whose every run takes the next of the orders. */
export function simulatorTarget(options: SimulatorOptions): Target {
  return {
    name: 'simulator',
    detail: 'the simulator',
    notices: [],
    deploy: (request) => deployIn(options, request),
    close: async () => {},
  };
}

async function deployIn(options: SimulatorOptions, request: DeployRequest): Promise<Stack> {
  const { slug, template, downstreams, accountConcurrency = 1_000 } = request;
  const names = Object.fromEntries(downstreams.map((it) => [it.functionNameParameter, functionNameOf(it)]));
  const deployed = deployAccount({
    ...{ template, fileName: 'template.yaml', stackName: slug, accountConcurrency },
    ...{ parameters: { ...names, ...request.parameters }, timed: false, epochMs: EPOCH_MS },
  });
  if (!deployed.ok) throw new TargetTrouble(deployed.findings[0]?.message ?? 'The template can’t be deployed.');
  const host = await options.startHost(await realmSources([...request.modules].map(withoutMap)));
  const { account, deployment } = deployed;
  return {
    name: deployment.stackName,
    outputs: deployment.outputs,
    notices: deployment.notices,
    run: (scenario) => runIn(scenario, { account, deployment, host, options, request }),
    destroy: async () => host.close(),
  };
}

/** No line of the learner's is looked up here, so no map is needed. */
function withoutMap(module: DeployRequest['modules'][number]) {
  return { ...module, sourceMap: '' };
}

interface Deployed {
  readonly account: Account;
  readonly deployment: Deployment;
  readonly host: Host;
  readonly options: SimulatorOptions;
  readonly request: DeployRequest;
}

async function runIn(
  scenario: Parameters<Stack['run']>[0],
  { account, deployment, host, options, request }: Deployed,
): Promise<TargetRun> {
  const world = new World({
    ...{ account, host, faults: {}, maxSteps: MAX_STEPS, epochMs: EPOCH_MS, seed: SEED, frames: false, afresh: true },
    choices: options.choices(),
    locate: () => undefined,
    downstreams: request.downstreams,
  });
  const sdk = new ScenarioSdk();
  const hop = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  const run = (port: ScenarioPort) => scenario.run(contextIn(port, sdk, deployment.outputs));
  const done = await world.run(new AsyncActor({ run, hop }));
  if (done.result !== undefined) return { observation: done.result, trace: done.trace };
  const why = done.thrown instanceof Error ? done.thrown.message : `the run ended as «${done.end}»`;
  throw new TargetTrouble(`The scenario «${scenario.title}» could not be carried out: ${why}.`);
}
