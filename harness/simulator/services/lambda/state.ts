/**
 * The state of Lambda: functions, their execution environments, and the invocations that run in them. Plain data only.
 *
 * Deadlines are instants, not timers; the world keeps the agenda. Nothing here decides anything.
 */

import type { CallId } from '../../contract/answer.ts';
import type { EnvironmentSettings } from '../../contract/code.ts';
import type { Chained } from '../../contract/event-chain.ts';
import type { Alias, EventInvokeConfig, ProvisionedConfig } from './qualifier-settings.ts';

/** How a function was configured; member names as in `CreateFunction`. */
export interface LambdaFunction {
  readonly FunctionName: string;
  /** Without a qualifier. */
  readonly FunctionArn: string;
  /** `$LATEST`, or the number under which this configuration was published (LS-36). */
  readonly Version: string;
  readonly Runtime: string;
  readonly Role: string;
  readonly Handler: string;
  readonly Description: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly settings: EnvironmentSettings;
  /** The ARN of the queue to which events go that were given up (LA-12). */
  readonly deadLetterTargetArn: string | null;
  readonly ephemeralStorageMb: number;
  /** Shown, and without an effect: `x86_64`. */
  readonly architecture: string;
  readonly logGroup: string;
  /** The folder with its code, relative to the lab's. */
  readonly codeFolder: string;
  /** Counted per account. It is part of its request ids, so that no other function ever has it. */
  readonly number: number;
  /** Grows with each change of its configuration. */
  readonly revision: number;
  readonly modifiedAtMs: number;
}

/** A function's address (LS-50). */
export interface FunctionUrl {
  readonly functionName: string;
  /** `https://….lambda-url.us-east-1.on.aws/` */
  readonly url: string;
  readonly authType: 'NONE' | 'AWS_IAM';
  /** As it was given. */
  readonly cors: Readonly<Record<string, unknown>> | null;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
}

/** An event in Lambda's own queue, or one that runs, with the chain that has brought it here. */
export interface AsyncEvent extends Chained {
  /** `bump/event-2`: the event of the second invocation that was asked of this function. */
  readonly id: string;
  /** The number of its next run. */
  number: number;
  readonly functionName: string;
  /** The version or alias that it was sent to; null: to none. */
  readonly qualifier: string | null;
  /** The version that had it last. */
  ranAs: string;
  /** The same for all its runs (LA-04). */
  readonly requestId: string;
  readonly payloadJson: string;
  readonly queuedAtMs: number;
  /** How many copies of it were delivered. */
  copies: number;
  /** The number of runs that have begun: «approximateInvokeCount». Refused runs don't count (LA-18, UV-04). */
  runs: number;
  throttles: number;
}

/** An event, or its record, on its way to the target in the function's settings. */
export interface EventDelivery {
  readonly functionName: string;
  readonly qualifier: string | null;
  readonly requestId: string;
  /** An ARN. */
  readonly target: string;
}

/**
 * `starting`: Init runs; the environment is busy already (LS-17), or it is not allocated yet (LS-11). `idle`: frozen, waiting for work (LS-19). `busy`: one
 * invocation runs. `reset`: its process died; the next invocation runs Init again in it (LS-21).
 */
export type EnvironmentState = 'starting' | 'idle' | 'busy' | 'reset';

export interface Environment {
  readonly id: string;
  /** The number of the invocation for which it was created. */
  readonly number: number;
  readonly functionName: string;
  /** The function as it was when the environment was created: its configuration never changes in it (LS-33). */
  readonly target: LambdaFunction;
  /** The qualified name for which it is provisioned: `bump:live`; null if it was made for a request (LS-11). */
  provisionedFor: string | null;
  /** Whether it may serve: a provisioned one may not before all of its configuration's are initialised (LS-11). */
  isAllocated: boolean;
  /** It was provisioned, and is no more: it ends with its request (UV-75). */
  isRetiring: boolean;
  state: EnvironmentState;
  /** The invocation that it runs, or will run once Init is over. */
  invocation: string | null;
  /** How many processes it has had so far: a process that died is followed by a new one (LS-21). */
  starts: number;
  /** Grows each time the environment becomes free: in timed runs the most recently used one is reused first (UV-01). */
  lastUsed: number;
}

/** The origin of an invocation: a call that waits for the answer (`isUrl`: a request to a function URL), or an event, whose sender does not wait. */
export type Origin =
  | { readonly kind: 'call'; readonly call: CallId; readonly isUrl?: true }
  | { readonly kind: 'event'; readonly event: string; readonly requestId: string };

/** A request that wants to run, its origin, and the chain that has brought it here. */
export interface Candidate extends Chained {
  readonly functionName: string;
  /** The version that is to run. */
  readonly version: string;
  /** The version or alias that the request named; null: none. */
  readonly qualifier: string | null;
  /** Assigned when the request was sent, so that it does not depend on which invocation begins first. */
  readonly number: number;
  readonly payloadJson: string;
  readonly origin: Origin;
}

/** Its chain has passed its function once more. */
export interface Invocation extends Chained {
  /** `bump#2`: the second invocation that was asked of this function. */
  readonly id: string;
  readonly functionName: string;
  /** The version or alias that the request named; null: none. */
  readonly qualifier: string | null;
  readonly environment: string;
  readonly origin: Origin;
  readonly requestId: string;
  readonly payloadJson: string;
  readonly cold: boolean;
  /** The instant at which it times out; null until Invoke begins, since Init does not count (LS-23). */
  deadlineMs: number | null;
}

