/**
 * The simulator as a target: one run in an order that the caller passes, as a real account gives one order without a choice.
 *
 * Grading on the simulator does not use it: it runs one deployment in thousands of orders (`scenario/run-scenario.ts`). This
 * target makes one run as on any other target, and it keeps the interface honest.
 */

import type { RealmSources } from '../../host/realm-sources.ts';
import { realmSources } from '../../node/bundling/realm-scripts.ts';
import { NODE } from '../../node/platform.ts';
import { buildWorld } from '../../scenario/build-world.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { playOf } from '../../scenario/context.ts';
import { type DeployedStack, deployStack } from '../../scenario/deploy.ts';
import { situationsOf } from '../../scenario/situations.ts';
import type { Host } from '../../simulator/host.ts';
import type { Choices } from '../../simulator/kernel/choices.ts';
import { AsyncActor } from '../../simulator/world.ts';
import { type DeployRequest, type Stack, type Target, type TargetRun, TargetTrouble } from '../target.ts';

export interface SimulatorOptions {
  startHost(sources: RealmSources): Promise<Host & { close(): void }>;
  /** The order of the next run. */
  choices(): Choices;
}

/** A target in which every run takes the next of the orders. */
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
  const { slug, template, downstreams } = request;
  const deployed = deployStack({ slug, template, downstreams, scenario: request });
  if (!deployed.ok) throw new TargetTrouble(deployed.findings[0]?.message ?? 'The template can’t be deployed.');
  const host = await options.startHost(await realmSources([...request.modules].map(withoutMap)));
  const { stackName, outputs, notices } = deployed.deployment;
  return {
    name: stackName,
    outputs,
    notices,
    run: (scenario) => runIn(scenario, { stack: deployed, host, options }),
    destroy: async () => host.close(),
  };
}

/** This target looks up no line of the learner's, so it needs no source map. */
function withoutMap(module: DeployRequest['modules'][number]) {
  return { ...module, sourceMap: '' };
}

interface Deployed {
  readonly stack: DeployedStack;
  readonly host: Host;
  readonly options: SimulatorOptions;
}

async function runIn(scenario: Parameters<Stack['run']>[0], { stack, host, options }: Deployed): Promise<TargetRun> {
  const choices = options.choices();
  const world = buildWorld({ stack, host, choices, purpose: 'verify', locate: () => undefined });
  const play = playOf(scenario, situationsOf(scenario)[0], new ScenarioSdk(), stack.deployment.outputs, NODE.turns);
  const done = await world.run(new AsyncActor(play));
  if (done.result !== undefined) return { observation: done.result, trace: done.trace };
  const why = done.thrown instanceof Error ? done.thrown.message : `the run ended as «${done.end}»`;
  throw new TargetTrouble(`The scenario «${scenario.title}» could not be carried out: ${why}.`);
}
