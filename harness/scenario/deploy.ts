/**
 * Deploys a lab's template into its own simulated account: the state in which every run of a scenario begins.
 *
 * It adds the lab's settings to a template: the names of its downstreams, the account's concurrency, and the start of virtual
 * time. CloudFormation in the simulator reads the template.
 */

import type { Scenario, Situation } from '../course/lab.ts';
import { type Downstream, functionNameOf } from '../simulator/contract/downstream.ts';
import type { Deployment, TemplateFinding } from '../simulator/services/cloudformation/cloudformation.ts';
import type { Account } from '../simulator/world/account.ts';
import { type DeployedAccount, deployAccount, readStackTemplate } from '../simulator/world/deploy.ts';
import { withReservations } from './refused-reservation.ts';

/** Monday, 5 January 2026, 09:00 UTC: the instant that virtual time 0 stands for, unless a situation says otherwise. */
export const RUN_EPOCH_MS = Date.UTC(2026, 0, 5, 9);

/** The name of the template in messages and tokens. */
export const TEMPLATE = 'template.yaml';

/** The account's limit of concurrent executions, unless a scenario sets it (LS-01). */
const ACCOUNT_CONCURRENCY = 1_000;

/** A stack before a run. Each run works on a copy of the account. */
export interface DeployedStack {
  readonly account: Account;
  readonly deployment: Deployment;
}

export interface LabStackRequest {
  /** The lab's slug, which is the stack's name. */
  readonly slug: string;
  readonly template: string;
  readonly downstreams: readonly Downstream[];
  /** The scenario's settings for the stack. A timed plan enforces rate and scaling limits. */
  readonly scenario: Partial<Pick<Scenario, 'plan' | 'parameters' | 'accountConcurrency' | 'unreservedFloor'>>;
  /** What is different in this situation. */
  readonly situation?: Situation;
}

/** Deploys the stack, or returns the findings that prevent it. */
export function deployStack({ slug, template, downstreams, scenario, situation }: LabStackRequest): DeployedAccount {
  const { plan, parameters, accountConcurrency = ACCOUNT_CONCURRENCY, unreservedFloor } = scenario;
  const request = {
    template,
    fileName: TEMPLATE,
    stackName: slug,
    parameters: { ...downstreamParameters(downstreams), ...parameters, ...situation?.parameters },
  };
  const deployed = deployAccount({
    ...request,
    accountConcurrency,
    ...(unreservedFloor === undefined ? {} : { unreservedFloor }),
    isTimed: plan?.mode === 'timed',
    epochMs: situation?.startsAtMs ?? RUN_EPOCH_MS,
    ...(situation?.policies === undefined ? {} : { policies: situation.policies }),
    downstreams,
  });
  if (!deployed.ok) {
    const reading = readStackTemplate(request);
    return { ok: false, findings: deployed.findings.map((it) => withReservations(it, reading, accountConcurrency)) };
  }
  const findings = namesakes(downstreams, deployed.deployment);
  return findings.length === 0 ? deployed : { ok: false, findings };
}

/** The template parameters that name a downstream, each with the function name of that downstream. */
export function downstreamParameters(downstreams: readonly Downstream[]): Readonly<Record<string, string>> {
  return Object.fromEntries(downstreams.map((it) => [it.functionNameParameter, functionNameOf(it)]));
}

/** A learner's function with the name of a downstream would never be invoked, so its template is refused. */
function namesakes(downstreams: readonly Downstream[], { functions }: Deployment): readonly TemplateFinding[] {
  return functions.flatMap(({ logicalId, functionName, line }) => {
    const namesake = downstreams.find((it) => functionNameOf(it) === functionName);
    if (namesake === undefined) return [];
    const message = `The function ${logicalId} is called ${functionName}, which is the name of a system outside your account that the lab brings: your function would never be asked. Give your function another name.`;
    return [{ message, file: TEMPLATE, line, column: 1, path: `Resources.${logicalId}` }];
  });
}
