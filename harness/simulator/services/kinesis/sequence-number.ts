/**
 * Sequence numbers: whole numbers that grow within a shard (KI-02), and from a shard to those that replace it.
 *
 * AWS's have 56 digits and mean nothing to a reader. These have as many, and hold which stream of its name, which shard, and which
 * record of it: equal choices give equal numbers. Like AWS's, they are too long for a JavaScript number.
 */

/** What a sequence number stands for. `index` 0 is a shard's beginning, before its first record. */
export interface SequencePlace {
  readonly generation: number;
  readonly shard: number;
  readonly index: number;
}

const FIRST_DIGITS = '49';
const [GENERATION_DIGITS, SHARD_DIGITS, INDEX_DIGITS] = [6, 12, 36];
const FORM = new RegExp(`^${FIRST_DIGITS}(\\d{${GENERATION_DIGITS}})(\\d{${SHARD_DIGITS}})(\\d{${INDEX_DIGITS}})$`);

/** The sequence number of a place. */
export function sequenceNumberOf({ generation, shard, index }: SequencePlace): string {
  return (
    FIRST_DIGITS + digits(generation, GENERATION_DIGITS) + digits(shard, SHARD_DIGITS) + digits(index, INDEX_DIGITS)
  );
}

/** The last sequence number that a shard can have: that of its end. */
export function lastSequenceNumberOf({ generation, shard }: Omit<SequencePlace, 'index'>): string {
  return FIRST_DIGITS + digits(generation, GENERATION_DIGITS) + digits(shard, SHARD_DIGITS) + '9'.repeat(INDEX_DIGITS);
}

/** What a text stands for; null if it is no sequence number. */
export function readSequenceNumber(text: string): SequencePlace | null {
  const [, generation, shard, index] = FORM.exec(text) ?? [];
  if (index === undefined) return null;
  return { generation: Number(generation), shard: Number(shard), index: Number(index) };
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
