/**
 * Reading a template: YAML and JSON, sections, resources, parameters, and the sentence for each mistake.
 */

import { describe, expect, it } from 'vitest';
import { RESOURCE_TYPES } from '../all.ts';
import { findingsOf, standing, table } from './stack-for-tests.ts';

const KNOWN_TYPES = [...RESOURCE_TYPES.keys()].sort();
const LOG_GROUP = 'Resources:\n  Log: { Type: AWS::Logs::LogGroup }\n';

describe('YAML that cannot be read', () => {
  it.each([
    ['a tab', 'Resources:\n\tA: 1', '2:1 A tab stands where YAML wants spaces. Indent with spaces only.'],
    [
      'uneven indentation',
      'Resources:\n    A: 1\n  B: 2',
      '3:1 This line is not indented like its neighbours. Lines of one block begin in the same column.',
    ],
    ['an open quote', 'Resources:\n  A: "abc', '2:10 A quote is opened here and never closed.'],
    ['an open bracket', 'Resources: {A: 1', '1:17 A bracket is opened before this and not closed.'],
    [
      'two keys in a line',
      'Resources:\n  A: b: c',
      '2:6 A second «key: value» stands on this line. Put it on a line of its own, or put the text into quotes.',
    ],
    [
      'no colon',
      'Resources:\n  A\n  B: 1',
      '2:3 This line has no «: » after its key. A key and its colon stand on one line.',
    ],
    ['an odd first character', 'Description: @x', '1:14 A text cannot begin with this character. Put it into quotes.'],
    [
      'an unknown escape',
      'Description: "\\q"',
      '1:15 This backslash begins no escape that YAML knows. Use single quotes, or write \\\\ for a backslash.',
    ],
    [
      'two documents',
      'Resources: {}\n---\nb: 2',
      '2:1 A second document begins here. A template is one document: remove the «---».',
    ],
    [
      'two tags',
      'Description: !Base64 !Sub x',
      '1:22 Two tags stand before one value. Nest functions with the long form: Fn::Base64 on one line, !Sub below it.',
    ],
    ['nothing', '', '1:1 The template is empty. It needs at least a Resources section.'],
    ['only a comment', '# later\n', '1:1 The template is empty. It needs at least a Resources section.'],
    ['a list', '- a', '1:1 A template is a map with a section Resources, not a list.'],
    ['a word', 'hello', '1:1 A template is a map with a section Resources, not «hello».'],
  ])('%s', (_, template, finding) => {
    expect(findingsOf(template)).toEqual([finding]);
  });

  it('aliases and merges are refused, as CloudFormation refuses them; an anchor alone is accepted', () => {
    expect(findingsOf('Resources:\n  A: &a { Type: AWS::Logs::LogGroup }\n  B: *a\n')).toContain(
      '3:6 CloudFormation does not support YAML aliases. Write the value out where it is needed.',
    );
    expect(findingsOf('Resources:\n  A:\n    <<: { Type: AWS::Logs::LogGroup }\n')).toContain(
      '3:5 CloudFormation does not support YAML hash merges («<<»). Write the members out.',
    );
    expect(findingsOf('Resources:\n  A: &a { Type: AWS::Logs::LogGroup }\n')).toEqual([]);
  });

  it('a repeated key is reported at its second place', () => {
    expect(findingsOf(`${LOG_GROUP}  Log: { Type: AWS::Logs::LogGroup }\n`)).toEqual([
      '3:3 «Log» stands here a second time; the first is in line 2.',
    ]);
  });

  it('a tag that YAML has and CloudFormation does not have is refused', () => {
    expect(findingsOf('Description: !!binary aGk=\nResources:\n  Log: { Type: AWS::Logs::LogGroup }\n')).toEqual([
      '1:14 CloudFormation has no tag «!!binary».',
    ]);
  });

  it('characters that control a terminal are shown as boxes', () => {
    expect(findingsOf('Resources:\n  Log: { Type: "\\u001b[2J" }\n')[0]).toContain('«□[2J»');
  });
});

describe('JSON', () => {
  it('is read like YAML, tabs included', () => {
    const template = JSON.stringify(
      { Resources: { Log: { Type: 'AWS::Logs::LogGroup' } }, Outputs: { Name: { Value: { Ref: 'Log' } } } },
      null,
      '\t',
    );
    expect(standing(template).deployment.outputs.Name).toMatch(/^shop-Log-/);
  });

  it('has places, too', () => {
    expect(findingsOf('{\n\t"Resources": {\n\t\t"Log": { "Type": "AWS::Logs::LogGrup" }\n\t}\n}')).toEqual([
      '3:20 «AWS::Logs::LogGrup» is not a resource type that the simulator knows. Did you mean AWS::Logs::LogGroup?',
    ]);
  });
});

