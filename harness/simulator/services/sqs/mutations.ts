/**
 * What the simulated SQS could get wrong about each fact. Read by `npm run mutations` alone.
 */

import type { Mutations } from '../mutation.ts';

export const mutations: Mutations = [
  {
    fact: 'SQ-01',
    name: 'a visibility timeout is 60 seconds unless somebody says otherwise',
    file: 'settings.ts',
    replace: ['visibilityTimeoutSeconds: 30', 'visibilityTimeoutSeconds: 60'],
  },
  {
    fact: 'SQ-01',
    name: 'what a receive says of its visibility timeout is overlooked',
    file: 'receive.ts',
    replace: ["integerOf(input, 'VisibilityTimeout', [0, 43_200], bounds) ?? queue", 'queue'],
  },
  {
    fact: 'SQ-01',
    name: 'a visibility timeout never ends',
    file: 'passing.ts',
    replace: ['message.visibleAtMs > work.nowMs', 'message.visibleAtMs > 0'],
  },
  {
    fact: 'SQ-01',
    name: 'a visibility timeout may be longer than 12 hours',
    file: 'receive.ts',
    replace: ['[0, 43_200], bounds', '[0, 86_400], bounds'],
  },
  {
    fact: 'SQ-01',
    name: 'extensions may exceed 12 hours in all',
    file: 'change.ts',
    replace: ['if (untilMs - (message.receivedAtMs ?? work.nowMs) > LONGEST_SECONDS * 1_000) {', 'if (untilMs < 0) {'],
  },
  {
    fact: 'SQ-02',
    name: 'a new visibility timeout counts from the receive',
    file: 'change.ts',
    replace: [
      'const untilMs = work.nowMs + timeoutSeconds',
      'const untilMs = (message.receivedAtMs ?? 0) + timeoutSeconds',
    ],
  },
  {
    fact: 'SQ-02',
    name: 'a new visibility timeout of 0 leaves a message hidden',
    file: 'change.ts',
    replace: ["  else if (message.place !== 'visible') showAgain(work, queue, message, 'returned');\n", ''],
  },
  {
    fact: 'SQ-02',
    name: 'a visibility timeout that was changed is remembered for the queue',
    file: 'change.ts',
    replace: [
      '  if (timeoutSeconds > 0) hide(queue, message, untilMs);',
      '  queue.settings = { ...queue.settings, visibilityTimeoutSeconds: timeoutSeconds };\n  if (timeoutSeconds > 0) hide(queue, message, untilMs);',
    ],
  },
  {
    fact: 'SQ-03',
    name: 'a receive is not counted',
    file: 'hand-out.ts',
    replace: ['message.receiveCount += 1;', 'message.receiveCount = 1;'],
  },
  {
    fact: 'SQ-03',
    name: 'every receive gives the same receipt handle',
    file: 'receipt-handle.ts',
    replace: ['r${message.receiveCount}`', 'r1`'],
  },
  {
    fact: 'SQ-03',
    name: 'an older handle deletes what somebody else has received since',
    file: 'receipt-handle.ts',
    replace: ['return message.receiveCount === handle.receive;', 'return message.receiveCount >= handle.receive;'],
  },
  {
    fact: 'SQ-03',
    name: 'a deleted message can be received again',
    file: 'change.ts',
    replace: ['  leave(queue, message);\n  remember', '  remember'],
  },
  {
    fact: 'SQ-03',
    name: 'a second delete is an error',
    file: 'change.ts',
    replace: ['    work.looksAtMessages(queue);\n    return null;', '    throw receiptHandleIsInvalid(text);'],
  },
  {
    fact: 'SQ-04',
    name: 'a handle ends with its visibility timeout',
    file: 'change.ts',
    replace: [
      'return isLatest(message, handle) ? message : null;',
      "return isLatest(message, handle) && message.place === 'in-flight' ? message : null;",
    ],
  },
  {
    fact: 'SQ-05',
    name: 'a short poll over the limit finds nothing and no error',
    file: 'receive.ts',
    replace: ["    if (queue.counts['in-flight'] >= MOST_IN_FLIGHT) throw overLimit();\n", ''],
  },
  {
    fact: 'SQ-05',
    name: 'as many messages as there are may be in flight',
    file: 'hand-out.ts',
    replace: [" && queue.counts['in-flight'] < MOST_IN_FLIGHT", ''],
  },
  {
    fact: 'SQ-05',
    name: 'a long poll over the limit is an error',
    file: 'receive.ts',
    replace: [
      "  if (waitSeconds === 0) {\n    if (queue.counts['in-flight'] >= MOST_IN_FLIGHT) throw overLimit();",
      "  if (queue.counts['in-flight'] >= MOST_IN_FLIGHT) throw overLimit();\n  if (waitSeconds === 0) {",
    ],
  },
  {
    fact: 'SQ-06',
    name: 'the visibility of a deleted message can be changed',
    file: 'change.ts',
    replace: ['if (read !== null && queue.messages.has(read.messageNumber)) return;', 'if (read !== null) return;'],
  },
  {
    fact: 'SQ-06',
    name: 'a visibility timeout that is over can not be set again',
    file: 'change.ts',
    replace: [
      '  if (message === null) {\n    if (read',
      "  if (message === null || message.place === 'visible') {\n    if (read !== null && message === null && queue.messages.has(read.messageNumber)) return;\n    if (false && read",
    ],
  },
  {
    fact: 'SQ-07',
    name: 'a message may be larger than its queue allows',
    file: 'send.ts',
    replace: ['if (content.sizeBytes > maximumMessageSizeBytes) {', 'if (content.sizeBytes < 0) {'],
  },
  {
    fact: 'SQ-07',
    name: 'a message has at most 256 KiB',
    file: 'settings.ts',
    replace: ['maximumMessageSizeBytes: 1_048_576', 'maximumMessageSizeBytes: 262_144'],
  },
  {
    fact: 'SQ-07',
    name: 'message attributes weigh nothing',
    file: 'send.ts',
    replace: ['encode(body).length + attributesSizeBytes(messageAttributes)', 'encode(body).length'],
  },
  {
    fact: 'SQ-07',
    name: 'a batch as a whole may be larger',
    file: 'send.ts',
    replace: ['  if (sizeBytes > BATCH_SIZE_BYTES) throw batchTooLong(BATCH_SIZE_BYTES, sizeBytes);\n', ''],
  },
  {
    fact: 'SQ-08',
    name: 'a receive gives two messages unless asked otherwise',
    file: 'receive.ts',
    replace: ["provided.') ?? 1;", "provided.') ?? 2;"],
  },
  {
    fact: 'SQ-08',
    name: 'a receive gives up to 11 messages',
    file: 'receive.ts',
    replace: ['[1, 10]', '[1, 11]'],
  },
  {
    fact: 'SQ-08',
    name: 'a long poll may wait 21 seconds',
    file: 'receive.ts',
    replace: ["'WaitTimeSeconds', [0, 20]", "'WaitTimeSeconds', [0, 21]"],
  },
  {
    fact: 'SQ-08',
    name: 'a long poll does not wait',
    file: 'receive.ts',
    replace: ['  if (waitSeconds === 0) {', '  if (waitSeconds >= 0) {'],
  },
  {
    fact: 'SQ-08',
    name: 'a long poll overlooks what comes while it waits',
    file: 'waiting.ts',
    replace: ['    answerPolls(work, queue);\n', ''],
  },
  {
    fact: 'SQ-08',
    name: 'a long poll is never over',
    file: 'waiting.ts',
    replace: ['if (queue.polls.delete(call)) work', 'if (queue.polls.has(`${call}?`)) work'],
  },
  {
    fact: 'SQ-08',
    name: 'messages are kept for ever',
    file: 'passing.ts',
    replace: ['message.sentAtMs + retentionMs > nowMs', 'message.sentAtMs >= 0'],
  },
  {
    fact: 'SQ-08',
    name: 'messages are kept for a day',
    file: 'settings.ts',
    replace: ['messageRetentionPeriodSeconds: 345_600', 'messageRetentionPeriodSeconds: 86_400'],
  },
  {
    fact: 'SQ-08',
    name: 'a delay is overlooked',
    file: 'send.ts',
    replace: ["place: delaySeconds === 0 ? 'visible' : 'delayed'", "place: 'visible'"],
  },
  {
    fact: 'SQ-08',
    name: 'a delay never ends',
    file: 'passing.ts',
    replace: ['message.visibleAtMs > nowMs', 'message.visibleAtMs > 0'],
  },
  {
    fact: 'SQ-08',
    name: "a queue's delay is overlooked",
    file: 'send.ts',
    replace: ['const { delaySeconds = queueDelaySeconds,', 'const { delaySeconds = 0 * queueDelaySeconds,'],
  },
  {
    fact: 'SQ-09',
    name: 'what was deleted never comes again',
    file: 'change.ts',
    replace: ['const message = inFlight ?? deleted;', 'const message = inFlight ?? (deleted && undefined);'],
  },
  {
    fact: 'SQ-09',
    name: 'what is in flight never comes again',
    file: 'change.ts',
    replace: ['const message = inFlight ?? deleted;', 'const message = deleted;'],
  },
  {
    fact: 'SQ-09',
    name: 'a later message never comes first',
    file: 'hand-out.ts',
    replace: [
      'let next = request.first === undefined ? undefined : visibleById(queue, request.first);',
      'let next = request.first === undefined ? undefined : firstVisible(queue);',
    ],
  },
  {
    fact: 'SQ-10',
    name: 'a message keeps its turn, however often it was received',
    file: 'place.ts',
    replace: ['if (message.receiveCount >= RECEIVES_UNTIL_BACK)', 'if (message.receiveCount < 0)'],
  },
  {
    fact: 'SQ-10',
    name: 'a message goes to the back when it was received twice',
    file: 'place.ts',
    replace: ['RECEIVES_UNTIL_BACK = 3', 'RECEIVES_UNTIL_BACK = 2'],
  },
  {
    fact: 'SQ-11',
    name: 'a queue that does not exist has the name of the old protocol',
    file: 'refusal.ts',
    replace: ["refusal('QueueDoesNotExist'", "refusal('AWS.SimpleQueueService.NonExistentQueue'"],
  },
  {
    fact: 'SQ-11',
    name: 'a receipt handle that was never issued is a 400',
    file: 'refusal.ts',
    replace: ['is not a valid receipt handle.`, 404)', 'is not a valid receipt handle.`, 400)'],
  },
  {
    fact: 'SQ-11',
    name: 'a queue can be purged twice in a minute',
    file: 'change.ts',
    replace: ['PURGE_PAUSE_MS = 60_000', 'PURGE_PAUSE_MS = 0'],
  },
  {
    fact: 'SQ-11',
    name: 'a batch may have eleven entries',
    file: 'batch.ts',
    replace: ['MOST_ENTRIES = 10', 'MOST_ENTRIES = 11'],
  },
  {
    fact: 'SQ-11',
    name: 'entries of a batch may share an id',
    file: 'batch.ts',
    replace: ['if (repeated !== undefined) throw', 'if (repeated === undefined && false) throw'],
  },
  {
    fact: 'SQ-12',
    name: 'one bad entry refuses its batch',
    file: 'batch.ts',
    replace: [
      'if (!(problem instanceof Refusal) || errorOf(problem).code === NOT_SIMULATED) throw problem;',
      'throw problem;',
    ],
  },
  {
    fact: 'SQ-12',
    name: 'entries that failed are not told',
    file: 'batch.ts',
    replace: ['...(failed.length === 0 ? {} : { Failed: failed }),', ''],
  },
  {
    fact: 'SQ-26',
    name: 'a message is received once more than its maximum',
    file: 'redrive.ts',
    replace: [
      'message.receiveCount < redrivePolicy.maxReceiveCount',
      'message.receiveCount <= redrivePolicy.maxReceiveCount',
    ],
  },
  {
    fact: 'SQ-26',
    name: 'a message is received once less than its maximum',
    file: 'redrive.ts',
    replace: [
      'message.receiveCount < redrivePolicy.maxReceiveCount',
      'message.receiveCount + 1 < redrivePolicy.maxReceiveCount',
    ],
  },
  {
    fact: 'SQ-26',
    name: 'a maximum of 1,001 is taken',
    file: 'redrive.ts',
    replace: ['HIGHEST_MAX_RECEIVE_COUNT = 1_000', 'HIGHEST_MAX_RECEIVE_COUNT = 1_001'],
  },
  {
    fact: 'SQ-26',
    name: 'the maximum is 5 unless it is set',
    file: 'redrive.ts',
    replace: ['DEFAULT_MAX_RECEIVE_COUNT = 10', 'DEFAULT_MAX_RECEIVE_COUNT = 5'],
  },
  {
    fact: 'SQ-27',
    name: 'the retention of a dead letter begins anew',
    file: 'redrive.ts',
    replace: ['    number,\n    place', '    number,\n    sentAtMs: work.nowMs,\n    place'],
  },
  {
    fact: 'SQ-27',
    name: 'a dead letter has an id of its own',
    file: 'redrive.ts',
    replace: [
      '    number,\n    place',
      '    number,\n    content: { ...message.content, messageId: `dead-${message.content.messageId}` },\n    place',
    ],
  },
  {
    fact: 'SQ-29',
    name: 'denyAll lets everybody in',
    file: 'redrive.ts',
    replace: [
      "return redriveAllowPolicy.redrivePermission === 'byQueue' && ",
      "return redriveAllowPolicy.redrivePermission !== 'byQueue' || ",
    ],
  },
  {
    fact: 'SQ-29',
    name: 'byQueue lets everybody in',
    file: 'redrive.ts',
    replace: [' && redriveAllowPolicy.sourceQueueArns.includes(sourceArn)', ''],
  },
  {
    fact: 'SQ-29',
    name: 'byQueue takes eleven queues',
    file: 'redrive.ts',
    replace: ['MOST_SOURCES = 10', 'MOST_SOURCES = 11'],
  },
  {
    fact: 'SQ-32',
    name: 'messages of one group wait for each other, as in a FIFO queue',
    file: 'hand-out.ts',
    replace: [
      '    if (next === undefined) break;',
      "    const group = next?.content.messageGroupId ?? null;\n    const isBlocked = [...queue.messages.values()].some((other) => other.place === 'in-flight' && other.content.messageGroupId === group);\n    if (next === undefined || (group !== null && isBlocked)) break;",
    ],
  },
  {
    fact: 'SQ-33',
    name: 'the id of a group does not come back',
    file: 'hand-out.ts',
    replace: ['...(messageGroupId === null ? {} : { MessageGroupId: messageGroupId }),', ''],
  },
  {
    fact: 'SQ-33',
    name: 'the id of a group may have blanks',
    file: 'send.ts',
    replace: ['/^[!-~]{1,128}$/', '/^[ -~]{1,128}$/'],
  },
  {
    fact: 'SQ-33',
    name: 'the id of a group may have 129 characters',
    file: 'send.ts',
    replace: ['/^[!-~]{1,128}$/', '/^[!-~]{1,129}$/'],
  },
];
