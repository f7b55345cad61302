/**
 * Reads the template of a call for the stack that it is for, and checks what it may make (CF-03).
 *
 * What is wrong with a template ends the run with the sentence that a deployment would show, and its line.
 */

import { fail, NOT_SIMULATED } from '../../contract/answer.ts';
import type { Moment } from '../../contract/moment.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Names } from './naming.ts';
import { type ResolvedTemplate, readTemplate } from './read-template.ts';
import { capabilitiesMissing } from './refusal.ts';
import type { CloudFormationState, StackState } from './state.ts';

/** A template, and the stack that it is for; null if the stack is new. */
export interface TemplateOfStack {
  readonly text: string;
  readonly name: string;
  readonly id: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly stack: StackState | null;
}

/** What the template says, with the names that its resources have or get. */
export function resolvedAs(
  state: CloudFormationState,
  { text, name, id, parameters, stack }: TemplateOfStack,
  { resourceTypes }: Moment,
): ResolvedTemplate {
  const reading = readTemplate({
    ...{ types: resourceTypes, template: text, fileName: 'the template', stackName: name, stackId: id, parameters },
    ...{ region: state.region, accountId: state.accountId, names: namesFor(state, name, stack) },
  });
  if (reading.ok) return reading.template;
  const [first] = reading.findings;
  const message = `The template for the stack ${name}, line ${first?.line ?? 1}: ${first?.message ?? ''}`;
  throw new Refusal(fail(NOT_SIMULATED, message, 501));
}

function namesFor({ made }: CloudFormationState, stackName: string, stack: StackState | null): Names {
  const prefix = `${stackName}/`;
  const own = [...made].filter(([key]) => key.startsWith(prefix));
  const standing = [...(stack?.resources ?? [])].map(([logicalId, { version }]) => [logicalId, version] as const);
  return { standing: new Map(standing), made: new Map(own.map(([key, times]) => [key.slice(prefix.length), times])) };
}

/** CF-03: the capabilities that the template needs. */
export function neededCapabilities({ resources }: ResolvedTemplate): readonly string[] {
  const ofIam = resources.filter(({ type }) => type.startsWith('AWS::IAM::'));
  if (ofIam.length === 0) return [];
  return ofIam.some(({ isNamed }) => isNamed) ? ['CAPABILITY_NAMED_IAM'] : ['CAPABILITY_IAM'];
}

/** CF-03: refuses a template that makes roles or policies, unless the request says that it may. Returns what is needed. */
export function checkCapabilities(template: ResolvedTemplate, given: readonly string[]): readonly string[] {
  const needed = neededCapabilities(template);
  for (const capability of needed) {
    const isGiven = given.includes(capability) || given.includes('CAPABILITY_NAMED_IAM');
    if (!isGiven) throw capabilitiesMissing(capability);
  }
  return needed;
}
