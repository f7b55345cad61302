/**
 * The target LocalStack: a running one if there is one, else a container for the duration of one grading.
 *
 * Each grading uses its own account, which LocalStack creates on the first request. ../README.md says what it can show of a
 * run, and what it can't.
 */

import type { DeployRequest, HandlerModule, Stack, Target } from '../target.ts';
import { TargetTrouble } from '../target.ts';
import { type PackedCode, packDownstream, packHandler } from './bundle-function.ts';
import { type StartedLocalStack, startContainer } from './container.ts';
import { deployOn } from './deploy.ts';
import { findRunning, type RunningLocalStack, versionNotice } from './endpoint.ts';
import { newAccountId } from './names.ts';

export interface OpenOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The file that exports `findLab`: downstreams are bundled from it. */
  readonly labsModule: string;
  tell(what: string): void;
  readonly signal: AbortSignal;
  /** Tests pass another way to get a container. */
  readonly start?: (tell: (what: string) => void) => Promise<StartedLocalStack>;
  /** Tests pass another usual address of LocalStack. */
  readonly usual?: string;
}

/** Finds or starts a LocalStack. Rejects with a {@link TargetTrouble} that says what to start. */
export async function openLocalStack(options: OpenOptions): Promise<Target> {
  const { env, labsModule, tell, signal, start = startContainer, usual } = options;
  const running = await findRunning(env, usual);
  if (running !== null) return new LocalStackTarget(running, labsModule, async () => {});
  const started = await start(tell);
  if (signal.aborted) {
    await started.stop();
    throw signal.reason;
  }
  return new LocalStackTarget(started, labsModule, () => started.stop());
}

class LocalStackTarget implements Target {
  readonly name = 'localstack';
  readonly #running: RunningLocalStack;
  readonly #labsModule: string;
  readonly #stop: () => Promise<void>;
  readonly #accountId = newAccountId();
  /** Packing takes half a second, and the code is the same in every run. */
  readonly #packed = new Map<string, Promise<PackedCode>>();

  constructor(running: RunningLocalStack, labsModule: string, stop: () => Promise<void>) {
    this.#running = running;
    this.#labsModule = labsModule;
    this.#stop = stop;
  }

  get detail(): string {
    return `LocalStack ${this.#running.version} at ${this.#running.endpoint}`;
  }

  get notices(): readonly string[] {
    const notice = versionNotice(this.#running);
    return notice === null ? [] : [notice];
  }

  deploy(request: DeployRequest): Promise<Stack> {
    const around = {
      endpoint: this.#running.endpoint,
      accountId: this.#accountId,
      handler: (module: string) =>
        this.#once(`handler ${module}`, () => packHandler(moduleNamed(request.modules, module))),
      downstream: (name: string) =>
        this.#once(`downstream ${name}`, () => packDownstream(this.#labsModule, request.slug, name)),
    };
    return deployOn(around, request);
  }

  close(): Promise<void> {
    return this.#stop();
  }

  #once(key: string, make: () => Promise<PackedCode>): Promise<PackedCode> {
    const made = this.#packed.get(key) ?? make();
    this.#packed.set(key, made);
    return made;
  }
}

function moduleNamed(modules: readonly HandlerModule[], name: string): HandlerModule {
  const found = modules.find(({ module }) => module === name);
  if (found === undefined) throw new TargetTrouble(`The handler ${name} was not bundled.`);
  return found;
}
