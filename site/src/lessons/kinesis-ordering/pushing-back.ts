/**
 * A producer that is faster than its stream, run for real: a WritableStream with a high-water mark, in the reader's browser or in Node.
 *
 * It measures and decides nothing: how many records wait is what the stream says of itself. No simulator is in it, and no picture.
 */

export interface Producing {
  readonly records: number;
  /** From how many waiting records on the stream asks its producer to pause. */
  readonly highWaterMark: number;
  /** Whether the producer pauses when the stream asks for it. */
  readonly heeds: boolean;
  /** Resolves when the far end has taken one record. */
  readonly take: () => Promise<void>;
}

export interface Waiting {
  readonly taken: number;
  /** Records that were handed to the stream and have not been taken; they are in memory. */
  readonly waiting: number;
  readonly mostWaiting: number;
}

/** Writes all records, and tells after each change how many wait. */
export async function produce(producing: Producing, tell: (now: Waiting) => void = () => {}): Promise<Waiting> {
  const { records, highWaterMark, heeds, take } = producing;
  let now: Waiting = { taken: 0, waiting: 0, mostWaiting: 0 };
  const write = async (): Promise<void> => {
    await take();
    now = { ...now, taken: now.taken + 1 };
  };
  const writer = new WritableStream({ write }, new CountQueuingStrategy({ highWaterMark })).getWriter();
  const look = (): void => {
    const waiting = highWaterMark - (writer.desiredSize ?? highWaterMark);
    now = { ...now, waiting, mostWaiting: Math.max(now.mostWaiting, waiting) };
    tell(now);
  };
  const written: Promise<void>[] = [];
  for (let record = 1; record <= records; record += 1) {
    if (heeds) await writer.ready;
    written.push(writer.write(record).then(look));
    look();
  }
  await Promise.all(written);
  await writer.close();
  return now;
}