describe('sections', () => {
  it.each([
    ['Resource:\n  A: 1\n', '1:1 A template has no section «Resource». Did you mean Resources?'],
    ['Description: x\n', '1:1 The template has no section Resources. It needs at least one resource.'],
    ['Resources: {}\n', '1:1 Resources is empty. It needs at least one resource.'],
    ['Resources: [a]\n', '1:1 Resources must be a map of names, not a list.'],
    [
      `AWSTemplateFormatVersion: 2012-10-17\n${LOG_GROUP}`,
      '1:27 AWSTemplateFormatVersion must be 2010-09-09, not «2012-10-17».',
    ],
    [`Description: [a]\n${LOG_GROUP}`, '1:14 Description must be plain text, without functions.'],
    [`Description: ${'x'.repeat(1025)}\n${LOG_GROUP}`, '1:14 Description is longer than 1,024 bytes.'],
    [
      `Transform: AWS::Serverless-2016-10-31\n${LOG_GROUP}`,
      '1:1 Transform is not simulated. Write plain CloudFormation: AWS::Lambda::Function for AWS::Serverless::Function, AWS::DynamoDB::Table for AWS::Serverless::SimpleTable.',
    ],
    [
      `Globals: {}\n${LOG_GROUP}`,
      '1:1 Globals belongs to SAM, which is not simulated. Write the properties into each resource.',
    ],
    [`Rules: {}\n${LOG_GROUP}`, '1:1 Rules is not simulated. Use AllowedValues or AllowedPattern on the parameter.'],
    [`Hooks: {}\n${LOG_GROUP}`, '1:1 Hooks is not simulated. Remove it.'],
    [`Mappings: { M: [a] }\n${LOG_GROUP}`, '1:13 The mapping M must be a map of maps, not a list.'],
    [`Mappings: { M: { a: b } }\n${LOG_GROUP}`, '1:18 The key a of the mapping M must hold a map.'],
    [
      `Mappings: { M: { a: { b: !Ref AWS::Region } } }\n${LOG_GROUP}`,
      '1:26 A mapping holds texts or lists of texts, not the function Ref.',
    ],
    [`${LOG_GROUP}Outputs:\n  A: { Valeu: x }\n`, '4:8 An output has no member «Valeu». Did you mean Value?'],
    [`${LOG_GROUP}Outputs:\n  A: { Description: x }\n`, '4:3 The output A needs a Value.'],
    [`${LOG_GROUP}Outputs:\n  A_b: { Value: x }\n`, '4:3 The name «A_b» must consist of letters and digits only.'],
    [`${LOG_GROUP}Outputs:\n  A: { Value: x, Condition: Never }\n`, '4:29 There is no condition «Never».'],
  ])('%j', (template, finding) => {
    expect(findingsOf(template)).toContain(finding);
  });

  it('there are at most 500 resources and 200 parameters', () => {
    const many = (count: number, line: (index: number) => string) =>
      Array.from({ length: count }, (_, index) => line(index)).join('');
    const resources = `Resources:\n${many(501, (index) => `  R${index}: { Type: AWS::Logs::LogGroup }\n`)}`;
    expect(findingsOf(resources)).toEqual(['1:1 Resources has 501 members; CloudFormation takes at most 500.']);
    const parameters = `Parameters:\n${many(201, (index) => `  P${index}: { Type: String, Default: x }\n`)}${LOG_GROUP}`;
    expect(findingsOf(parameters)).toEqual(['1:1 Parameters has 201 members; CloudFormation takes at most 200.']);
  });

  it('a template has at most 51,200 bytes', () => {
    const padded = (size: number) => `${LOG_GROUP}#${'x'.repeat(size - LOG_GROUP.length - 1)}`;
    expect(findingsOf(padded(51_200))).toEqual([]);
    expect(findingsOf(padded(51_201))).toEqual([
      '1:1 The template is larger than 51,200 bytes, the most that CloudFormation takes in a request. Split it; templates in an S3 bucket are not simulated.',
    ]);
    expect(findingsOf(`${LOG_GROUP}#${'é'.repeat(25_600)}`)).toHaveLength(1);
  });

  it('all findings are reported at once, in line order', () => {
    const template = `Parametres: {}
Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: 2
      Retention: 5
  Other: { Type: AWS::SES::Box }
Outputs:
  Name: { Value: !Ref Lag }
`;
    expect(findingsOf(template).map((finding) => finding.split(' ')[0])).toEqual([
      '1:1',
      '6:24',
      '7:7',
      '8:18',
      '10:18',
    ]);
  });
});

