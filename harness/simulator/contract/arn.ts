/**
 * ARNs, by which services refer to each other's resources: how to read them, and which shapes of ARN a service owns.
 *
 * `arn:aws:sqs:us-east-1:123456789012:orders` has the shape `sqs`, `arn:aws:lambda:us-east-1:123456789012:function:bump` has
 * the shape `lambda:function`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */

/** An Amazon Resource Name. It means the same to every service. */
export type Arn = string;

/** The Region and the id of an account. */
export interface AccountPlace {
  readonly region: string;
  readonly accountId: string;
}

/** The service's part of an ARN: `sqs`. Empty if the text is not an ARN. */
export function serviceOfArn(arn: Arn): string {
  return arn.split(':')[2] ?? '';
}

/** The last part of an ARN: the name of a queue or of a function. */
export function nameInArn(arn: Arn): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

/** The two shapes under which a service can claim an ARN, the narrower one first: `lambda:function`, `lambda`. */
export function shapesOfArn(arn: Arn): readonly [narrow: string, wide: string] {
  const [, , service = '', , , resource = ''] = arn.split(':');
  const [type = ''] = resource.split('/');
  return [`${service}:${type}`, service];
}

/**
 * The ARN of a function, given its name, a partial ARN (`123456789012:function:bump`) or its ARN, each with an optional
 * qualifier. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html (`FunctionName`)
 */
export function functionArn(nameOrArn: string, { region, accountId }: AccountPlace): Arn {
  const { name, qualifier } = readFunctionName(nameOrArn);
  const arn = `arn:aws:lambda:${region}:${accountId}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

/** The function's name and qualifier, from any of these three forms. */
export function readFunctionName(text: string): { readonly name: string; readonly qualifier: string | undefined } {
  if (!text.includes(':')) return { name: text, qualifier: undefined };
  const parts = text.split(':');
  const at = parts.indexOf('function');
  const [name = '', qualifier] = at >= 0 ? parts.slice(at + 1) : parts;
  return { name, qualifier };
}
