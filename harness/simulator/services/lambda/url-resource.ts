/**
 * AWS::Lambda::Url: the address at which a function is called by HTTP.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-url.html
 */

import { type AccountPlace, functionArn, readFunctionName } from '../../contract/arn.ts';
import { deletion, type PlannedCall, type Properties, pick, type ResourceType } from '../../contract/resource-type.ts';
import { accepted, FLAG, refused, type Shape, simulated } from '../../contract/shape.ts';
import { functionUrlOf } from './function-url-config.ts';

const HEADERS: Shape = { kind: 'list', of: { kind: 'text', max: 1024 }, min: 1, max: 100 };
const ORIGINS: Shape = { kind: 'list', of: { kind: 'text', min: 1, max: 253 }, min: 1, max: 100 };
const METHODS: Shape = {
  kind: 'list',
  of: { kind: 'choice', of: ['GET', 'PUT', 'HEAD', 'POST', 'PATCH', 'DELETE', '*'] },
  min: 1,
  max: 6,
};

export const LAMBDA_URL: ResourceType = {
  name: 'AWS::Lambda::Url',
  properties: {
    TargetFunctionArn: simulated({
      kind: 'text',
      pattern:
        /^(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)$/,
      says: "a function's name or ARN without a qualifier, such as !GetAtt Shop.Arn",
    }),
    AuthType: simulated({ kind: 'choice', of: ['NONE', 'AWS_IAM'] }),
    InvokeMode: simulated({ kind: 'choice', of: ['BUFFERED'], refused: ['RESPONSE_STREAM'] }),
    Cors: simulated({
      kind: 'record',
      members: {
        AllowCredentials: accepted(FLAG),
        AllowHeaders: accepted(HEADERS),
        AllowMethods: accepted(METHODS),
        AllowOrigins: accepted(ORIGINS),
        ExposeHeaders: accepted(HEADERS),
        MaxAge: accepted({ kind: 'whole-number', min: 0, max: 86_400 }),
      },
      required: [],
    }),
    Qualifier: refused('The URL of an alias is not simulated: remove it, and the URL is that of the function itself.'),
  },
  required: ['TargetFunctionArn', 'AuthType'],
  naming: { property: null, maxLength: 128 },
  ref: (_name, account, properties) => arnIn(properties, account),
  attributes: (_name, account, properties) => ({
    FunctionArn: arnIn(properties, account),
    FunctionUrl: functionUrlOf(nameIn(properties), account),
  }),
  refusedAttributes: {},
  calls: urlCalls,
  life: {
    replacedBy: ['TargetFunctionArn', 'Qualifier'],
    refusedChanges: {},
    updates({ after }) {
      const input = { FunctionName: nameIn(after), Cors: {}, ...pick(after, ['AuthType', 'InvokeMode', 'Cors']) };
      return [{ call: { service: 'Lambda', operation: 'UpdateFunctionUrlConfig', input }, blame: null }];
    },
    deletes: (_name, properties) =>
      deletion('Lambda', 'DeleteFunctionUrlConfig', { FunctionName: nameIn(properties) }, 'ResourceNotFoundException'),
  },
  // LS-56.
  notice:
    'IAM not enforced: on AWS a function URL answers 403 until permissions allow lambda:InvokeFunctionUrl and lambda:InvokeFunction.',
};

function nameIn({ TargetFunctionArn }: Properties): string {
  return readFunctionName(String(TargetFunctionArn)).name;
}

function arnIn(properties: Properties, account: AccountPlace): string {
  return functionArn(nameIn(properties), account);
}

function urlCalls(_name: string, properties: Properties): readonly PlannedCall[] {
  const input = { FunctionName: nameIn(properties), ...pick(properties, ['AuthType', 'InvokeMode', 'Cors']) };
  return [{ call: { service: 'Lambda', operation: 'CreateFunctionUrlConfig', input }, blame: 'TargetFunctionArn' }];
}
