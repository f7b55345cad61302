/**
 * Puts account events on the stream. The bank's core system calls it with events in order, and calls again with all of them if it fails.
 */

import { setTimeout } from 'node:timers/promises';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import type { AccountEvent } from './account.ts';

const kinesis = new KinesisClient({});
const StreamName = process.env.STREAM_NAME;
/** The most records that may be on their way to the stream without an answer. */
const HIGH_WATER_MARK = Number(process.env.HIGH_WATER_MARK);
const PAUSE_MS = 100;

export const handler = async ({ events }: { readonly events: readonly AccountEvent[] }): Promise<object> => {
  const places = new Places(HIGH_WATER_MARK);
  const lines = [...Map.groupBy(events, ({ account }) => account).values()];
  await Promise.all(lines.map((line) => putAll(line, places)));
  return { published: events.length };
};

async function putAll(line: readonly AccountEvent[], places: Places): Promise<void> {
  for (const event of line) {
    await places.take();
    let isTaken = await put(event);
    places.giveBack();
    // What the stream has refused is tried again until it is taken.
    while (!isTaken) {
      await setTimeout(PAUSE_MS);
      isTaken = await put(event);
    }
  }
}

async function put(event: AccountEvent): Promise<boolean> {
  try {
    const Data = Buffer.from(JSON.stringify(event));
    await kinesis.send(new PutRecordCommand({ StreamName, Data, PartitionKey: event.account }));
    return true;
  } catch (error) {
    console.error(event, error);
    return false;
  }
}

/** As many places as records may be on their way. */
class Places {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(free: number) {
    this.#free = free;
  }

  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
