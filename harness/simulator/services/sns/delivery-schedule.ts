/**
 * When a delivery that failed is tried again: four phases, 100,015 attempts over 23 days (SN-12).
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html, for endpoints that AWS manages.
 */

/** Attempts without a wait before them; the first of all is one of them (UV-50). */
const IMMEDIATE = 3;
const PRE_BACK_OFF = { attempts: 2, waitMs: 1_000 };
const BACK_OFF = { attempts: 10, fromMs: 1_000, toMs: 20_000 };
const POST_BACK_OFF = { attempts: 100_000, waitMs: 20_000 };

/** The wait after an attempt, which counts from 1, before the next one; null: it was the last. */
export function waitAfterMs(attempt: number): number | null {
  if (attempt < IMMEDIATE) return 0;
  const before = attempt - IMMEDIATE;
  if (before < PRE_BACK_OFF.attempts) return PRE_BACK_OFF.waitMs;
  const backedOff = before - PRE_BACK_OFF.attempts;
  if (backedOff < BACK_OFF.attempts) {
    // UV-51: each wait is longer than the one before by the same factor.
    const { attempts, fromMs, toMs } = BACK_OFF;
    return Math.round(fromMs * (toMs / fromMs) ** (backedOff / (attempts - 1)));
  }
  return backedOff - BACK_OFF.attempts < POST_BACK_OFF.attempts ? POST_BACK_OFF.waitMs : null;
}
