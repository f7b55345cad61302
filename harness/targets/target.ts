/**
 * The interface of a target, which turns a lab's template and code into a stack and runs the lab's scenario once against it.
 *
 * Two implementations shaped it: the simulator (a world in this process) and LocalStack (real time, real sockets). A target
 * judges no run, repeats none and knows no lab.
 */

import type { Scenario } from '../course/lab.ts';
import type { TargetName } from '../grader/result.ts';
import type { Downstream } from '../simulator/contract/downstream.ts';
import type { Trace } from '../simulator/trace.ts';

/** One handler's bundle, as `host/bundle.ts` made it. The text is the same on every target. */
export interface HandlerModule {
  /** `bump`: the template's `Handler` without the export. */
  readonly module: string;
  /** An expression that evaluates to the module's factory: `(require, module, exports) => …`. */
  readonly code: string;
}

export interface DeployRequest {
  readonly slug: string;
  readonly template: string;
  readonly modules: readonly HandlerModule[];
  /** Values for the template's parameters, without those that name a downstream. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly downstreams: readonly Downstream[];
  /**
   * The account's limit of concurrent executions, if the scenario sets it. A target that can't set it says so in its notices.
   */
  readonly accountConcurrency?: number;
  readonly signal: AbortSignal;
  /** Reports what is being done, for a person who waits: «making the stack». */
  tell(what: string): void;
}

/** What one run showed. */
export interface TargetRun {
  readonly observation: Readonly<Record<string, unknown>>;
  /** The whole trace in the simulator; elsewhere only `invocation-started`, `invocation-ended`, and the scenario's notes. */
  readonly trace: Trace;
}

/** A deployed template in a fresh state. It serves one run and is then destroyed. */
export interface Stack {
  readonly name: string;
  /** The template's outputs, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What the template asks for and this target does not do. */
  readonly notices: readonly string[];
  /** Runs a scenario once. Rejects with {@link TargetTrouble} when the run could not be carried out. */
  run(scenario: Pick<Scenario, 'title' | 'situations' | 'run'>, signal: AbortSignal): Promise<TargetRun>;
  /** Removes everything that the deployment and the run have made. Can be called twice. */
  destroy(): Promise<void>;
}

export interface Target {
  readonly name: TargetName;
  /** The exact target, for the reader of a result: «LocalStack 4.14.0 at http://127.0.0.1:4566». */
  readonly detail: string;
  /** What a reader should know about it before anything is deployed. */
  readonly notices: readonly string[];
  deploy(request: DeployRequest): Promise<Stack>;
  /** Stops what was started for this target. The caller destroys the stacks first. */
  close(): Promise<void>;
}

/** The target could not do its work, and the learner's code is not to blame. The message is for a person. */
export class TargetTrouble extends Error {
  override name = 'TargetTrouble';
}
