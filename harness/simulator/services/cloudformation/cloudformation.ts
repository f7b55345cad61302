/**
 * CloudFormation: deploys a template into the simulated account.
 *
 * The public entry point of this folder. It reads the whole template first (read-template.ts) and then makes the calls in
 * order. The first refusal of a service ends the deployment, with AWS's own words at the property that caused it.
 */

import { type AwsAnswer, type AwsCall, NOT_SIMULATED } from '../../contract/answer.ts';
import type { PlannedCall } from '../../contract/resource-type.ts';
import type { TemplateFinding } from './findings.ts';
import { type ResolvedResource, type ResolvedTemplate, readTemplate, type TemplateRequest } from './read-template.ts';

export type { TemplateFinding } from './findings.ts';
export {
  type ResolvedResource,
  type ResolvedTemplate,
  readTemplate,
  type TemplateReading,
  type TemplateRequest,
} from './read-template.ts';

/** The result of a deployment. */
export interface Deployment {
  readonly stackName: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** In the order in which they were created. */
  readonly resources: readonly {
    readonly logicalId: string;
    readonly type: string;
    /** The value of `Ref`. */
    readonly physicalId: string;
    /** The resource's name in AWS. */
    readonly name: string;
    readonly line: number;
    /** The values of `Fn::GetAtt`. */
    readonly attributes: Readonly<Record<string, string>>;
  }[];
  readonly functions: readonly {
    readonly logicalId: string;
    readonly functionName: string;
    /** `bump.handler` */
    readonly handler: string;
    /** `src/`, with `/` at the end, relative to the template. */
    readonly codeFolder: string;
    readonly line: number;
  }[];
  /** Notices that do not affect the result. */
  readonly notices: readonly string[];
}

export interface StackDeployRequest extends TemplateRequest {
  /** Makes one API call in the simulated account. */
  apply(call: AwsCall): AwsAnswer;
}

export type DeployResult =
  | { readonly ok: true; readonly deployment: Deployment; readonly template: ResolvedTemplate }
  | { readonly ok: false; readonly findings: readonly TemplateFinding[] };

/** Reads the template and creates its resources, in dependency order. Equal requests make equal calls. */
export function deploy(request: StackDeployRequest): DeployResult {
  const reading = readTemplate(request);
  if (!reading.ok) return reading;
  const { template } = reading;
  const { resources, outputs, notices } = template;
  for (const resource of resources) {
    for (const planned of resource.calls) {
      const answer = request.apply(planned.call);
      if (!answer.ok) return { ok: false, findings: [refusal(resource, planned, answer.error, request.fileName)] };
    }
  }
  return {
    ok: true,
    template,
    deployment: {
      stackName: request.stackName,
      outputs,
      resources: resources.map(({ logicalId, type, physicalId, name, at, attributes }) => {
        return { logicalId, type, physicalId, name, line: at.line, attributes };
      }),
      functions: resources.filter(({ type }) => type === 'AWS::Lambda::Function').map(functionOf),
      notices,
    },
  };
}

function functionOf({ logicalId, physicalId, properties, at }: ResolvedResource): Deployment['functions'][number] {
  const { Handler, Code } = properties;
  return { logicalId, functionName: physicalId, handler: String(Handler), codeFolder: String(Code), line: at.line };
}

/** A service's refusal, at the property that caused it. */
function refusal(
  resource: ResolvedResource,
  planned: PlannedCall,
  error: { readonly code: string; readonly message: string },
  file: string,
): TemplateFinding {
  const at = planned.blame === null ? resource.at : resource.placeOf(planned.blame);
  const message =
    error.code === NOT_SIMULATED
      ? `The resource ${resource.logicalId} cannot be made: ${error.message}`
      : `The resource ${resource.logicalId} cannot be made. ${planned.call.service} says: ${error.message}`;
  return { message, file, line: at.line, column: at.column, path: at.path };
}
