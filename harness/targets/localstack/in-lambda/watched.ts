/**
 * A learner's handlers as they are deployed: unchanged, except that the begin and end of each invocation are recorded.
 *
 * They are recorded after the handler has ended, so that nothing stands between an event and its handler. An invocation that
 * ends with its process (a timeout, an exit) leaves no row. A warm-up event never reaches the handler.
 */

import { type LedgerTable, sleep } from './ledger-table.ts';

type Handler = (event: unknown, context: { readonly awsRequestId: string }) => unknown;

/** An event of this shape only keeps an execution environment busy for a while, so that others are created beside it. */
export interface WarmUp {
  readonly 'raceproof/warm-up-ms': number;
}

/** The exports of a learner's module, each function wrapped. */
export function watched(
  exports: Readonly<Record<string, unknown>>,
  table: Pick<LedgerTable, 'record'>,
): Record<string, unknown> {
  const environment = crypto.randomUUID().slice(0, 8);
  const watch =
    (handler: Handler): Handler =>
    // Two parameters, because Lambda takes a third for a sign that the handler wants a callback.
    async (event, context) => {
      const warmUpMs = warmUpOf(event);
      if (warmUpMs !== null) return sleep(warmUpMs);
      const startedMs = preciseNowMs();
      const outcome = await settled(handler, event, context);
      const row = {
        requestId: context.awsRequestId,
        functionName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? '',
        environment,
        startedMs,
        endedMs: preciseNowMs(),
        error: 'thrown' in outcome ? describe(outcome.thrown) : null,
      };
      // A row that can't be written is missing for a check, but it changes nothing for the learner's function.
      await table.record(row).catch(() => undefined);
      if ('thrown' in outcome) throw outcome.thrown;
      return outcome.answer;
    };
  return Object.fromEntries(
    Object.entries(exports).map(([name, value]) => [
      name,
      typeof value === 'function' ? watch(value as Handler) : value,
    ]),
  );
}

type Outcome = { readonly answer: unknown } | { readonly thrown: unknown };

async function settled(handler: Handler, ...given: Parameters<Handler>): Promise<Outcome> {
  try {
    return { answer: await handler(...given) };
  } catch (thrown) {
    return { thrown };
  }
}

/** A clock finer than a millisecond, and the same for all functions of one machine. */
function preciseNowMs(): number {
  return performance.timeOrigin + performance.now();
}

function warmUpOf(event: unknown): number | null {
  if (typeof event !== 'object' || event === null) return null;
  const warmUpMs = (event as Partial<WarmUp>)['raceproof/warm-up-ms'];
  return typeof warmUpMs === 'number' ? warmUpMs : null;
}

function describe(error: unknown): { errorType: string; errorMessage: string } {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return { errorType: error.name, errorMessage: error.message };
}
