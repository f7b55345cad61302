/**
 * Deploys a lab's template into a simulated account of its own: the state in which every run of a scenario begins.
 *
 * This file knows what a lab adds to a template: the names of its downstreams, the account's concurrency, and the instant
 * at which virtual time begins. Reading the template is CloudFormation's part, in the simulator.
 */

import type { Scenario } from '../course/lab.ts';
import { type Downstream, functionNameOf } from '../simulator/contract/downstream.ts';
import type { Deployment, TemplateFinding } from '../simulator/services/cloudformation/cloudformation.ts';
import type { Account } from '../simulator/world/account.ts';
import { type DeployedAccount, deployAccount } from '../simulator/world/deploy.ts';

/** Monday, 5 January 2026, 09:00 UTC: the instant that virtual time 0 stands for. */
export const RUN_EPOCH_MS = Date.UTC(2026, 0, 5, 9);

/** What the template is called in messages and tokens. */
export const TEMPLATE = 'template.yaml';

/** How many invocations an account may run at once unless a scenario says otherwise (LS-01). */
const ACCOUNT_CONCURRENCY = 1_000;

/** A stack as it stands before a run; each run works on a copy of the account. */
export interface DeployedStack {
  readonly account: Account;
  readonly deployment: Deployment;
}

export interface LabStackRequest {
  /** The lab's slug is the stack's name. */
  readonly slug: string;
  readonly template: string;
  readonly downstreams: readonly Downstream[];
  /** What the scenario asks of the stack. A timed plan enforces rate and scaling limits. */
  readonly scenario: Partial<Pick<Scenario, 'plan' | 'parameters' | 'accountConcurrency'>>;
}

/** Deploys the stack, or says what in the template stands in the way. */
export function deployStack({ slug, template, downstreams, scenario }: LabStackRequest): DeployedAccount {
  const { plan, parameters, accountConcurrency = ACCOUNT_CONCURRENCY } = scenario;
  const deployed = deployAccount({
    template,
    fileName: TEMPLATE,
    stackName: slug,
    parameters: { ...downstreamParameters(downstreams), ...parameters },
    accountConcurrency,
    isTimed: plan?.mode === 'timed',
    epochMs: RUN_EPOCH_MS,
    downstreams,
  });
  if (!deployed.ok) return deployed;
  const findings = namesakes(downstreams, deployed.deployment);
  return findings.length === 0 ? deployed : { ok: false, findings };
}

/** The template's parameters that ask for a downstream, each with the function name of that downstream. */
export function downstreamParameters(downstreams: readonly Downstream[]): Readonly<Record<string, string>> {
  return Object.fromEntries(downstreams.map((it) => [it.functionNameParameter, functionNameOf(it)]));
}

/** A function of the learner's that has the name of a downstream would never be invoked, so the template is refused. */
function namesakes(downstreams: readonly Downstream[], { functions }: Deployment): readonly TemplateFinding[] {
  return functions.flatMap(({ logicalId, functionName, line }) => {
    const namesake = downstreams.find((it) => functionNameOf(it) === functionName);
    if (namesake === undefined) return [];
    const message = `The function ${logicalId} is called ${functionName}, which is the name of a system outside your account that the lab brings: your function would never be asked. Give your function another name.`;
    return [{ message, file: TEMPLATE, line, column: 1, path: `Resources.${logicalId}` }];
  });
}
