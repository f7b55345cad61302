/**
 * What the simulated event source mapping could get wrong about each fact. Read by `npm run mutations` alone.
 */

import type { Mutations } from '../mutation.ts';

export const mutations: Mutations = [
  {
    fact: 'SE-01',
    name: 'a batch that succeeded stays in the queue',
    file: 'batches.ts',
    replace: ['const deleted = done.length === 0 ? []', 'const deleted = done.length >= 0 ? []'],
  },
  {
    fact: 'SE-01',
    name: 'a batch is deleted when it is given to the function',
    file: 'polling.ts',
    replace: [
      'if (wanted.length > 0) effects.push(...add(',
      "if (wanted.length > 0) effects.push(deletion(mapping, wanted, 'done'), ...add(",
    ],
  },
  {
    fact: 'SE-02',
    name: 'a batch has five messages unless somebody says otherwise',
    file: 'settings.ts',
    replace: ['DEFAULT_BATCH_SIZE = 10', 'DEFAULT_BATCH_SIZE = 5'],
  },
  {
    fact: 'SE-02',
    name: 'a batch of more than ten needs no window',
    file: 'settings.ts',
    replace: ['if (batchSize > MOST_WITHOUT_WINDOW && windowSeconds === 0)', 'if (batchSize < 0)'],
  },
  {
    fact: 'SE-02',
    name: 'a batch may be of 10,001',
    file: 'settings.ts',
    replace: ['MOST_BATCH_SIZE = 10_000', 'MOST_BATCH_SIZE = 10_001'],
  },
  {
    fact: 'SE-02',
    name: 'a batch takes more than its size',
    file: 'polling.ts',
    replace: ['mapping.settings.batchSize - (gathering', '1 + mapping.settings.batchSize - (gathering'],
  },
  {
    fact: 'SE-03',
    name: 'a window may last 301 seconds',
    file: 'settings.ts',
    replace: ['MOST_WINDOW_SECONDS = 300', 'MOST_WINDOW_SECONDS = 301'],
  },
  {
    fact: 'SE-03',
    name: 'a window is overlooked',
    file: 'polling.ts',
    replace: ['if (isFull || windowMs === 0) {', 'if (isFull || windowMs >= 0) {'],
  },
  {
    fact: 'SE-03',
    name: 'a full batch waits for its window',
    file: 'polling.ts',
    replace: ['if (isFull || windowMs === 0) {', 'if (windowMs === 0) {'],
  },
  {
    fact: 'SE-03',
    name: 'a batch may be of more than 6 MB',
    file: 'polling.ts',
    replace: ['MOST_PAYLOAD_BYTES = 6_291_456', 'MOST_PAYLOAD_BYTES = 62_914_560'],
  },
  {
    fact: 'SE-03',
    name: 'the end of a window is overlooked',
    file: 'polling.ts',
    replace: [
      "return batch.state === 'gathering' ? [invoke(state, mapping, batch)] : [];",
      "return batch.state === 'ready' ? [invoke(state, mapping, batch)] : [];",
    ],
  },
  {
    fact: 'SE-04',
    name: 'a visibility timeout may be shorter than the function’s',
    file: 'settings.ts',
    replace: ['queue.visibilityTimeoutMs < target.timeoutMs)', 'queue.visibilityTimeoutMs < 0)'],
  },
  {
    fact: 'SE-04',
    name: 'a visibility timeout must be longer than the function’s',
    file: 'settings.ts',
    replace: ['queue.visibilityTimeoutMs < target.timeoutMs)', 'queue.visibilityTimeoutMs <= target.timeoutMs)'],
  },
  {
    fact: 'SE-05',
    name: 'a mapping begins with one batch at a time',
    file: 'scaling.ts',
    replace: ['FIRST_CONCURRENCY = 5', 'FIRST_CONCURRENCY = 1'],
  },
  {
    fact: 'SE-05',
    name: 'a mapping gains 60 batches a minute',
    file: 'scaling.ts',
    replace: ['RAMP_PER_MINUTE = 300', 'RAMP_PER_MINUTE = 60'],
  },
  {
    fact: 'SE-05',
    name: 'a mapping has at most 1,000 batches',
    file: 'scaling.ts',
    replace: ['MOST_CONCURRENCY = 1_250', 'MOST_CONCURRENCY = 1_000'],
  },
  {
    fact: 'SE-05',
    name: 'a mapping that has nothing left keeps its pollers',
    file: 'scaling.ts',
    replace: ['if (scale !== null) scale.concurrency = Math.min(scale.concurrency, FIRST_CONCURRENCY);', ''],
  },
  {
    fact: 'SE-08',
    name: 'a batch that failed is tried again at once',
    file: 'batches.ts',
    replace: [
      "case 'failed':\n      return letGo(state, mapping, batch, nowMs);",
      "case 'failed':\n      return [invoke(state, mapping, batch)];",
    ],
  },
  {
    fact: 'SE-08',
    name: 'a batch that failed is deleted',
    file: 'outcome.ts',
    replace: ["if (answer.output.FunctionError !== undefined) return { kind: 'failed' };", ''],
  },
  {
    fact: 'SE-08',
    name: 'errors do not scale a mapping down',
    file: 'scaling.ts',
    replace: ["else if (how === 'throttled' || !settings.reportsBatchItemFailures)", "else if (how === 'throttled')"],
  },
  {
    fact: 'SE-09',
    name: 'a maximum of 1 is taken',
    file: 'settings.ts',
    replace: ['least: 2, most: 1_000', 'least: 1, most: 1_000'],
  },
  {
    fact: 'SE-09',
    name: 'a maximum of 1,001 is taken',
    file: 'settings.ts',
    replace: ['least: 2, most: 1_000', 'least: 2, most: 1_001'],
  },
  {
    fact: 'SE-09',
    name: 'a maximum is overlooked',
    file: 'scaling.ts',
    replace: ['settings.maximumConcurrency ?? MOST_CONCURRENCY', 'MOST_CONCURRENCY'],
  },
  {
    fact: 'SE-10',
    name: 'a mapping at its maximum goes on taking messages',
    file: 'polling.ts',
    replace: [
      'if (gathering === null && batchesOf(state, mapping).length >= concurrencyOf(mapping)) return rampUp(mapping, nowMs);',
      '',
    ],
  },
  {
    fact: 'SE-11',
    name: 'a throttled batch is given up at once',
    file: 'batches.ts',
    replace: ['if (nowMs + backOffMs >= batch.visibleAgainAtMs) return', 'if (nowMs + backOffMs >= 0) return'],
  },
  {
    fact: 'SE-11',
    name: 'a throttled batch is tried again although its messages are back',
    file: 'batches.ts',
    replace: ['if (nowMs + backOffMs >= batch.visibleAgainAtMs) return', 'if (nowMs + backOffMs < 0) return'],
  },
  {
    fact: 'SE-11',
    name: 'a throttle is a failure',
    file: 'outcome.ts',
    replace: ["answer.error.status === 429 ? { kind: 'throttled' } : { kind: 'failed' }", "{ kind: 'failed' }"],
  },
  {
    fact: 'SE-11',
    name: 'the back-off stays at a second',
    file: 'batches.ts',
    replace: ['FIRST_BACK_OFF_MS * 2 ** batch.throttles', 'FIRST_BACK_OFF_MS'],
  },
  {
    fact: 'SE-12',
    name: 'a partial answer is overlooked',
    file: 'outcome.ts',
    replace: [
      "if (!partial) return { kind: 'done', messageIds };",
      "if (answer.ok) return { kind: 'done', messageIds };",
    ],
  },
  {
    fact: 'SE-12',
    name: 'a partial answer counts without ReportBatchItemFailures',
    file: 'outcome.ts',
    replace: ["  if (!partial) return { kind: 'done', messageIds };\n", ''],
  },
  {
    fact: 'SE-12',
    name: 'what failed is deleted and the rest comes back',
    file: 'outcome.ts',
    replace: ['messageIds.filter((id) => !failed.includes(id))', 'messageIds.filter((id) => failed.includes(id))'],
  },
  {
    fact: 'SE-12',
    name: 'an unknown id is overlooked',
    file: 'outcome.ts',
    replace: ['if (failed === null || failed.some((id) => !messageIds.includes(id)))', 'if (failed === null)'],
  },
  {
    fact: 'SE-12',
    name: 'an empty id is overlooked',
    file: 'outcome.ts',
    replace: [
      "typeof id === 'string' && id !== '') ? ids : null",
      "typeof id === 'string') ? ids.filter((id) => id !== '') : null",
    ],
  },
  {
    fact: 'SE-12',
    name: 'an empty answer means that all failed',
    file: 'outcome.ts',
    replace: ["if (text === '') return [];", "if (text === '') return null;"],
  },
  {
    fact: 'SE-12',
    name: 'an answer of null means that all failed',
    file: 'outcome.ts',
    replace: ['if (response === null) return [];', 'if (response === null) return null;'],
  },
  {
    fact: 'SE-12',
    name: 'an answer without batchItemFailures means that all failed',
    file: 'outcome.ts',
    replace: ['if (batchItemFailures === undefined || batchItemFailures === null) return [];', ''],
  },
  {
    fact: 'SE-12',
    name: 'an answer that is no JSON means that nothing failed',
    file: 'outcome.ts',
    replace: ['    return undefined;', '    return null;'],
  },
  {
    fact: 'SE-13',
    name: 'failures scale a mapping down although it reports single items',
    file: 'scaling.ts',
    replace: ["else if (how === 'throttled' || !settings.reportsBatchItemFailures)", 'else if (settings !== null)'],
  },
  {
    fact: 'SE-15',
    name: 'what no filter lets through stays in the queue',
    file: 'polling.ts',
    replace: ["  if (unwanted.length > 0) effects.push(deletion(mapping, unwanted, 'filtered'));\n", ''],
  },
  {
    fact: 'SE-15',
    name: 'filters are overlooked',
    file: 'polling.ts',
    replace: [
      'filters.length === 0 || filters.some(({ pattern }) => matches(pattern, message))',
      'filters.length >= 0 || filters.some(({ pattern }) => matches(pattern, message))',
    ],
  },
  {
    fact: 'SE-16',
    name: 'a record does not name its queue',
    file: 'record.ts',
    replace: ['    eventSourceARN: queueArn,\n', ''],
  },
  {
    fact: 'SE-16',
    name: 'records carry attributes as the SDK has them',
    file: 'record.ts',
    replace: ['[name, attributeOf(attribute)]', '[name, attribute]'],
  },
  {
    fact: 'SE-16',
    name: 'records stand alone, not in Records',
    file: 'polling.ts',
    replace: ['JSON.stringify({ Records: records })', 'JSON.stringify(records)'],
  },
  {
    fact: 'SE-17',
    name: 'the same queue and function may have two mappings',
    file: 'operations.ts',
    replace: ['if (same !== undefined) return answered(conflict(same));', ''],
  },
  {
    fact: 'SE-17',
    name: 'a mapping is enabled as soon as it is made',
    file: 'operations.ts',
    replace: ["answer: ok(configuration(mapping, 'Creating'))", 'answer: ok(configuration(mapping))'],
  },
  {
    fact: 'SE-17',
    name: 'a mapping that was switched off goes on',
    file: 'polling.ts',
    replace: ['|| !mapping.settings.enabled ||', '||'],
  },
  {
    fact: 'SE-17',
    name: 'a mapping that was deleted is still found',
    file: 'operations.ts',
    replace: ['  state.mappings.delete(mapping.uuid);\n', ''],
  },
];
