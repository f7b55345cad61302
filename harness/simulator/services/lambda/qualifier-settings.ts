/**
 * What is stored under a qualified name, as plain data: aliases, provisioned concurrency, and what becomes of events.
 *
 * How a qualified name is read stands in qualified.ts. Nothing here decides anything.
 */

/** A name for a version, or for two of them, between which requests are shared out (LS-39, LS-40). */
export interface Alias {
  readonly name: string;
  readonly functionVersion: string;
  readonly description: string;
  /** The second version and its share of the requests, from 0 to 1. */
  readonly additional: { readonly version: string; readonly weight: number } | null;
  /** Its environments are being provisioned for another version: until then `additional` is the version before, and gets all (LS-44). */
  readonly isMoving: boolean;
  /** Grows with each change. */
  readonly revision: number;
}

/** Environments that are kept initialised for a version, or for an alias's versions (LS-11). */
export interface ProvisionedConfig {
  readonly requested: number;
  readonly status: 'IN_PROGRESS' | 'READY' | 'FAILED';
  readonly modifiedAtMs: number;
}

/** How a function's events are retried and where they end. Null if not set: AWS's defaults hold (LA-06). */
export interface EventInvokeConfig {
  readonly maximumRetryAttempts: number | null;
  readonly maximumEventAgeSeconds: number | null;
  readonly onSuccess: string | null;
  readonly onFailure: string | null;
  readonly modifiedAtMs: number;
}
