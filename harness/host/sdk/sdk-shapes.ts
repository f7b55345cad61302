/**
 * The parts of the SDK's objects that this folder uses, as types of its own.
 *
 * The SDK's classes are generic over hundreds of inputs and outputs; only their skeleton matters here. Types only.
 */

/** A client's or a command's middleware stack. */
export interface SdkStack {
  identify(): string[];
  add(middleware: SdkMiddleware, options: object): void;
  addRelativeTo(middleware: SdkMiddleware, options: { readonly name?: string }): void;
}

/** A middleware, as the stack calls it. */
export type SdkMiddleware = (
  next: (args: SdkArguments) => Promise<SdkResult>,
  context: Record<string, unknown>,
) => (args: SdkArguments) => Promise<SdkResult>;

export interface SdkArguments {
  readonly input: object;
}

export interface SdkResult {
  output: object;
  response?: unknown;
}

/** Anything with a static operation schema: `[9, namespace, name, traits, input, output]`. */
export interface SdkCommand {
  readonly input: object;
  readonly schema?: unknown;
  readonly middlewareStack: SdkStack;
}

/** A document client's command wraps another command. */
export interface SdkDocumentCommand extends SdkCommand {
  readonly clientCommand: SdkCommand;
  readonly inputKeyNodes: object;
  readonly outputKeyNodes: object;
  addMarshallingMiddleware(configuration: { readonly translateConfig?: unknown }): void;
}

export interface SdkClient {
  config: SdkClientConfig;
  middlewareStack: SdkStack;
  send(command: SdkCommand, optionsOrCallback?: unknown, callback?: SdkCallback): unknown;
  destroy(): void;
}

/** A client class of the SDK. Document clients have a static `from`. */
export type ClientClass = (new (...args: unknown[]) => SdkClient) & { from?: unknown };

export type SdkCallback = (error: unknown, output?: object) => void;

/** The part of a client's resolved configuration that is used here. */
export interface SdkClientConfig {
  retryStrategy(): Promise<SdkRetryStrategy>;
  translateConfig?: unknown;
  readonly protocol: unknown;
  readonly serviceId: string;
}

export interface SdkRetryToken {
  getRetryCount(): number;
  getRetryDelay(): number;
  readonly $retryLog?: { readonly acquisitionDelay?: number };
}

export type SdkRetryErrorType = 'THROTTLING' | 'TRANSIENT' | 'SERVER_ERROR' | 'CLIENT_ERROR';

/** The SDK's `RetryStrategyV2`. */
export interface SdkRetryStrategy {
  acquireInitialRetryToken(scope: string): Promise<SdkRetryToken>;
  refreshRetryTokenForRetry(
    token: SdkRetryToken,
    info: { readonly error: unknown; readonly errorType: SdkRetryErrorType; readonly retryAfterHint?: Date },
  ): Promise<SdkRetryToken>;
  recordSuccess(token: SdkRetryToken): void;
}

export interface SdkAbortSignal {
  readonly aborted: boolean;
  onabort?: unknown;
  addEventListener?(type: 'abort', listener: () => void, options?: { readonly once: boolean }): void;
  removeEventListener?(type: 'abort', listener: () => void): void;
}

/** The content of an answer's `$metadata`. */
export interface SdkMetadata {
  httpStatusCode: number;
  requestId: string;
  extendedRequestId: undefined;
  cfId: undefined;
  attempts?: number;
  totalRetryDelay?: number;
}
