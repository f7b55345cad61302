/**
 * CloudFormation: deploys a template into the simulated account.
 *
 * The public door of this folder. A template is read as a whole first (read-template.ts); then the calls are made in
 * order, and the first «no» of a service ends the deployment with AWS's own words at the property that asked for it.
 */

import { type AwsAnswer, type AwsCall, NOT_SIMULATED } from '../../contract/answer.ts';
import type { PlannedCall } from '../../contract/resource-type.ts';
import type { TemplateFinding } from './findings.ts';
import { type ResolvedResource, readTemplate, type TemplateRequest } from './read-template.ts';

export type { TemplateFinding } from './findings.ts';
export {
  type ResolvedResource,
  type ResolvedTemplate,
  readTemplate,
  type TemplateReading,
  type TemplateRequest,
} from './read-template.ts';

/** What stands after a deployment. */
export interface Deployment {
  readonly stackName: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** In the order in which they were made. */
  readonly resources: readonly {
    readonly logicalId: string;
    readonly type: string;
    /** What `Ref` gives. */
    readonly physicalId: string;
    /** What AWS calls it. */
    readonly name: string;
    readonly line: number;
    /** What `Fn::GetAtt` gives. */
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
  /** Things to know that decide nothing. */
  readonly notices: readonly string[];
}

export interface StackDeployRequest extends TemplateRequest {
  /** Routes one API call into the simulated account. */
  apply(call: AwsCall): AwsAnswer;
}

export type DeployResult =
  | { readonly ok: true; readonly deployment: Deployment }
  | { readonly ok: false; readonly findings: readonly TemplateFinding[] };

/** Reads the template and makes its resources, in dependency order. Equal requests make equal calls. */
export function deploy(request: StackDeployRequest): DeployResult {
  const reading = readTemplate(request);
  if (!reading.ok) return reading;
  const { resources, outputs, notices } = reading.template;
  for (const resource of resources) {
    for (const planned of resource.calls) {
      const answer = request.apply(planned.call);
      if (!answer.ok) return { ok: false, findings: [refusal(resource, planned, answer.error, request.fileName)] };
    }
  }
  return {
    ok: true,
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

/** A service's «no», at the property that asked for it. */
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
