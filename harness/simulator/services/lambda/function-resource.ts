/**
 * AWS::Lambda::Function: code from a local folder, a Node.js runtime, reserved concurrency.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
 */

import { functionArn } from '../../contract/arn.ts';
import {
  changedProperties,
  deletion,
  type PlannedCall,
  type Properties,
  pick,
  type ResourceChange,
  type ResourceType,
  record,
} from '../../contract/resource-type.ts';
import { accepted, FLAG, refused, type Shape, simulated, TAGS, type Value } from '../../contract/shape.ts';

const RUNTIME: Shape = {
  kind: 'choice',
  of: ['nodejs24.x', 'nodejs22.x', 'nodejs20.x'],
  refused: [
    ...['nodejs', 'nodejs4.3', 'nodejs4.3-edge', 'nodejs6.10', 'nodejs8.10', 'nodejs10.x', 'nodejs12.x', 'nodejs14.x'],
    ...['nodejs16.x', 'nodejs18.x', 'python2.7', 'python3.6', 'python3.7', 'python3.8', 'python3.9', 'python3.10'],
    ...['python3.11', 'python3.12', 'python3.13', 'python3.14', 'ruby2.5', 'ruby2.7', 'ruby3.2', 'ruby3.3', 'ruby3.4'],
    ...['java8', 'java8.al2', 'java11', 'java17', 'java21', 'java25', 'go1.x', 'dotnetcore1.0', 'dotnetcore2.0'],
    ...['dotnetcore2.1', 'dotnetcore3.1', 'dotnet6', 'dotnet8', 'dotnet10', 'provided', 'provided.al2'],
    'provided.al2023',
  ],
};

/**
 * The names that Lambda reserves, and the syntax of a name:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
const VARIABLES: Shape = {
  kind: 'texts',
  name: /^[a-zA-Z][a-zA-Z0-9_]+$/,
  says: 'it needs at least two characters, a letter first, then letters, digits and _',
  taken: [
    ...['_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV', 'AWS_ACCESS_KEY'],
    ...['AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION', 'TZ'],
    ...['AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME'],
    ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_LAMBDA_RUNTIME_API'],
    ...['LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR'],
  ],
};
const MAX_VARIABLES_BYTES = 4096;

const BUNDLED = 'Code is bundled before a run begins';

export const LAMBDA_FUNCTION: ResourceType = {
  name: 'AWS::Lambda::Function',
  properties: {
    FunctionName: simulated({
      kind: 'text',
      pattern: /^[a-zA-Z0-9-_]{1,64}$/,
      says: 'a name of 1 to 64 letters, digits, - and _',
    }),
    Runtime: simulated(RUNTIME),
    Handler: simulated({
      kind: 'text',
      max: 128,
      pattern: /^[^\s.]+\.[A-Za-z_$][\w$]*$/,
      says: 'a file and an export such as bump.handler',
    }),
    Role: simulated({
      kind: 'text',
      pattern: /^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/,
      says: "a role's ARN, such as !GetAtt BumpRole.Arn",
    }),
    Code: simulated({ kind: 'folder' }),
    // LS-24: 1 to 900 seconds.
    Timeout: simulated({ kind: 'whole-number', min: 1, max: 900 }),
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
    MemorySize: simulated({ kind: 'whole-number', min: 128, max: 10_240 }),
    Environment: simulated({
      kind: 'record',
      members: { Variables: simulated(VARIABLES) },
      required: [],
    }),
    // LS-02, LS-07: 0 stops the function.
    ReservedConcurrentExecutions: simulated({ kind: 'whole-number', min: 0 }),
    // LA-12.
    DeadLetterConfig: simulated({
      kind: 'record',
      members: {
        TargetArn: simulated({
          kind: 'text',
          pattern:
            /^arn:(aws[a-zA-Z-]*)?:(sqs:[a-z0-9-]+:\d{12}:[a-zA-Z0-9_-]{1,80}|sns:[a-z0-9-]+:\d{12}:[a-zA-Z0-9_-]{1,256})$/,
          says: 'the ARN of a standard queue or topic, such as !GetAtt Failed.Arn',
        }),
      },
      required: ['TargetArn'],
    }),
    // LS-49.
    RecursiveLoop: simulated({ kind: 'choice', of: ['Allow', 'Terminate'] }),
    Description: accepted({ kind: 'text', max: 256 }),
    Tags: accepted(TAGS),
    Architectures: accepted({ kind: 'list', of: { kind: 'choice', of: ['x86_64', 'arm64'] }, min: 1, max: 1 }),
    PackageType: accepted({ kind: 'choice', of: ['Zip'], refused: ['Image'] }),
    EphemeralStorage: accepted({
      kind: 'record',
      members: { Size: accepted({ kind: 'whole-number', min: 512, max: 10_240 }) },
      required: ['Size'],
    }),
    RuntimeManagementConfig: accepted({
      kind: 'record',
      members: {
        UpdateRuntimeOn: accepted({ kind: 'choice', of: ['Auto', 'FunctionUpdate'], refused: ['Manual'] }),
        RuntimeVersionArn: refused(),
      },
      required: ['UpdateRuntimeOn'],
    }),
    LoggingConfig: accepted({
      kind: 'record',
      members: {
        LogGroup: accepted({ kind: 'text', pattern: /^[.\-_/#A-Za-z0-9]{1,512}$/, says: 'the name of a log group' }),
        LogFormat: accepted({ kind: 'choice', of: ['Text'], refused: ['JSON'] }),
        ApplicationLogLevel: refused(),
        SystemLogLevel: refused(),
      },
      required: [],
    }),
    TracingConfig: accepted({
      kind: 'record',
      members: { Mode: accepted({ kind: 'choice', of: ['Active', 'PassThrough'] }) },
      required: [],
    }),
    PublishToLatestPublished: accepted(FLAG),
    CapacityProviderConfig: refused(),
    CodeSigningConfigArn: refused(),
    DurableConfig: refused('Durable functions are not part of the simulator: remove it.'),
    FileSystemConfigs: refused(),
    FunctionScalingConfig: refused(),
    ImageConfig: refused('Functions run from a folder: remove it.'),
    KmsKeyArn: refused(),
    Layers: refused('Put the code into the folder that Code names.'),
    SnapStart: refused(),
    TenancyConfig: refused(),
    VpcConfig: refused('There are no networks here: remove it.'),
  },
  required: ['Code', 'Role', 'Handler', 'Runtime'],
  naming: { property: 'FunctionName', maxLength: 64 },
  ref: (name) => name,
  attributes: (name, account) => ({ Arn: functionArn(name, account) }),
  refusedAttributes: {
    SnapStartResponse: 'SnapStart is not simulated.',
    'SnapStartResponse.ApplyOn': 'SnapStart is not simulated.',
    'SnapStartResponse.OptimizationStatus': 'SnapStart is not simulated.',
  },
  check(properties, report) {
    const variables = Object.entries(record(record(properties.Environment).Variables));
    const bytes = variables.reduce((sum, [name, text]) => sum + name.length + String(text).length, 0);
    if (bytes > MAX_VARIABLES_BYTES)
      report('Environment', `Environment holds ${bytes} bytes; Lambda takes at most 4,096.`);
  },
  calls: functionCalls,
  life: {
    replacedBy: ['FunctionName', 'PackageType'],
    refusedChanges: {
      Code: `${BUNDLED}: leave Code as it is, or make the other code a function of its own in the template that the run begins with.`,
      Handler: `${BUNDLED}: leave Handler as it is, or let the function decide by one of its variables.`,
      Architectures: 'It changes nothing here: leave it as it is.',
    },
    updates: functionUpdates,
    deletes: (name) => deletion('Lambda', 'DeleteFunction', { FunctionName: name }, 'ResourceNotFoundException'),
  },
};

const CREATE_MEMBERS = [
  ...['Runtime', 'Handler', 'Role', 'Description', 'Timeout', 'MemorySize', 'Environment', 'DeadLetterConfig'],
  ...['Architectures', 'EphemeralStorage', 'LoggingConfig'],
];

function functionCalls(name: string, properties: Properties): readonly PlannedCall[] {
  const create: PlannedCall = {
    call: {
      service: 'Lambda',
      operation: 'CreateFunction',
      input: { FunctionName: name, ...pick(properties, CREATE_MEMBERS), Code: { LocalFolder: properties.Code } },
    },
    blame: null,
  };
  return [
    create,
    ...settingOf(name, properties, 'PutFunctionConcurrency', 'ReservedConcurrentExecutions'),
    ...settingOf(name, properties, 'PutFunctionRecursionConfig', 'RecursiveLoop'),
  ];
}

/** The call that makes a setting which a function is not created with, if the template has it. */
function settingOf(name: string, properties: Properties, operation: string, member: string): readonly PlannedCall[] {
  const value = properties[member];
  if (value === undefined) return [];
  return [{ call: { service: 'Lambda', operation, input: { FunctionName: name, [member]: value } }, blame: member }];
}