describe('resources', () => {
  it.each([
    ['Log: [a]', '2:3 The resource «Log» must be a map with a Type, not a list.'],
    ['Log: {}', '2:3 The resource «Log» needs a Type, such as AWS::Lambda::Function.'],
    [
      'Log: { Type: !Ref X, Properties: {} }',
      '2:16 Type must be plain text such as AWS::Lambda::Function, not the function Ref.',
    ],
    [
      'Log: { Type: AWS::SES::Box }',
      `2:16 «AWS::SES::Box» is not a resource type that the simulator knows. It knows ${KNOWN_TYPES.slice(0, -1).join(', ')} or ${KNOWN_TYPES.at(-1)}.`,
    ],
    [
      'Log: { Type: AWS::Lambda::Funktion }',
      '2:16 «AWS::Lambda::Funktion» is not a resource type that the simulator knows. Did you mean AWS::Lambda::Function?',
    ],
    [
      'Fn: { Type: AWS::Serverless::Function }',
      '2:15 AWS::Serverless::Function belongs to SAM, which is not simulated. Write AWS::Lambda::Function.',
    ],
    [
      'Log: { Type: AWS::Logs::LogGroup, Propertys: {} }',
      '2:37 A resource has no attribute «Propertys». Did you mean Properties?',
    ],
    [
      'Log: { Type: AWS::Logs::LogGroup, RetentionInDays: 5 }',
      '2:37 RetentionInDays is a property: it belongs below Properties of Log.',
    ],
    ['Log: { Type: AWS::Logs::LogGroup, Properties: [a] }', '2:37 Properties of Log must be a map, not a list.'],
    ['Log: { Type: AWS::Logs::LogGroup, UpdatePolicy: {} }', '2:37 UpdatePolicy is not simulated. Remove it.'],
    ['Log: { Type: AWS::Logs::LogGroup, CreationPolicy: {} }', '2:37 CreationPolicy is not simulated. Remove it.'],
    [
      'Log: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retian }',
      '2:53 DeletionPolicy must be Delete, Retain or RetainExceptOnCreate, not «Retian». Did you mean Retain?',
    ],
    ['Log: { Type: AWS::Logs::LogGroup, DependsOn: Lag }', '2:48 There is no resource «Lag». Did you mean Log?'],
    ['Log: { Type: AWS::Logs::LogGroup, DependsOn: { a: b } }', '2:48 DependsOn takes logical ids, not a map.'],
    ['Log: { Type: AWS::Logs::LogGroup, DependsOn: Log }', '2:3 The resource Log needs itself. Remove the reference.'],
    ['Log: { Type: AWS::Logs::LogGroup, Condition: Never }', '2:48 There is no condition «Never».'],
    ['Log-1: { Type: AWS::Logs::LogGroup }', '2:3 The name «Log-1» must consist of letters and digits only.'],
  ])('%s', (resource, finding) => {
    expect(findingsOf(`Resources:\n  ${resource}\n`)).toContain(finding);
  });

  it('that need each other in a circle are reported', () => {
    const template = `Resources:
  A: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: !Ref B } }
  B: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: !GetAtt C.Arn } }
  C: { Type: AWS::Logs::LogGroup, DependsOn: A }
`;
    expect(findingsOf(template)).toEqual(['2:3 These resources need one another: A → B → C → A. Break the circle.']);
  });

  it('are left out if their condition is false, and only their names are checked', () => {
    const template = (wanted: string) => `Parameters:
  Audit: { Type: String, Default: ${wanted} }
Conditions:
  Audited: !Equals [!Ref Audit, 'yes']
Resources:
${table('Table')}  Log:
    Type: AWS::Logs::LogGroup
    Condition: Audited
    Properties:
      RetentionInDays: !If [Audited, 5, -1]
Outputs:
  Log: { Condition: Audited, Value: !Ref Log }
`;
    const made = (wanted: string) => standing(template(wanted)).deployment;
    expect(made("'yes'").resources.map(({ logicalId }) => logicalId)).toEqual(['Table', 'Log']);
    expect(Object.keys(made("'yes'").outputs)).toEqual(['Log']);
    expect(made("'no'").resources.map(({ logicalId }) => logicalId)).toEqual(['Table']);
    expect(made("'no'").outputs).toEqual({});
    expect(findingsOf(template("'no'").replace('RetentionInDays', 'RetentionDays'))).toEqual([
      '16:7 AWS::Logs::LogGroup has no property «RetentionDays». Did you mean RetentionInDays?',
    ]);
  });

  it('that are left out cannot be referred to by those that are not', () => {
    const template = `Conditions:
  Never: !Equals [a, b]
Resources:
  Log: { Type: AWS::Logs::LogGroup, Condition: Never }
  Other: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: !Ref Log } }
  Fine: { Type: AWS::Logs::LogGroup, DependsOn: Log, Properties: { LogGroupName: !If [Never, !Ref Log, x] } }
`;
    expect(findingsOf(template)).toEqual([
      '5:67 The resource Log is not in this stack: its condition Never is false. Put this behind Fn::If with the same condition.',
    ]);
  });
});
