/**
 * How a service speaks HTTP: the part of its wire format that the SDK's schemas do not hold.
 *
 * https://smithy.io/2.0/aws/protocols/index.html. The members of an operation, and how each is written, follow from the schemas
 * that the service's SDK client exports.
 */

export type WireProtocol =
  | {
      readonly kind: 'awsJson1_0' | 'awsJson1_1';
      /** The service shape's name in AWS's own models: `X-Amz-Target` is `<target>.<operation>`. */
      readonly target: string;
      readonly errorPrefix: string;
      /** The service used to speak AWS's query protocol, and a header still carries the error codes of that protocol. */
      readonly queryCompatible?: true;
      /** The names of errors as types in bodies, by the codes that the SDK shows, where the two differ. */
      readonly typeNames?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'restJson1' }
  | {
      readonly kind: 'awsQuery';
      /** The version of the API, which every request names: `2010-03-31`. */
      readonly version: string;
      /** The namespace of the XML in answers. */
      readonly xmlNamespace: string;
    };

/** The protocols whose requests name their operation in a header, and whose bodies are JSON. */
export type JsonRpcProtocol = WireProtocol & { readonly kind: 'awsJson1_0' | 'awsJson1_1' };

/** The type that the body of an error names: `com.amazonaws.sqs#QueueDoesNotExist`. */
export function errorTypeOf({ errorPrefix, typeNames }: JsonRpcProtocol, code: string): string {
  return errorPrefix + (typeNames?.[code] ?? code);
}

/** The SDK client of a service. */
export interface ServiceClient {
  /** The npm package, as learners import it: `@aws-sdk/client-sqs`. */
  readonly package: string;
  /** The Smithy namespace of its operations: `com.amazonaws.sqs`. */
  readonly namespace: string;
  /** The first label of its endpoint's host: `sqs` of `sqs.us-east-1.amazonaws.com`. */
  readonly endpointPrefix: string;
  /** Null if no operation of the service is simulated in a run; then no realm offers its client. */
  readonly protocol: WireProtocol | null;
}
