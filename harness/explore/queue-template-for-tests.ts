/**
 * For tests: a stack in which one function takes the messages of a queue, one at a time, and may write to a table.
 */

/** The template; the function `name` is in `src/<name>.ts`. Its outputs are `TableName` and `QueueUrl`. */
export const queueTemplate = (name: string): string => `
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
  Queue:
    Type: AWS::SQS::Queue
  Handler:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: ${name}
      Runtime: nodejs24.x
      Handler: ${name}.handler
      Code: src/
      Role: !GetAtt Role.Arn
      Environment: { Variables: { TABLE_NAME: !Ref Table } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { FunctionName: !Ref Handler, EventSourceArn: !GetAtt Queue.Arn, BatchSize: 1 }
Outputs:
  TableName: { Value: !Ref Table }
  QueueUrl: { Value: !Ref Queue }
`;
