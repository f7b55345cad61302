/**
 * Every intrinsic function: its value, and the findings when it is used wrongly.
 */

import { describe, expect, it } from 'vitest';
import { outputOf, standing, table, wrongValue } from './stack-for-tests.ts';

const PARAMETERS = `Parameters:
  Stage: { Type: String, Default: dev }
  Cap: { Type: Number, Default: 5 }
  Names: { Type: CommaDelimitedList, Default: 'a, b,c' }
Mappings:
  Sizes:
    dev: { Cap: 2, Zones: [x, y] }
    prod: { Cap: 900 }
Conditions:
  Small: !Equals [!Ref Stage, dev]
  Large: !Not [!Condition Small]
  Both: !And [!Condition Small, !Equals [!Ref Cap, 5]]
  Either: !Or [Condition: Large, Fn::Equals: [a, a]]
`;
const value = (text: string, parameters: Record<string, string> = {}) => outputOf(text, PARAMETERS, { parameters });
const wrong = (text: string) => wrongValue(text, PARAMETERS);

describe('Ref', () => {
  it('returns parameters, pseudo parameters and names of resources', () => {
    expect(value('!Ref Stage')).toBe('dev');
    expect(value('!Ref Stage', { Stage: 'prod' })).toBe('prod');
    expect(value('{ Ref: Cap }')).toBe('5');
    expect(value('!Ref Table')).toMatch(/^shop-Table-/);
    expect(value('!Ref AWS::AccountId')).toBe('123456789012');
    expect(value('!Ref AWS::Region')).toBe('eu-central-1');
    expect(value('!Ref AWS::Partition')).toBe('aws');
    expect(value('!Ref AWS::URLSuffix')).toBe('amazonaws.com');
    expect(value('!Ref AWS::StackName')).toBe('shop');
    expect(value('!Ref AWS::StackId')).toMatch(
      /^arn:aws:cloudformation:eu-central-1:123456789012:stack\/shop\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
  });

  it('reports an unknown name, with the nearest known one', () => {
    expect(wrong('!Ref Tabel')).toEqual(['There is no resource or parameter «Tabel». Did you mean Table?']);
    expect(wrong('!Ref AWS::Regoin')).toEqual([
      'There is no resource or parameter «AWS::Regoin». Did you mean AWS::Region?',
    ]);
    expect(wrong('!Ref [a]')).toEqual(['Ref takes a name, not a list.']);
  });
});

describe('Fn::GetAtt', () => {
  it('returns attributes in all its forms', () => {
    const arn = value('!GetAtt Table.Arn');
    expect(arn).toMatch(/^arn:aws:dynamodb:eu-central-1:123456789012:table\/shop-Table-/);
    expect(value('{ Fn::GetAtt: [Table, Arn] }')).toBe(arn);
    expect(value('{ Fn::GetAtt: Table.Arn }')).toBe(arn);
  });

  it('reports an unknown name', () => {
    expect(wrong('!GetAtt Table.Arm')).toEqual(['AWS::DynamoDB::Table has no attribute «Arm». Did you mean Arn?']);
    expect(wrong('!GetAtt Table.Name')).toEqual([
      'AWS::DynamoDB::Table has no attribute «Name». It has Arn or StreamArn.',
    ]);
    expect(wrong('!GetAtt Tables.Arn')).toEqual(['There is no resource «Tables». Did you mean Table?']);
    expect(wrong('!GetAtt Table')).toEqual([
      'Fn::GetAtt takes a logical id and an attribute, such as Bump.Arn, not «Table».',
    ]);
    expect(wrong('!GetAtt Table.StreamArn')).toEqual([
      'AWS::DynamoDB::Table has the attribute StreamArn only with a StreamSpecification: add one to Table.',
    ]);
  });
});

describe('Fn::Sub', () => {
  it('puts names, attributes and its own variables into a text', () => {
    expect(value(`!Sub "\${Stage}-\${AWS::Region}"`)).toBe('dev-eu-central-1');
    expect(value(`!Sub "x \${Table.Arn}"`)).toBe(`x ${value('!GetAtt Table.Arn')}`);
    expect(value(`!Sub ["\${A}/\${Stage}", { A: !Ref Cap }]`)).toBe('5/dev');
    expect(value(`!Sub "\${Names}"`)).toBe('a,b,c');
  });

  it(`leaves \${!Literal} and an open \${ as text`, () => {
    expect(value(`!Sub "\${!Stage} \${"`)).toBe(`\${Stage} \${`);
  });

  it('reports an unknown name', () => {
    expect(wrong(`!Sub "\${Stagee}"`)).toEqual(['There is no resource or parameter «Stagee». Did you mean Stage?']);
    expect(wrong(`!Sub "\${Table.Arm}"`)).toEqual(['AWS::DynamoDB::Table has no attribute «Arm». Did you mean Arn?']);
    expect(wrong('!Sub { a: b }')).toEqual(['Fn::Sub takes a text, or a list of a text and a map of variables.']);
    expect(wrong(`!Sub ["\${A}", { A: !Ref Names }]`)).toEqual(['The variable A must be text, not a list.']);
  });
});

describe('Fn::If and Conditions', () => {
  it('choose by parameters', () => {
    expect(value('!If [Small, s, l]')).toBe('s');
    expect(value('!If [Small, s, l]', { Stage: 'prod' })).toBe('l');
    expect(value('!If [Large, l, !If [Both, both, one]]')).toBe('both');
    expect(value('!If [Either, e, n]')).toBe('e');
    expect(value('{ Fn::If: [Both, b, n] }', { Cap: '6' })).toBe('n');
  });

  it('report an unknown condition, and a wrong form', () => {
    expect(wrong('!If [Smal, s, l]')).toEqual(['There is no condition «Smal». Did you mean Small?']);
    expect(wrong('!If [Small, s]')).toEqual([
      'Fn::If takes a list: the name of a condition, the value if it holds, the value if not.',
    ]);
    expect(wrong('!Equals [a, b]')).toEqual(['Fn::Equals belongs in Conditions; here, use Fn::If.']);
  });

  it('check the names in both branches, though only one is taken', () => {
    expect(wrong('!If [Small, s, !Ref Nothing]')).toEqual(['There is no resource or parameter «Nothing».']);
  });

  it('report what a condition cannot be', () => {
    const conditions = (text: string) => wrongValue('x', `Conditions:\n  A: ${text}\n`);
    expect(conditions('!Ref AWS::Region')).toEqual([
      'A condition must be Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition, not the function Ref.',
    ]);
    expect(conditions('!Equals [a]')).toEqual(['Fn::Equals takes a list of two values.']);
    expect(conditions('!Not [!Equals [a, b], !Equals [a, b]]')).toEqual(['Fn::Not takes a list of one condition.']);
    expect(conditions('!And [!Equals [a, b]]')).toEqual(['Fn::And takes a list of 2 to 10 conditions, not 1.']);
    expect(conditions('!Equals [!Ref Table, b]')).toEqual([
      'A condition cannot look at the resource Table: conditions are judged before there are resources.',
    ]);
    expect(conditions('!Not [!Condition A]')).toEqual(['These conditions need one another: A → A. Break the circle.']);
    expect(conditions('!Not [!Condition B]')).toEqual(['There is no condition «B».']);
  });
});

describe('Fn::Join, Fn::Split, Fn::Select, Fn::Base64', () => {
  it('work on lists and texts', () => {
    expect(value('!Join ["-", [a, !Ref Stage, 7]]')).toBe('a-dev-7');
    expect(value('!Join ["", !Ref Names]')).toBe('abc');
    expect(value('!Select [1, !Split [",", "p,q,r"]]')).toBe('q');
    expect(value('!Select ["2", !Ref Names]')).toBe('c');
    expect(value('!Base64 zwölf')).toBe('enfDtmxm');
    expect(value(`{ Fn::Base64: !Sub "\${Stage}" }`)).toBe('ZGV2');
  });

  it('report values that they do not accept', () => {
    expect(wrong('!Select [3, !Ref Names]')).toEqual([
      'Fn::Select cannot take member «3» of a list of 3; the first is 0.',
    ]);
    expect(wrong('!Select [-1, [a]]')).toEqual(['Fn::Select cannot take member «-1» of a list of 1; the first is 0.']);
    expect(wrong('!Join ["-", Stage]')).toEqual(['Fn::Join needs a list here, not «Stage».']);
    expect(wrong('!Join [a]')).toEqual(['Fn::Join takes a list: a delimiter and a list.']);
    expect(wrong('!Join ["-", [[a]]]')).toEqual(['A member of Fn::Join must be text, not a list.']);
    expect(wrong('!Select [0, !Split ["", abc]]')).toEqual(['The delimiter of Fn::Split must not be empty.']);
    expect(wrong('!Split [",", "a,b"]')).toEqual(['The output It must be text, not a list.']);
    expect(wrong('!Base64 [a]')).toEqual(['The argument of Fn::Base64 must be text, not a list.']);
  });
});

describe('Fn::FindInMap', () => {
  it('looks two keys up', () => {
    expect(value('!FindInMap [Sizes, !Ref Stage, Cap]')).toBe('2');
    expect(value('!FindInMap [Sizes, prod, Cap]')).toBe('900');
    expect(value('!Select [1, !FindInMap [Sizes, dev, Zones]]')).toBe('y');
  });

  it('reports an unknown name', () => {
    expect(wrong('!FindInMap [Size, dev, Cap]')).toEqual(['There is no mapping «Size». Did you mean Sizes?']);
    expect(wrong('!FindInMap [Sizes, prd, Cap]')).toEqual(['The mapping Sizes has no key «prd». Did you mean prod?']);
    expect(wrong('!FindInMap [Sizes, prod, Zones]')).toEqual([
      'The key prod of the mapping Sizes has no member «Zones».',
    ]);
    expect(wrong('!FindInMap [Sizes, prod]')).toEqual([
      'Fn::FindInMap takes a list: the name of a mapping and two keys.',
    ]);
  });
});

describe('functions that are not simulated', () => {
  it.each([
    [
      '!ImportValue x',
      'Fn::ImportValue is not simulated. Stacks are deployed alone here: pass the value as a parameter.',
    ],
    ['!GetAZs x', 'Fn::GetAZs is not simulated. There are no Availability Zones here.'],
    ['!Cidr [a, 1]', 'Fn::Cidr is not simulated. There are no networks here.'],
    ['{ Fn::Transform: x }', 'Fn::Transform is not simulated. Write the resources out, without macros.'],
    [
      '{ Fn::Length: [a] }',
      'Fn::Length is not simulated. It needs the transform AWS::LanguageExtensions: write the number.',
    ],
    ['{ Fn::Subb: x }', 'CloudFormation has no function «Fn::Subb». Did you mean Fn::Sub?'],
    ['!Reff x', 'CloudFormation has no tag «!Reff». Did you mean !Ref?'],
  ])('%s', (text, message) => {
    expect(wrong(text)).toContain(message);
  });
});

describe('AWS::NoValue', () => {
  it('removes the property or the list member, and nothing else', () => {
    const template = (stage: string) => `Conditions:
  Reserve: !Equals [${stage}, prod]
Resources:
${table('Table', 'TimeToLiveSpecification: !If [Reserve, { AttributeName: ttl, Enabled: true }, !Ref AWS::NoValue]')}Outputs:
  Names:
    Value: !Join [',', [a, !Ref AWS::NoValue, b]]
`;
    expect(standing(template('prod')).calls.map(({ operation }) => operation)).toEqual([
      'CreateTable',
      'UpdateTimeToLive',
    ]);
    expect(standing(template('dev')).calls.map(({ operation }) => operation)).toEqual(['CreateTable']);
    expect(standing(template('dev')).deployment.outputs.Names).toBe('a,b');
  });
});
