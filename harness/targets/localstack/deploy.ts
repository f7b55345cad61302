/**
 * Turns a lab's template and code into a stack on LocalStack that is ready for its scenario.
 *
 * The order: the harness's own stack, the learner's template with placeholders for code, the code, settings that CloudFormation
 * left out, warm environments. If one of these fails, everything made so far is removed.
 */

import type { ResolvedResource } from '../../simulator/services/cloudformation/cloudformation.ts';
import { readStackTemplate } from '../../simulator/world/deploy.ts';
import { type DeployRequest, TargetTrouble } from '../target.ts';
import { archive, type PackedCode } from './bundle-function.ts';
import { clientsFor, REGION, type TargetClients } from './clients.ts';
import { makeStack, physicalIds } from './cloudformation.ts';
import { giveCode, reserveConcurrency, warmUp } from './functions.ts';
import { harnessTemplate } from './harness-stack.ts';
import { namesFor, type RunNames } from './names.ts';
import { notEnforced } from './not-enforced.ts';
import { withPlaceholders } from './package-template.ts';
import { LocalStackStack, remove } from './stack.ts';
import { pause } from './waiting.ts';

/** How many environments are warmed: more than a small scenario uses concurrently. */
const WARM_ENVIRONMENTS = 4;

/**
 * When a function gets its code, LocalStack 4.14 replaces what takes events from the function's queue, and the one before goes on asking for up to two
 * seconds. An event that it gets then is hidden for the function's timeout and a minute more.
 */
const OLD_POLLERS_MS = 2_500;
const SENDS_EVENTS: ReadonlySet<string> = new Set(['AWS::Events::Rule', 'AWS::Lambda::EventInvokeConfig']);

export interface StackSurroundings {
  readonly endpoint: string;
  readonly accountId: string;
  /** A module's packed code, by module name. */
  handler(module: string): Promise<PackedCode>;
  /** A downstream's packed code, by its name. */
  downstream(name: string): Promise<PackedCode>;
}

/** Deploys. Rejects with {@link TargetTrouble}, or with the signal's reason. */
export async function deployOn(around: StackSurroundings, request: DeployRequest): Promise<LocalStackStack> {
  const { endpoint, accountId } = around;
  const names = namesFor(request.slug);
  const clients = clientsFor(endpoint, accountId);
  const parameters = { ...request.parameters, ...downstreamNames(request, names) };
  const resources = resolved(request, names, parameters, accountId);
  try {
    await makeHarnessStack(around, request, names, clients);
    const outputs = await makeLearnersStack(around, request, names, { clients, parameters, resources });
    request.signal.throwIfAborted();
    const notices = notEnforced(resources, request.accountConcurrency);
    return new LocalStackStack({
      ...{ clients, endpoint, accountId, names, outputs, notices },
      downstreams: request.downstreams,
    });
  } catch (error) {
    // The first error is the one to report. A stack that can't be removed now is alone in its account.
    await remove({ clients, endpoint, accountId, names }).catch(() => undefined);
    throw request.signal.aborted || error instanceof TargetTrouble ? error : unreachable(endpoint, error);
  }
}

function unreachable(endpoint: string, error: unknown): TargetTrouble {
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new TargetTrouble(`LocalStack at ${endpoint} did not do what was asked. ${why}`);
}

/** Each downstream's function name, by its template parameter. */
function downstreamNames({ downstreams }: DeployRequest, names: RunNames): Readonly<Record<string, string>> {
  return Object.fromEntries(downstreams.map((it) => [it.functionNameParameter, names.downstream(it.name)]));
}

/** The template as the simulator reads it: its resources, with all references resolved. */
function resolved(
  { template }: DeployRequest,
  { stack }: RunNames,
  parameters: Readonly<Record<string, string>>,
  accountId: string,
): readonly ResolvedResource[] {
  const reading = readStackTemplate({
    ...{ template, parameters, accountId, region: REGION },
    fileName: 'template.yaml',
    stackName: stack,
  });
  if (reading.ok) return reading.template.resources;
  throw new TargetTrouble(reading.findings[0]?.message ?? 'The template can’t be read.');
}

async function makeHarnessStack(
  around: StackSurroundings,
  { downstreams, signal, tell }: DeployRequest,
  names: RunNames,
  clients: TargetClients,
): Promise<void> {
  tell('making the ledger');
  const functions = downstreams.map(({ name, serviceTimeMs }) => {
    return { functionName: names.downstream(name), serviceTimeMs };
  });
  const template = harnessTemplate(names.ledgerTable, functions);
  await makeStack(clients.cloudformation, { name: names.harnessStack, template, parameters: {} }, signal);
  await Promise.all(
    downstreams.map(async ({ name }) => {
      const code = archive(await around.downstream(name), { ledgerTable: names.ledgerTable });
      await giveCode(clients.lambda, names.downstream(name), code, signal);
    }),
  );
}

async function makeLearnersStack(
  around: StackSurroundings,
  { template, signal, tell }: DeployRequest,
  names: RunNames,
  {
    clients,
    parameters,
    resources,
  }: {
    readonly clients: TargetClients;
    readonly parameters: Readonly<Record<string, string>>;
    readonly resources: readonly ResolvedResource[];
  },
): Promise<Readonly<Record<string, string>>> {
  tell('making the stack');
  const functions = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
  const packaged = withPlaceholders(
    template,
    functions.map(({ logicalId }) => logicalId),
  );
  const request = { name: names.stack, template: packaged, parameters };
  const outputs = await makeStack(clients.cloudformation, request, signal);
  const physical = await physicalIds(clients.cloudformation, names.stack);
  tell('starting execution environments');
  await Promise.all(
    functions.map(async ({ logicalId, physicalId, properties }) => {
      const functionName = physical.get(logicalId) ?? physicalId;
      const module = String(properties.Handler).replace(/\.[^.]*$/, '');
      const code = archive(await around.handler(module), { ledgerTable: names.ledgerTable });
      await giveCode(clients.lambda, functionName, code, signal);
      const reserved = properties.ReservedConcurrentExecutions;
      if (typeof reserved === 'number') await reserveConcurrency(clients.lambda, functionName, reserved);
      await warmUp(clients.lambda, functionName, Math.min(WARM_ENVIRONMENTS, Number(reserved ?? WARM_ENVIRONMENTS)));
    }),
  );
  if (resources.some(({ type }) => SENDS_EVENTS.has(type))) await pause(OLD_POLLERS_MS, signal);
  return outputs;
}