export interface LambdaState {
  /** Concurrent executions of the account (LS-01). */
  readonly accountConcurrency: number;
  /** The units that no reservation may use (LS-04). */
  readonly unreservedFloor: number;
  /**
   * Request-rate and scaling limits (LS-09, LS-10) measure elapsed time, so they are enforced in timed runs only: in
   * exploration calls take no time.
   */
  readonly rates: 'enforced' | 'not-enforced';
  readonly region: string;
  readonly accountId: string;
  /** The calendar time that virtual time 0 stands for: records of events carry the time. */
  readonly epochMs: number;
  /** The unpublished versions, by function name. */
  readonly functions: Map<string, LambdaFunction>;
  /** Published versions by qualified name: `bump:2`. */
  readonly versions: Map<string, LambdaFunction>;
  /** What was published last, by function name: its number, and the unpublished version of that moment. */
  readonly published: Map<string, { readonly number: number; readonly of: LambdaFunction }>;
  /** By qualified name: `bump:live`. */
  readonly aliases: Map<string, Alias>;
  /** By qualified name. */
  readonly provisioned: Map<string, ProvisionedConfig>;
  /** Reservations by function name (LS-02). */
  readonly reserved: Map<string, number>;
  /** By qualified name; that of the unpublished version is the function's. */
  readonly eventConfigs: Map<string, EventInvokeConfig>;
  readonly events: Map<string, AsyncEvent>;
  /** Deliveries to a destination or a dead-letter queue that have not been answered, by the name of the request. */
  readonly deliveries: Map<string, EventDelivery>;
  readonly environments: Map<string, Environment>;
  readonly invocations: Map<string, Invocation>;
  /** The functions that may be part of a loop (LS-49). */
  readonly mayLoop: Set<string>;
  /** By function name. */
  readonly urls: Map<string, FunctionUrl>;
  /** Names that a learner knows, by function name: `bump` rather than `stack-Bump-1K2J`. */
  readonly displayNames: Map<string, string>;
  readonly counters: Map<string, number>;
  /** How many invocations of each function were asked for. */
  readonly asked: Map<string, number>;
  /** Admissions per function (and account) in the current window of one second (LS-09, UV-02). */
  readonly requestWindows: Map<string, { secondStart: number; admitted: number }>;
  /** Scaling allowance per function (LS-10): how many environments may still be created, and the instant of that number. */
  readonly scaling: Map<string, { allowance: number; atMs: number }>;
}

export interface LambdaOptions {
  readonly accountConcurrency: number;
  readonly unreservedFloor?: number | undefined;
  readonly rates: 'enforced' | 'not-enforced';
  readonly region: string;
  readonly accountId: string;
  readonly epochMs: number;
}

/**
 * AWS keeps 100 units unreserved (LS-04); accounts with small quotas keep a tenth of theirs, at least 10 (LS-04: «[50]»,
 * «[10]»).
 */
const UNRESERVED_FLOOR = 100;

/** An account without functions. */
export function newLambda(options: LambdaOptions): LambdaState {
  const { accountConcurrency, unreservedFloor } = options;
  return {
    ...options,
    unreservedFloor: unreservedFloor ?? Math.min(UNRESERVED_FLOOR, Math.max(10, Math.floor(accountConcurrency / 10))),
    functions: new Map(),
    versions: new Map(),
    published: new Map(),
    aliases: new Map(),
    provisioned: new Map(),
    reserved: new Map(),
    eventConfigs: new Map(),
    events: new Map(),
    deliveries: new Map(),
    environments: new Map(),
    invocations: new Map(),
    mayLoop: new Set(),
    urls: new Map(),
    displayNames: new Map(),
    counters: new Map(),
    asked: new Map(),
    requestWindows: new Map(),
    scaling: new Map(),
  };
}

/** A copy that shares what never changes. It is cheap because every run begins with one. */
export function cloneLambda(state: LambdaState): LambdaState {
  const copies = <T extends object>(map: ReadonlyMap<string, T>): Map<string, T> => {
    const copied = new Map<string, T>();
    for (const [key, value] of map) copied.set(key, { ...value });
    return copied;
  };
  return {
    ...state,
    functions: new Map(state.functions),
    versions: new Map(state.versions),
    published: new Map(state.published),
    aliases: new Map(state.aliases),
    provisioned: new Map(state.provisioned),
    reserved: new Map(state.reserved),
    eventConfigs: new Map(state.eventConfigs),
    events: copies(state.events),
    deliveries: new Map(state.deliveries),
    environments: copies(state.environments),
    invocations: copies(state.invocations),
    mayLoop: new Set(state.mayLoop),
    urls: new Map(state.urls),
    displayNames: new Map(state.displayNames),
    counters: new Map(state.counters),
    asked: new Map(state.asked),
    requestWindows: copies(state.requestWindows),
    scaling: copies(state.scaling),
  };
}

/** The next number of a series that belongs to this world alone: 1, 2, 3 … */
export function nextNumber({ counters }: LambdaState, series: 'functions' | 'uses'): number {
  return nextOf(counters, series);
}

/** The number of the next environment that is provisioned for a version: 1, 2, 3 … */
export function nextProvisioned({ counters }: LambdaState, version: string): number {
  return nextOf(counters, `provisioned for ${version}`);
}

/** The number of the next invocation of a function: 1, 2, 3 … */
export function nextInvocation({ asked }: LambdaState, functionName: string): number {
  return nextOf(asked, functionName);
}

function nextOf(numbers: Map<string, number>, name: string): number {
  const next = (numbers.get(name) ?? 0) + 1;
  numbers.set(name, next);
  return next;
}

/** A function's number in its account, from 0. It is part of its request ids. */
export function functionNumber(state: LambdaState, name: string): number {
  return state.functions.get(name)?.number ?? 0;
}
