/**
 * ARNs, the names by which services know each other's parts: reading them, and the shapes that a service owns.
 *
 * `arn:aws:sqs:us-east-1:123456789012:orders` is of the shape `sqs`, `arn:aws:lambda:us-east-1:123456789012:function:bump` of the
 * shape `lambda:function`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */

/** A name that is the same for everybody in AWS. */
export type Arn = string;

/** Where an account is. */
export interface AccountPlace {
  readonly region: string;
  readonly accountId: string;
}

/** The service's part of an ARN: `sqs`; empty for what is no ARN. */
export function serviceOfArn(arn: Arn): string {
  return arn.split(':')[2] ?? '';
}

/** The last part of an ARN: a queue's name, a function's. */
export function nameInArn(arn: Arn): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

/** The two shapes that an ARN may be listed under, the narrower one first: `lambda:function`, `lambda`. */
export function shapesOfArn(arn: Arn): readonly [narrow: string, wide: string] {
  const [, , service = '', , , resource = ''] = arn.split(':');
  const [type = ''] = resource.split('/');
  return [`${service}:${type}`, service];
}

/**
 * The ARN of a function that is named by its name, a partial ARN (`123456789012:function:bump`) or its ARN, each with an
 * optional qualifier. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html (`FunctionName`)
 */
export function functionArn(nameOrArn: string, { region, accountId }: AccountPlace): Arn {
  const { name, qualifier } = readFunctionName(nameOrArn);
  const arn = `arn:aws:lambda:${region}:${accountId}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

/** A function's name and qualifier, in whichever of these forms they were given. */
export function readFunctionName(text: string): { readonly name: string; readonly qualifier: string | undefined } {
  if (!text.includes(':')) return { name: text, qualifier: undefined };
  const parts = text.split(':');
  const at = parts.indexOf('function');
  const [name = '', qualifier] = at >= 0 ? parts.slice(at + 1) : parts;
  return { name, qualifier };
}
