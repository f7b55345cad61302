/**
 * Ways in which the simulated DynamoDB could get each fact wrong. Only `npm run mutations` reads them.
 */

import type { Mutations } from '../../contract/mutation.ts';

const mutations: Mutations = [
  {
    fact: 'DD-01',
    name: 'a failed condition writes all the same',
    file: 'item-write.ts',
    replace: [
      'if (write.condition !== undefined && !holds(write.condition, before ?? NO_ITEM)) return',
      'if (write.condition === null) return',
    ],
  },
  {
    fact: 'DD-01',
    name: 'a failed condition is no error',
    file: 'operations/write-one.ts',
    replace: [
      "if (judgement.kind === 'fails') return readOutcome(conditionFailed(write, judgement.before), [path]);",
      "if (judgement.kind === 'fails') return readOutcome({ ok: true, output: {} }, [path]);",
    ],
  },
  {
    fact: 'DD-01',
    name: 'a failed condition always shows the item',
    file: 'item-write.ts',
    replace: ['write.showOnFailure && before !== undefined', 'before !== undefined'],
  },
  {
    fact: 'DD-01',
    name: 'a failed condition never shows the item',
    file: 'item-write.ts',
    replace: ['write.showOnFailure && before !== undefined', 'false'],
  },
  {
    fact: 'DD-01',
    name: 'a failed condition shows an item that is not there',
    file: 'item-write.ts',
    replace: [
      'write.showOnFailure && before !== undefined ? { Item: before }',
      'write.showOnFailure ? { Item: before ?? {} }',
    ],
  },
  {
    fact: 'DD-02',
    name: 'ADD sets',
    file: 'expression/apply-update.ts',
    replace: ['value === undefined ? change.value : added(value, change.value)', 'change.value'],
  },
  {
    fact: 'DD-02',
    name: 'an addition keeps its left side',
    file: 'expression/apply-update.ts',
    replace: ['addNumbers(left.N, right.N)', "addNumbers(left.N, '0')"],
  },
  {
    fact: 'DD-02',
    name: 'if_not_exists never looks',
    file: 'expression/apply-update.ts',
    replace: ['return existing ?? operandValue(second, item);', 'return operandValue(second, item) ?? existing;'],
  },
  {
    fact: 'DD-02',
    name: 'an update begins with an empty item',
    file: 'operations/update-item.ts',
    replace: ['before ?? key.attributes', 'key.attributes'],
  },
  {
    fact: 'DD-03',
    name: 'a condition is judged without looking at the item',
    file: 'item-write.ts',
    replace: ['!holds(write.condition, before ?? NO_ITEM)', 'before === undefined'],
  },
  {
    fact: 'DD-03',
    name: 'a write is stored before its condition is judged',
    file: 'operations/write-one.ts',
    replace: [
      '    const judgement = judge(write);',
      '    store(write, judge({ ...write, condition: undefined }).after, at);\n    const judgement = judge(write);',
    ],
  },
  {
    fact: 'DD-04',
    name: 'a global index reads consistently',
    file: 'page.ts',
    replace: ["=== true && index?.scope === 'global'", "=== true && index?.scope === 'nowhere'"],
  },
  {
    fact: 'DD-04',
    name: 'no index reads consistently',
    file: 'page.ts',
    replace: ["=== true && index?.scope === 'global'", '=== true && index !== undefined'],
  },
  {
    fact: 'DD-04',
    name: 'only indexes read consistently',
    file: 'page.ts',
    replace: ["=== true && index?.scope === 'global'", "=== true && index?.scope !== 'local'"],
  },
  {
    fact: 'DD-04',
    name: 'every read sees the newest',
    file: 'dynamodb.ts',
    replace: ["moment.mayStrike('stale') ? staleReads(state, call, moment) : []", '[]'],
  },
  {
    fact: 'DD-04',
    name: 'a consistent read of an item may be stale',
    file: 'stale-read.ts',
    replace: [
      "input.ConsistentRead !== true && typeof input.TableName === 'string'",
      "typeof input.TableName === 'string'",
    ],
  },
  {
    fact: 'DD-04',
    name: 'a consistent read of a batch may be stale',
    file: 'stale-read.ts',
    replace: ['isRecord(of) && of.ConsistentRead !== true', 'isRecord(of)'],
  },
  {
    fact: 'DD-04',
    name: 'an item that was deleted is never seen again',
    file: 'item-write.ts',
    replace: [
      "if (at.isAllowed('stale')) replaced.set(key.canonical,",
      "if (at.isAllowed('stale') && after !== undefined) replaced.set(key.canonical,",
    ],
  },
  {
    fact: 'DD-04',
    name: 'a stale read sees the first that was ever written',
    file: 'item-write.ts',
    replace: [
      "if (at.isAllowed('stale')) replaced.set(key.canonical,",
      "if (at.isAllowed('stale') && !replaced.has(key.canonical)) replaced.set(key.canonical,",
    ],
  },
  {
    fact: 'DD-09',
    name: 'a transactional read may be stale',
    file: 'stale-read.ts',
    replace: [
      'default:\n      return [];',
      "default:\n      return operation === 'TransactGetItems' ? ['Things'] : [];",
    ],
  },
  {
    fact: 'DD-17',
    name: 'no read misses a write',
    file: 'dynamodb.ts',
    replace: ["moment.mayStrike('stale') ? staleReads(state, call, moment) : []", '[]'],
  },
  {
    fact: 'DD-17',
    name: 'a read may be stale for ever',
    file: 'stale-read.ts',
    replace: ['nowMs - atMs <= STALE_FOR_MS', 'nowMs >= atMs'],
  },
  {
    fact: 'DD-17',
    name: 'a read is stale within the instant of the write only',
    file: 'stale-read.ts',
    replace: ['nowMs - atMs <= STALE_FOR_MS', 'nowMs === atMs'],
  },
  {
    fact: 'DD-17',
    name: 'a stale read misses writes of other items as well',
    file: 'stale-read.ts',
    replace: [
      'const items = new Map(table.items);',
      'const items = new Map(table.items);\n  for (const [other, { item: was }] of table.replaced) if (was === undefined) items.delete(other); else items.set(other, was);',
    ],
  },
  {
    fact: 'DD-17',
    name: 'what is replaced is kept without a budget',
    file: 'item-write.ts',
    replace: ["if (at.isAllowed('stale')) replaced.set(", 'replaced.set('],
  },
  {
    fact: 'DD-17',
    name: 'a read that would answer the same counts as stale',
    file: 'stale-read.ts',
    replace: ['if (stale === null || textOf(stale) === freshText) return [];', 'if (stale === null) return [];'],
  },
  {
    fact: 'DD-17',
    name: 'the order of the answers depends on the order of the writes',
    file: 'stale-read.ts',
    replace: ['recent.sort(([a], [b]) => (a < b ? -1 : 1)).map(', 'recent.map('],
  },
  {
    fact: 'DD-05',
    name: 'a transaction writes its first item alone',
    file: 'operations/transact-write-items.ts',
    replace: ['const notes = writes.flatMap(', 'const notes = writes.slice(0, 1).flatMap('],
  },
  {
    fact: 'DD-05',
    name: 'a cancelled transaction writes what it could',
    file: 'operations/transact-write-items.ts',
    replace: [
      'if (isCancelled(reasons)) {\n',
      "if (isCancelled(reasons)) {\n    for (const each of judged) if ('judgement' in each && each.judgement.kind === 'passes') store(each.action.write, each.judgement.after, at);\n",
    ],
  },
  {
    fact: 'DD-05',
    name: 'a condition check counts as a write',
    file: 'operations/transact-write-items.ts',
    replace: ["passed.filter(({ action }) => action.kind !== 'ConditionCheck')", 'passed'],
  },
  {
    fact: 'DD-05',
    name: 'one item may have two actions',
    file: 'transaction.ts',
    replace: ['if (new Set(paths).size === paths.length) return;', 'if (paths.length > 0) return;'],
  },
  {
    fact: 'DD-05',
    name: 'a transaction has at most 99 actions',
    file: 'transaction.ts',
    replace: ['MAX_ACTIONS = 100', 'MAX_ACTIONS = 99'],
  },
  {
    fact: 'DD-05',
    name: 'a transaction may have 101 actions',
    file: 'transaction.ts',
    replace: ['MAX_ACTIONS = 100', 'MAX_ACTIONS = 101'],
  },
  {
    fact: 'DD-05',
    name: 'a transaction may be of more than 4 MB',
    file: 'transaction.ts',
    replace: ['if (bytes <= MAX_BYTES) return;', 'if (bytes >= 0) return;'],
  },
  {
    fact: 'DD-06',
    name: 'reasons stand in another order',
    file: 'cancellation.ts',
    replace: ['CancellationReasons: reasons', 'CancellationReasons: reasons.toReversed()'],
  },
  {
    fact: 'DD-06',
    name: 'reasons are given for the guilty alone',
    file: 'cancellation.ts',
    replace: ['CancellationReasons: reasons', "CancellationReasons: reasons.filter(({ Code }) => Code !== 'None')"],
  },
  {
    fact: 'DD-06',
    name: 'a transaction stops at its first reason',
    file: 'operations/transact-write-items.ts',
    replace: [
      'const reasons = judged.map(({ reason }) => reason);',
      "const reasons = judged.map(({ reason }) => reason).slice(0, 1 + judged.findIndex(({ reason }) => reason.Code !== 'None'));",
    ],
  },
  {
    fact: 'DD-06',
    name: 'what is wrong with one item is wrong with the request',
    file: 'cancellation.ts',
    replace: ['!(problem instanceof ItemRefusal)', 'problem instanceof ItemRefusal'],
  },
  {
    fact: 'DD-06',
    name: 'what is wrong with the request is a reason for cancellation',
    file: 'cancellation.ts',
    replace: ['!(problem instanceof ItemRefusal)', "!('answer' in Object(problem))"],
  },
  {
    fact: 'DD-06',
    name: 'a reason never shows the item',
    file: 'cancellation.ts',
    replace: ['item === undefined ? reason : { ...reason, Item: item }', 'reason'],
  },
  {
    fact: 'DD-06',
    name: 'a transaction that meets another is told so for all of its items',
    file: 'transaction-conflict.ts',
    replace: ['theirs.has(item) ?', 'theirs.size > 0 ?'],
  },
  {
    fact: 'DD-07',
    name: 'transactions about other items conflict',
    file: 'transaction-conflict.ts',
    replace: ['theirs.has(item) ?', 'theirs.size > 0 ?'],
  },
  {
    fact: 'DD-07',
    name: 'a plain write is never refused',
    file: 'meetings.ts',
    replace: ["    case 'DeleteItem':\n      return 'plain write';", "    case 'DeleteItem':\n      return null;"],
  },
  {
    fact: 'DD-07',
    name: 'a plain write is cancelled like a transaction',
    file: 'transaction-conflict.ts',
    replace: ["kind === 'plain write' ? REFUSED : cancelled(reasons)", 'cancelled(reasons)'],
  },
  {
    fact: 'DD-07',
    name: 'plain writes refuse each other',
    file: 'transaction-conflict.ts',
    replace: ["(other === 'plain write' && kind !== 'plain write')", "other === 'plain write'"],
  },
  {
    fact: 'DD-07',
    name: 'a transaction does not care for plain writes',
    file: 'transaction-conflict.ts',
    replace: [" || (other === 'plain write' && kind !== 'plain write')", ''],
  },
  {
    fact: 'DD-06',
    name: 'of two transactions one always goes through',
    file: 'transaction-conflict.ts',
    replace: ["return kind === 'transaction' && other === 'transaction';", 'return false;'],
  },
  {
    fact: 'DD-09',
    name: 'a transactional read meets nothing',
    file: 'meetings.ts',
    replace: ["return 'transactional read';", 'return null;'],
  },
  {
    fact: 'DD-07',
    name: 'transactions never conflict',
    file: 'transaction-conflict.ts',
    replace: ['if (!isCancelled(reasons)) return [];', 'if (reasons.length >= 0) return [];'],
  },
  {
    fact: 'DD-08',
    name: 'a token is not remembered',
    file: 'operations/transact-write-items.ts',
    replace: ['  if (token !== undefined) rememberToken(state, token, input, at.nowMs);\n', ''],
  },
  {
    fact: 'DD-08',
    name: 'a token protects a millisecond longer',
    file: 'client-request-token.ts',
    replace: ['>= TOKEN_LIFETIME_MS', '> TOKEN_LIFETIME_MS'],
  },
  {
    fact: 'DD-08',
    name: 'a token protects for five minutes',
    file: 'client-request-token.ts',
    replace: ['10 * 60 * 1000', '5 * 60 * 1000'],
  },
  {
    fact: 'DD-08',
    name: 'a token covers any request',
    file: 'client-request-token.ts',
    replace: ['if (canonicalText(used.request) === canonicalText(input.TransactItems))', 'if (used.request)'],
  },
  {
    fact: 'DD-08',
    name: 'a cancelled transaction uses its token up',
    file: 'operations/transact-write-items.ts',
    replace: [
      'if (isCancelled(reasons)) {\n',
      'if (isCancelled(reasons)) {\n    if (token !== undefined) rememberToken(state, token, input, at.nowMs);\n',
    ],
  },
  {
    fact: 'DD-09',
    name: 'answers leave out what is not there',
    file: 'operations/transact-get-items.ts',
    replace: ['ok({ Responses: responses })', "ok({ Responses: responses.filter((each) => 'Item' in each) })"],
  },
  {
    fact: 'DD-09',
    name: 'a transaction has looked at its first item only',
    file: 'operations/transact-get-items.ts',
    replace: [
      'readOutcome(ok({ Responses: responses }), paths)',
      'readOutcome(ok({ Responses: responses }), paths.slice(0, 1))',
    ],
  },
  {
    fact: 'DD-10',
    name: 'a batch takes 26 writes',
    file: 'operations/batch-write-item.ts',
    replace: ['MAX_WRITES = 25', 'MAX_WRITES = 26'],
  },
  {
    fact: 'DD-10',
    name: 'a batch takes 24 writes',
    file: 'operations/batch-write-item.ts',
    replace: ['MAX_WRITES = 25', 'MAX_WRITES = 24'],
  },
  {
    fact: 'DD-10',
    name: 'a batch overlooks conditions',
    file: 'operations/batch-write-item.ts',
    replace: ["new Set(['Item'])", "new Set(['Item', 'ConditionExpression'])"],
  },
  {
    fact: 'DD-11',
    name: 'an expired item is not read',
    file: 'operations/get-item.ts',
    replace: [
      'const item = table.items.get(key.canonical)?.attributes;',
      "const found = table.items.get(key.canonical)?.attributes;\n  const item = found !== undefined && 'expires' in found ? undefined : found;",
    ],
  },
  {
    fact: 'DD-11',
    name: 'setting TTL deletes what has expired',
    file: 'operations/time-to-live.ts',
    replace: [
      'const paths = [tablePath(name)];',
      'if (enabled) table.items.clear();\n  const paths = [tablePath(name)];',
    ],
  },
  {
    fact: 'DD-11',
    name: 'TTL is described as if it were off',
    file: 'operations/time-to-live.ts',
    replace: ['timeToLiveAttribute: enabled ? attribute : null', 'timeToLiveAttribute: null'],
  },
  {
    fact: 'DD-11',
    name: 'TTL may be set again',
    file: 'operations/time-to-live.ts',
    replace: ['if (enabled === (current !== null)) {', 'if (!enabled && current === null) {'],
  },
  {
    fact: 'DD-13',
    name: 'a batch answers with the name although it was asked by the ARN',
    file: 'operations/batch-get-item.ts',
    replace: ['responses[named] = found;', 'responses[table.definition.name] = found;'],
  },
  {
    fact: 'DD-13',
    name: 'an ARN is another name in footprints',
    file: 'dynamodb.ts',
    replace: ['[tablePath(nameInTableArn(name))]', '[tablePath(name)]'],
  },
  {
    fact: 'DD-14',
    name: 'tags are shown in descriptions',
    file: 'table-definition.ts',
    replace: [
      'deletionProtection: input.DeletionProtectionEnabled === true,',
      'deletionProtection: input.DeletionProtectionEnabled === true || input.Tags !== undefined,',
    ],
  },
  {
    fact: 'DD-15',
    name: 'the description of a deleted table has its keys',
    file: 'table-description.ts',
    replace: ["(status !== 'DELETING' && describeKeys(definition))", '(describeKeys(definition))'],
  },
  {
    fact: 'DD-15',
    name: 'a table that is created again has the id of the first',
    file: 'table-definition.ts',
    replace: ['(state.generations.get(name) ?? 0) + 1', '1'],
  },
  {
    fact: 'DD-15',
    name: 'an index has the throughput of its table',
    file: 'table-description.ts',
    replace: ['(own ?? billing.throughput)', 'billing.throughput'],
  },
  {
    fact: 'DD-16',
    name: 'a put without its key has the message of PutItem',
    file: 'operations/batch-write-item.ts',
    replace: ['value === undefined || typeOf(value) !== type', 'value !== undefined && typeOf(value) !== type'],
  },
];

export default mutations;
