/**
 * The intrinsic functions, and which of them are simulated.
 *
 * resolve.ts and conditions.ts define what they do.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */

/** Functions that return a value, by their long names. */
export const VALUE_FUNCTIONS = [
  'Ref',
  'Fn::Sub',
  'Fn::GetAtt',
  'Fn::If',
  'Fn::Join',
  'Fn::Select',
  'Fn::Split',
  'Fn::FindInMap',
  'Fn::Base64',
] as const;

/** Functions that return true or false; they are allowed in Conditions only. */
export const BOOLEAN_FUNCTIONS = ['Fn::Equals', 'Fn::And', 'Fn::Or', 'Fn::Not', 'Condition'] as const;

/** Functions that AWS has and the simulator refuses, each with advice. */
export const REFUSED_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['Fn::Transform', 'Write the resources out, without macros.'],
  ['Fn::ImportValue', 'Stacks are deployed alone here: pass the value as a parameter.'],
  ['Fn::GetAZs', 'There are no Availability Zones here.'],
  ['Fn::Cidr', 'There are no networks here.'],
  ['Fn::Length', 'It needs the transform AWS::LanguageExtensions: write the number.'],
  ['Fn::ToJsonString', 'It needs the transform AWS::LanguageExtensions: write the text with !Sub.'],
  ['Fn::ForEach', 'It needs the transform AWS::LanguageExtensions: write the resources out.'],
  ['Fn::GetStackOutput', 'Stacks are deployed alone here: pass the value as a parameter.'],
  ['Fn::Contains', 'Rules are not simulated: use AllowedValues on the parameter.'],
  ['Fn::EachMemberEquals', 'Rules are not simulated: use AllowedValues on the parameter.'],
  ['Fn::EachMemberIn', 'Rules are not simulated: use AllowedValues on the parameter.'],
  ['Fn::RefAll', 'Rules are not simulated: use AllowedValues on the parameter.'],
  ['Fn::ValueOf', 'Rules are not simulated: use AllowedValues on the parameter.'],
  ['Fn::ValueOfAll', 'Rules are not simulated: use AllowedValues on the parameter.'],
]);

/** Every name that AWS has for a function, long. */
export const ALL_FUNCTIONS: readonly string[] = [...VALUE_FUNCTIONS, ...BOOLEAN_FUNCTIONS, ...REFUSED_FUNCTIONS.keys()];

/** The long name of a tag without its `!`: `GetAtt` is `Fn::GetAtt`. Null for a tag that CloudFormation does not have. */
export function longName(tag: string): string | null {
  return ALL_FUNCTIONS.find((name) => shortName(name) === tag) ?? null;
}

/** `GetAtt` for `Fn::GetAtt`. */
export function shortName(long: string): string {
  return long.replace('Fn::', '');
}
