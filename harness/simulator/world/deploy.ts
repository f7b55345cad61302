/**
 * Deploys a template into an empty account: once, before any run.
 *
 * The calls that make a stack are answered at once and start nothing. They may send each other what holds from the first moment on
 * (a mapping watches its queue); nothing is put on an agenda, since there is none yet.
 */

import type { AccountSettings } from '../contract/account-settings.ts';
import type { AwsAnswer, AwsCall } from '../contract/answer.ts';
import type { AccountPlace } from '../contract/arn.ts';
import type { Effect } from '../contract/effect.ts';
import type { Moment } from '../contract/moment.ts';
import { invariant } from '../kernel/bug.ts';
import { RESOURCE_TYPES, SERVICES } from '../services/all.ts';
import {
  type Deployment,
  deploy,
  readTemplate,
  type TemplateFinding,
  type TemplateReading,
  type TemplateRequest,
} from '../services/cloudformation/cloudformation.ts';
import { ACCOUNT_PLACE, Account } from './account.ts';

export interface DeployAccountRequest
  extends Omit<TemplateRequest, 'types' | 'region' | 'accountId'>,
    Omit<AccountSettings, 'region' | 'accountId'> {}

export type DeployedAccount =
  | { readonly ok: true; readonly account: Account; readonly deployment: Deployment }
  | { readonly ok: false; readonly findings: readonly TemplateFinding[] };

/** Deploys a template into an empty account. */
export function deployAccount(request: DeployAccountRequest): DeployedAccount {
  const { template, fileName, stackName, parameters } = request;
  const account = Account.empty({ ...request, ...ACCOUNT_PLACE });
  const moment = momentBefore(account);
  const deployed = deploy({
    ...{ template, fileName, stackName, parameters, types: RESOURCE_TYPES },
    ...ACCOUNT_PLACE,
    apply: (call) => applyAtOnce(account, call, moment),
  });
  if (!deployed.ok) return deployed;
  showNames(account, stackName, deployed.deployment);
  // Runs begin with a copy of a copy: nobody asks anything of it in between, so that runs share what they don't change.
  return { ok: true, account: account.copy(), deployment: deployed.deployment };
}

/** Reads a template as a deployment would, and makes nothing. In the simulator's own account unless another one is named. */
export function readStackTemplate(
  request: Omit<TemplateRequest, 'types' | keyof AccountPlace> & Partial<AccountPlace>,
): TemplateReading {
  return readTemplate({ ...ACCOUNT_PLACE, ...request, types: RESOURCE_TYPES });
}

/** The moment before virtual time begins. */
export function momentBefore(account: Account): Moment {
  return {
    nowMs: 0,
    epochMs: account.settings.epochMs,
    isTimed: account.settings.isTimed,
    mayStrike: () => false,
    decidesBy: () => false,
    describe: (arn) => account.describe(arn),
    isSenderAlive: () => true,
  };
}

/** Makes a call before any run begins; it is answered at once. */
export function applyAtOnce(account: Account, call: AwsCall, moment: Moment): AwsAnswer {
  const service = account.serviceOf(call);
  const { operation, input } = call;
  const made = { id: 'deploy', by: 'deploy', operation, input, number: null };
  const { answer, effects } = service.call(account.stateOf(service), made, moment);
  invariant(answer !== null, `${operation} of a deployment is not answered at once`);
  for (const effect of effects) carryOut(account, effect, moment);
  return answer;
}

function carryOut(account: Account, effect: Effect<unknown, unknown>, moment: Moment): void {
  // Nobody reads a trace of a deployment.
  if (effect.kind === 'note') return;
  invariant(effect.kind === 'send', `a deployment asks for «${effect.kind}», and no run has begun`);
  const { to, by, request } = effect;
  const owner = account.ownerOf(to);
  const taken = owner?.take?.(account.stateOf(owner), { to, by, request, call: null }, moment);
  for (const next of taken?.effects ?? []) carryOut(account, next, moment);
}

/** A resource whose name was generated is shown to learners by its logical id. */
function showNames(account: Account, stackName: string, { resources }: Deployment): void {
  for (const service of SERVICES) {
    const names = service.displayNames?.(account.stateOf(service));
    if (names === undefined) continue;
    const types = new Set(service.resourceTypes.map(({ name }) => name));
    for (const { logicalId, type, name } of resources) {
      if (types.has(type)) names.set(name, name.startsWith(`${stackName}-${logicalId}-`) ? logicalId : name);
    }
  }
}
