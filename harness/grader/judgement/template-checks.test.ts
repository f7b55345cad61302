import { describe, expect, it } from 'vitest';
import type { Lab, TemplateCheck } from '../../course/lab.ts';
import { judgeTemplate } from './template-checks.ts';

const CHECK: TemplateCheck = {
  id: 'sizes',
  task: 1,
  title: 'sizes are parameters',
  points: 1,
  hintId: 'sizes',
  follows: [
    { logicalId: 'Jobs', property: 'VisibilityTimeout', parameter: 'Visibility', probe: '77' },
    { logicalId: 'Jobs', property: 'RedrivePolicy.maxReceiveCount', parameter: 'Receives', probe: '7' },
  ],
};

const LAB: Lab = {
  slug: 'small',
  version: 1,
  title: 'A small lab',
  editable: ['template.yaml'],
  tasks: [{ number: 1, title: 'hold' }],
  scenarios: [],
  checks: [],
  templateChecks: [CHECK],
  hints: [],
  mutants: [],
};

const withQueue = (visibility: string, receives: string, name = 'Jobs') => `Parameters:
  Visibility:
    Type: Number
    Default: 30
  Receives:
    Type: Number
    Default: 5
Resources:
  ${name}:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: ${visibility}
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt Dead.Arn
        maxReceiveCount: ${receives}
  Dead:
    Type: AWS::SQS::Queue
`;

const judge = (template: string) => judgeTemplate(LAB, template, 'template.yaml')[0];

describe('a check on the template', () => {
  it('passes when every value follows its parameter, however it is written', () => {
    expect(judge(withQueue('!Ref Visibility', '!Ref Receives'))).toMatchObject({ status: 'pass', points: 1 });
    expect(judge(withQueue("!Join ['', [!Ref Visibility]]", '!Ref Receives'))).toMatchObject({ status: 'pass' });
  });

  it('fails on a literal, with the place, also when it equals the default', () => {
    expect(judge(withQueue('30', '!Ref Receives'))).toMatchObject({
      status: 'fail',
      points: 0,
      hintId: 'sizes',
      message:
        'VisibilityTimeout of Jobs is 30 whatever Visibility says. The lab is run in two sizes, so write !Ref Visibility.',
      frame: { file: 'template.yaml', line: 12, text: 'VisibilityTimeout: 30' },
    });
    expect(judge(withQueue('!Ref Visibility', '5'))?.message).toContain('RedrivePolicy.maxReceiveCount of Jobs is 5');
  });

  it('says what a value is where the parameter is another one, if it depends on it and does not follow it', () => {
    const doubled = withQueue("!Join ['', [!Ref Visibility, '0']]", '!Ref Receives');
    expect(judge(doubled)?.message).toMatch(
      /^Where Visibility is \d+, VisibilityTimeout of Jobs is "?\d+0"?\. The lab is run in two sizes, so write !Ref Visibility\.$/,
    );
  });

  it('says that a property is missing, and does not call it a value', () => {
    const bare = withQueue('!Ref Visibility', '!Ref Receives').replace(/\n {6}RedrivePolicy:\n.*\n.*/, '');
    expect(judge(bare)?.message).toBe(
      'Jobs has no RedrivePolicy.maxReceiveCount. The lab is run in two sizes, so write !Ref Receives.',
    );
  });

  it('fails with the template’s own mistake when its defaults cannot be deployed', () => {
    const absurd = withQueue('!Ref Visibility', '!Ref Receives').replace('Default: 30', 'Default: -3');
    const { message = '', frame } = judge(absurd) ?? {};
    expect(message).toMatch(/^With the defaults of its parameters the template cannot be deployed\. .*«-3»/);
    expect(frame).toMatchObject({ file: 'template.yaml', line: 12 });
  });

  it('fails when the resource is called something else', () => {
    expect(judge(withQueue('!Ref Visibility', '!Ref Receives', 'Work'))?.message).toBe(
      'The template has no resource Jobs any more. Give it its name back.',
    );
  });

  it('lets a property be absent where a design may do without it, and no literal', () => {
    const free = { logicalId: 'Jobs', property: 'DelaySeconds', parameter: 'Visibility', probe: '77' } as const;
    const judgeFree = (template: string) =>
      judgeTemplate(
        { ...LAB, templateChecks: [{ ...CHECK, follows: [{ ...free, mayBeAbsent: true }] }] },
        template,
        'template.yaml',
      )[0];
    const without = withQueue('!Ref Visibility', '!Ref Receives');
    const having = (value: string) => without.replace('Properties:', `Properties:\n      DelaySeconds: ${value}`);
    expect(judgeFree(without)).toMatchObject({ status: 'pass' });
    expect(judgeFree(having('!Ref Visibility'))).toMatchObject({ status: 'pass' });
    expect(judgeFree(having('30'))?.message).toContain('DelaySeconds of Jobs is 30 whatever Visibility says.');
  });

  it('finds a value in whatever resource a design has it', () => {
    const somewhere = {
      somewhere: ['VisibilityTimeout', 'DelaySeconds'],
      parameter: 'Visibility',
      probe: '77',
    } as const;
    const judgeSomewhere = (template: string) =>
      judgeTemplate({ ...LAB, templateChecks: [{ ...CHECK, follows: [somewhere] }] }, template, 'template.yaml')[0];
    expect(judgeSomewhere(withQueue('!Ref Visibility', '5', 'Work'))).toMatchObject({ status: 'pass' });
    expect(judgeSomewhere(withQueue('30', '5', 'Work'))).toMatchObject({
      message:
        'VisibilityTimeout of Work is 30 whatever Visibility says. The lab is run in two sizes, so write !Ref Visibility.',
      frame: { line: 12 },
    });
    const bare = withQueue('30', '5').replace('      VisibilityTimeout: 30\n', '');
    expect(judgeSomewhere(bare)?.message).toBe(
      'No resource has VisibilityTimeout or DelaySeconds, so nothing follows Visibility. The lab is run in two sizes, so write !Ref Visibility.',
    );
  });

  it('does not blame a property that has a parameter of its own', () => {
    const somewhere = { somewhere: ['RedrivePolicy.maxReceiveCount'], parameter: 'Visibility', probe: '77' } as const;
    const lab = { ...LAB, templateChecks: [CHECK, { ...CHECK, id: 'elsewhere', follows: [somewhere] }] };
    expect(judgeTemplate(lab, withQueue('!Ref Visibility', '!Ref Receives'), 'template.yaml')[1]).toMatchObject({
      status: 'fail',
      message:
        'No resource has RedrivePolicy.maxReceiveCount, so nothing follows Visibility. The lab is run in two sizes, so write !Ref Visibility.',
    });
  });
});
