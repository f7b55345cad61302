/**
 * A lab's stack on LocalStack: it gives a scenario its clients, reads the results afterwards, and removes everything.
 *
 * It serves one run. deploy.ts creates it; nothing is judged here.
 */

import type { ScenarioContext } from '../../course/lab.ts';
import { situationsOf } from '../../scenario/situations.ts';
import type { Downstream } from '../../simulator/contract/downstream.ts';
import { type Stack, type TargetRun, TargetTrouble } from '../target.ts';
import type { TargetClients } from './clients.ts';
import { removeStack } from './cloudformation.ts';
import { readInvocations, readLedger, type ScenarioNote, traceOf } from './ledger.ts';
import { removeLogGroups } from './logs.ts';
import type { RunNames } from './names.ts';
import { requestOverNetwork } from './network.ts';
import { pause, pollUntilAnswered, unlessAborted } from './waiting.ts';

/** The interval at which a scenario's condition is polled, and the time that it may take to become true. */
const ASK_EVERY_MS = 250;
const PATIENCE_MS = 60_000;

export interface StackParts {
  readonly clients: TargetClients;
  readonly endpoint: string;
  readonly accountId: string;
  readonly names: RunNames;
  readonly outputs: Readonly<Record<string, string>>;
  readonly notices: readonly string[];
  readonly downstreams: readonly Downstream[];
  /** Tests set a shorter limit. */
  readonly patienceMs?: number;
}

export class LocalStackStack implements Stack {
  readonly #parts: StackParts;
  readonly #notes: ScenarioNote[] = [];
  #destroyed: Promise<void> | null = null;

  constructor(parts: StackParts) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.names.stack;
  }

  get outputs(): Readonly<Record<string, string>> {
    return this.#parts.outputs;
  }

  get notices(): readonly string[] {
    return this.#parts.notices;
  }

  async run(scenario: Parameters<Stack['run']>[0], signal: AbortSignal): Promise<TargetRun> {
    const observation = await unlessAborted(
      scenario.run(this.#context(signal), situationsOf(scenario)[0]),
      signal,
    ).catch((error: unknown) => {
      if (signal.aborted || error instanceof TargetTrouble) throw error;
      const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw new TargetTrouble(`The scenario «${scenario.title}» could not be carried out on LocalStack. ${why}`);
    });
    const rows = await readInvocations(this.#parts.clients.dynamodb, this.#parts.names.ledgerTable);
    return { observation, trace: traceOf(rows, this.#notes) };
  }

  destroy(): Promise<void> {
    this.#destroyed ??= remove(this.#parts);
    return this.#destroyed;
  }

  #context(signal: AbortSignal): ScenarioContext {
    const { clients, outputs, names, downstreams, patienceMs = PATIENCE_MS } = this.#parts;
    const note = (text: string): void => {
      this.#notes.push({ atMs: Date.now(), text });
    };
    const context: ScenarioContext = {
      clients: clients.scenario,
      outputs,
      fetch: (address, request) => requestOverNetwork(address, request, signal),
      note,
      sleep: (delayMs) => pause(delayMs, signal),
      downstream: (name) => readLedger(clients.dynamodb, names.ledgerTable, named(downstreams, name)),
      async waitUntil(what, condition) {
        const ask = async (): Promise<true | null> => ((await condition()) ? true : null);
        const met = await pollUntilAnswered(ask, { everyMs: ASK_EVERY_MS, atMostMs: patienceMs, signal });
        if (met === null) note(`Waited ${Math.round(patienceMs / 1_000)} s for this, and it did not come: ${what}.`);
      },
      together: (lanes) => Promise.all(lanes.map((lane) => lane(context))),
    };
    return context;
  }
}

function named(downstreams: readonly Downstream[], name: string): Downstream {
  const found = downstreams.find((downstream) => downstream.name === name);
  if (found === undefined) throw new Error(`the lab has no downstream «${name}»`);
  return found;
}

/** Removes both stacks and the log groups that Lambda created. A failure does not keep the rest from being removed. */
export async function remove(parts: Pick<StackParts, 'clients' | 'endpoint' | 'accountId' | 'names'>): Promise<void> {
  const { clients, endpoint, accountId, names } = parts;
  const results = [
    await settled(removeStack(clients.cloudformation, names.stack)),
    await settled(removeStack(clients.cloudformation, names.harnessStack)),
    await settled(removeLogGroups(endpoint, accountId)),
  ];
  clients.destroy();
  const failed = results.find((result) => result !== null);
  if (failed !== undefined) throw failed;
}

async function settled(work: Promise<void>): Promise<unknown> {
  try {
    await work;
    return null;
  } catch (error) {
    return error;
  }
}
