import { describe, expect, it } from 'vitest';
import type { Downstream } from '../../../simulator/contract/downstream.ts';
import { serve } from './downstream.ts';
import type { InvocationRow, LedgerTable, Versioned } from './ledger-table.ts';
import { watched } from './watched.ts';

type Handlers = Record<string, (event: unknown, context: object) => Promise<unknown>>;

/** A table in memory, as strict about versions as the real one. `beforeReplace` stands for a faster request. */
function tableInMemory(beforeReplace: (table: LedgerTable) => Promise<void> = async () => {}) {
  const documents = new Map<string, Versioned>();
  const rows: InvocationRow[] = [];
  const table: LedgerTable = {
    read: async (name) => documents.get(name) ?? null,
    async replace(name, version, json) {
      await beforeReplace(table);
      if ((documents.get(name)?.version ?? 0) !== version) return false;
      documents.set(name, { json, version: version + 1 });
      return true;
    },
    record: async (row) => void rows.push(row),
  };
  const ledger = (): unknown => JSON.parse(documents.get('downstream charge')?.json ?? 'null');
  return { table, rows, ledger };
}

const charge: Downstream = {
  name: 'charge',
  functionNameParameter: 'ChargeFunctionName',
  serviceTimeMs: 1_500,
  ledger: { log: [] },
  enter(ledger, request) {
    const log = [...(ledger.log as readonly string[]), `enter ${request}`];
    return request === 'known'
      ? { ledger: { log }, answer: 'replayed' }
      : { ledger: { log }, pending: String(request) };
  },
  leave: (ledger, pending) => ({
    ledger: { log: [...(ledger.log as readonly string[]), `leave ${pending}`] },
    answer: `charged ${pending}`,
  }),
};

describe('a downstream in Lambda', () => {
  it('records who enters, works for its service time, records who leaves, and then answers', async () => {
    const { table, ledger } = tableInMemory();
    const waited: [number, unknown][] = [];
    const handler = serve(charge, table, async (delayMs) => void waited.push([delayMs, ledger()]));
    expect(await handler('o-1')).toBe('charged o-1');
    expect(waited).toEqual([[1_500, { log: ['enter o-1'] }]]);
    expect(ledger()).toEqual({ log: ['enter o-1', 'leave o-1'] });
  });

  it('answers at once if no work is pending', async () => {
    const { table, ledger } = tableInMemory();
    const handler = serve(charge, table, () => Promise.reject(new Error('it waited')));
    expect(await handler('known')).toBe('replayed');
    expect(ledger()).toEqual({ log: ['enter known'] });
  });

  it('retries when another request was faster, and loses neither', async () => {
    let others = 3;
    const { table, ledger } = tableInMemory(async (it) => {
      if (others === 0) return;
      others -= 1;
      const found = await it.read('downstream charge');
      const log = (found === null ? [] : JSON.parse(found.json).log) as string[];
      const saved = others;
      others = 0;
      await it.replace('downstream charge', found?.version ?? 0, JSON.stringify({ log: [...log, `other ${saved}`] }));
      others = saved;
    });
    await serve(charge, table, async () => {})('known');
    expect(ledger()).toEqual({ log: ['other 2', 'other 1', 'other 0', 'enter known'] });
  });
});

describe('a watched handler', () => {
  const context = { awsRequestId: 'request-1' };

  it('answers what the learner’s handler answers, and records when it began and ended', async () => {
    const { table, rows } = tableInMemory();
    const { handler } = watched({ handler: async (event: { n: number }) => event.n + 1 }, table) as Handlers;
    expect(await handler?.({ n: 1 }, context)).toBe(2);
    expect(rows).toMatchObject([{ requestId: 'request-1', error: null }]);
    expect(rows[0]?.endedMs).toBeGreaterThanOrEqual(rows[0]?.startedMs ?? Number.POSITIVE_INFINITY);
  });

  it('throws what the learner’s handler throws, and records the error', async () => {
    const { table, rows } = tableInMemory();
    const thrown = new RangeError('too many');
    const { handler } = watched({ handler: () => Promise.reject(thrown) }, table) as Handlers;
    await expect(handler?.({}, context)).rejects.toBe(thrown);
    expect(rows).toMatchObject([{ error: { errorType: 'RangeError', errorMessage: 'too many' } }]);
  });

  it('ignores a row that can’t be written', async () => {
    const table = { record: () => Promise.reject(new Error('no table')) };
    const { handler } = watched({ handler: async () => 'fine' }, table) as Handlers;
    expect(await handler?.({}, context)).toBe('fine');
  });

  it('never passes a warm-up to the learner’s handler, and leaves exports that are no functions as they are', async () => {
    const { table, rows } = tableInMemory();
    const exports = watched({ handler: () => Promise.reject(new Error('it was called')), limit: 5 }, table);
    await (exports as Handlers).handler?.({ 'raceproof/warm-up-ms': 1 }, context);
    expect(rows).toEqual([]);
    expect(exports.limit).toBe(5);
  });
});
