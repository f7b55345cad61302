/**
 * Request ids and idempotency tokens: unique, and the same in every equal run.
 *
 * They are made of one number that is drawn from the world when an environment starts, and of counters. They don't use the
 * stream behind the learner's `Math.random`, which must not depend on the way a call takes.
 */

export interface Ids {
  /** For `$metadata.requestId`. */
  requestId(): string;
  /** For members with the idempotency trait, as the SDK fills them in. */
  idempotencyToken(): string;
  /** For the SDK's own use: names of requests that no code sees. */
  hidden(): string;
  /** Restarts the counters. `fraction` in [0, 1) distinguishes this environment from others. */
  restart(fraction: number): void;
}

const REQUEST = 0x52455155;
const TOKEN = 0x544f4b45;
const HIDDEN = 0x48494445;

export function makeIds(): Ids {
  let seed = 0;
  const counts = new Map<number, number>();
  const next = (purpose: number): string => {
    const count = (counts.get(purpose) ?? 0) + 1;
    counts.set(purpose, count);
    return uuid(seed, purpose, count);
  };
  return {
    requestId: () => next(REQUEST),
    idempotencyToken: () => next(TOKEN),
    hidden: () => next(HIDDEN),
    restart(fraction) {
      seed = Math.floor(fraction * 0x1_0000_0000);
      counts.clear();
    },
  };
}

function uuid(seed: number, purpose: number, count: number): string {
  const start = mix(mix(mix(seed) ^ purpose) ^ count);
  const word = (part: number): string => (mix(start + Math.imul(part, 0x9e3779b9)) >>> 0).toString(16).padStart(8, '0');
  const hex = word(1) + word(2) + word(3) + word(4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The finaliser of MurmurHash3: spreads every bit over the word. */
function mix(value: number): number {
  let word = value | 0;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}
