/**
 * The harness's own stack beside a learner's: the ledger table, and a function for each downstream of the lab.
 *
 * It is separate, so that the learner's template does not change and removal is one call. Its functions have no reserved
 * concurrency and do not count as the learner's, because a superfluous request must reach the ledger.
 */

/** A downstream in this stack. */
export interface DownstreamFunction {
  readonly functionName: string;
  readonly serviceTimeMs: number;
}

/** Time for a downstream's own bookkeeping, beside its service time. */
const BOOKKEEPING_S = 20;

/** The stack's template, as JSON. */
export function harnessTemplate(ledgerTable: string, downstreams: readonly DownstreamFunction[]): string {
  const functions = downstreams.map(({ functionName, serviceTimeMs }, index) => [
    `Downstream${index}`,
    {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: functionName,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: "exports.handler = async () => { throw new Error('not deployed yet'); };" },
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Timeout: Math.ceil(serviceTimeMs / 1_000) + BOOKKEEPING_S,
      },
    },
  ]);
  return JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: {
      Ledger: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: ledgerTable,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        },
      },
      ...(downstreams.length === 0 ? {} : { Role: ROLE }),
      ...Object.fromEntries(functions),
    },
  });
}

const ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    Policies: [
      {
        PolicyName: 'ledger',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
              Resource: { 'Fn::GetAtt': ['Ledger', 'Arn'] },
            },
          ],
        },
      },
    ],
  },
};
