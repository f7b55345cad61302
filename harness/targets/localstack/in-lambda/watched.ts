/**
 * A learner's handlers as they are deployed: unchanged, but when each invocation began and ended is written down.
 *
 * Written down after the handler has come to its end, so that nothing stands between an event and its handler. An
 * invocation that ends with its process (a timeout, an exit) leaves no row. A warm-up event never reaches the handler.
 */

import { type DeployedConfig, preciseNowMs, recordInvocation, sleep } from './ledger-table.ts';

type Handler = (event: unknown, context: { readonly awsRequestId: string }) => unknown;

/** An event of this shape only keeps an execution environment busy for a while, so that others are made beside it. */
export interface WarmUp {
  readonly 'raceproof/warm-up-ms': number;
}

/** The exports of a learner's module, each function watched. */
export function watched(exports: Readonly<Record<string, unknown>>, config: DeployedConfig): Record<string, unknown> {
  const environment = crypto.randomUUID().slice(0, 8);
  const watch =
    (handler: Handler): Handler =>
    // With two parameters, as Lambda takes a third for a sign that the handler wants a callback.
    async (event, context) => {
      const warmUpMs = warmUpOf(event);
      if (warmUpMs !== null) return sleep(warmUpMs);
      const startedMs = preciseNowMs();
      const written = (error: unknown): Promise<void> =>
        recordInvocation(config.ledgerTable, {
          requestId: context.awsRequestId,
          functionName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? '',
          environment,
          startedMs,
          endedMs: preciseNowMs(),
          error: error === null ? null : describe(error),
        });
      try {
        const answer = await handler(event, context);
        await written(null);
        return answer;
      } catch (error) {
        await written(error);
        throw error;
      }
    };
  return Object.fromEntries(
    Object.entries(exports).map(([name, value]) => [
      name,
      typeof value === 'function' ? watch(value as Handler) : value,
    ]),
  );
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
