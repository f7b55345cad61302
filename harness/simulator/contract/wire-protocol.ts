/**
 * How a service speaks HTTP: the one thing about its wire format that the SDK's schemas do not say.
 *
 * https://smithy.io/2.0/aws/protocols/index.html. Which members an operation has, and how each is written, follows from the schemas
 * that the service's SDK client exports.
 */

export type WireProtocol =
  | {
      readonly kind: 'awsJson1_0' | 'awsJson1_1';
      /** The service shape's name in AWS's own models: `X-Amz-Target` is `<target>.<operation>`. */
      readonly target: string;
      readonly errorPrefix: string;
      /** The service once spoke AWS's query protocol, and still says in a header what its errors were called there. */
      readonly queryCompatible?: true;
    }
  | { readonly kind: 'restJson1' };

/** The SDK client of a service. */
export interface ServiceClient {
  /** As learners import it: `@aws-sdk/client-sqs`. */
  readonly package: string;
  /** The Smithy namespace of its operations: `com.amazonaws.sqs`. */
  readonly namespace: string;
  /** The first label of its endpoint's host: `sqs` of `sqs.us-east-1.amazonaws.com`. */
  readonly endpointPrefix: string;
  /** Null if the simulator has none of its operations in a run: no realm offers its client. */
  readonly protocol: WireProtocol | null;
}