/** A template that reserves nothing any more gives back what was reserved. */
function reservationOf(name: string, properties: Properties): readonly PlannedCall[] {
  if (properties.ReservedConcurrentExecutions !== undefined)
    return settingOf(name, properties, 'PutFunctionConcurrency', 'ReservedConcurrentExecutions');
  const input = { FunctionName: name };
  return [{ call: { service: 'Lambda', operation: 'DeleteFunctionConcurrency', input }, blame: null }];
}

/** LS-49: loops are ended where a template says nothing. */
function loopOf(name: string, properties: Properties): readonly PlannedCall[] {
  return settingOf(name, { RecursiveLoop: 'Terminate', ...properties }, 'PutFunctionRecursionConfig', 'RecursiveLoop');
}

/** What UpdateFunctionConfiguration takes, and what each is where a template says nothing (LS-24, LA-12). */
function defaultsOf(name: string): Readonly<Record<string, Value>> {
  return {
    ...{ Description: '', Timeout: 3, MemorySize: 128, Environment: { Variables: {} } },
    ...{ DeadLetterConfig: { TargetArn: '' }, EphemeralStorage: { Size: 512 } },
    LoggingConfig: { LogGroup: `/aws/lambda/${name}` },
  };
}

function functionUpdates({ name, before, after }: ResourceChange): readonly PlannedCall[] {
  const changed = changedProperties(before, after);
  return [
    ...configurationOf(name, after, changed),
    ...(changed.includes('ReservedConcurrentExecutions') ? reservationOf(name, after) : []),
    ...(changed.includes('RecursiveLoop') ? loopOf(name, after) : []),
  ];
}

/** The call that changes these of a function's settings; none if it takes none of them. */
function configurationOf(name: string, properties: Properties, changed: readonly string[]): readonly PlannedCall[] {
  const usual = defaultsOf(name);
  const configured = ['Runtime', 'Role', ...Object.keys(usual)].filter((member) => changed.includes(member));
  const [first] = configured;
  if (first === undefined) return [];
  const input = { FunctionName: name, ...pick({ ...usual, ...properties }, configured) };
  return [{ call: { service: 'Lambda', operation: 'UpdateFunctionConfiguration', input }, blame: first }];
}
