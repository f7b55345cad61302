/**
 * Handlers that would keep a grading from its end: mistakes that people make, and code that means harm.
 *
 * Each replaces one file of a lab's starter. `hostile.ts` beside this file grades them; nothing here is run.
 */

export interface HostileHandler {
  readonly name: string;
  readonly lab: 'lost-update' | 'dedupe';
  /** The file that is replaced, relative to the lab. */
  readonly path: string;
  readonly code: string;
}

const IMPORTS = [
  "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';",
  "import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';",
  "import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';",
  'const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));',
  'const TableName = process.env.TABLE_NAME;',
];

/** Solves `lost-update`, and does something else before. */
function bump(name: string, inside: string, outside = ''): HostileHandler {
  const code = [
    ...IMPORTS,
    'const lambda = new LambdaClient({});',
    outside,
    'export async function handler(event: any) {',
    inside,
    "  const Key = { id: event.counter ?? 'notify-me' };",
    "  const add = { UpdateExpression: 'ADD bumps :one', ExpressionAttributeValues: { ':one': 1 } };",
    "  const { Attributes } = await documents.send(new UpdateCommand({ TableName, Key, ...add, ReturnValues: 'ALL_NEW' }));",
    '  return { count: Attributes?.bumps };',
    '}',
  ];
  return { name, lab: 'lost-update', path: 'src/bump.ts', code: `${code.join('\n')}\n` };
}

/** Handles the payments of `dedupe` with this function body. */
function debit(name: string, inside: string): HostileHandler {
  const code = [
    ...IMPORTS,
    "import { ask } from './ask.ts';",
    "import { eachPayment, type Payment } from './payments.ts';",
    'export const handler = (event: any) => eachPayment(event, debit);',
    'async function debit({ orderId, amount }: Payment): Promise<void> {',
    inside,
    '}',
  ];
  return { name, lab: 'dedupe', path: 'src/debit.ts', code: `${code.join('\n')}\n` };
}

const CLAIM =
  "await documents.send(new PutCommand({ TableName, Item: { orderId }, ConditionExpression: 'attribute_not_exists(orderId)' }));";
const PUTS = (many: number): string =>
  `await Promise.all(Array.from({ length: ${many} }, (_, n) => documents.send(new PutCommand({ TableName, Item: { id: 'x' + n } }))));`;
const DEEP = 20_000;

/** What a learner writes without meaning it. */
export const MISTAKES: readonly HostileHandler[] = [
  debit('no await before the gateway', `${CLAIM}\n  void ask(process.env.GATEWAY_FUNCTION, { orderId, amount });`),
  debit(
    'no await before anything',
    'void ask(process.env.GATEWAY_FUNCTION, { orderId, amount });\n  void documents.send(new PutCommand({ TableName, Item: { orderId } }));',
  ),
  bump('no await before a put', "void documents.send(new PutCommand({ TableName, Item: { id: 'log' } }));"),
  bump('twelve puts at once', PUTS(12)),
  debit(
    'twelve puts at once, dedupe',
    "await Promise.all(Array.from({ length: 12 }, (_, n) => documents.send(new PutCommand({ TableName, Item: { orderId: orderId + '/' + n } }))));\n  await ask(process.env.GATEWAY_FUNCTION, { orderId, amount });",
  ),
  bump(
    '300 reads one after the other',
    "for (let n = 0; n < 300; n += 1) await documents.send(new GetCommand({ TableName, Key: { id: 'x' + n } }));",
  ),
  bump(
    '300 reads at once',
    "await Promise.all(Array.from({ length: 300 }, (_, n) => documents.send(new GetCommand({ TableName, Key: { id: 'x' + n } }))));",
  ),
  bump('10,000 puts at once, not awaited', PUTS(10_000).replace('await', 'void')),
  bump('20,000 timers', 'for (let n = 0; n < 20_000; n += 1) setTimeout(() => {}, n);'),
  bump('an interval', 'setInterval(() => {}, 100);'),
  bump(
    'an interval that calls',
    'setInterval(() => documents.send(new GetCommand({ TableName, Key: { id: "x" } })), 100);',
  ),
  bump('a timer that sets the next', 'const tick = () => { setTimeout(tick, 10); }; tick();'),
  bump(
    'a wait of a million timers',
    'for (let n = 0; n < 1_000_000; n += 1) await new Promise((done) => setTimeout(done, 1));',
  ),
  bump(
    'a very long expression',
    `void (${Array.from({ length: 3_000 }, (_, n) => `(event.a${n} ?? ${n})`).join(' + ')});`,
  ),
  bump(
    'an expression that types take long for',
    `const xs = [${Array.from({ length: 20_000 }, (_, n) => `{ a${n % 50}: ${n} }`).join(', ')}] as const; void xs.map((x) => x);`,
  ),
];

/** What nobody writes by accident. */
export const HOSTILE: readonly HostileHandler[] = [
  bump('deep parentheses', `void ${'('.repeat(DEEP)}1${')'.repeat(DEEP)};`),
  bump('deep arrays', `void ${'['.repeat(DEEP)}1${']'.repeat(DEEP)};`),
  bump(
    'calls itself through Invoke',
    'await lambda.send(new InvokeCommand({ FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME, Payload: "{}" }));',
  ),
  bump(
    'calls itself twice, not awaited',
    'for (const _ of [1, 2]) void lambda.send(new InvokeCommand({ FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME, InvocationType: "Event", Payload: "{}" }));',
  ),
  bump(
    'an item of 30 MB',
    "try { await documents.send(new PutCommand({ TableName, Item: { id: 'big', text: 'x'.repeat(30_000_000) } })); } catch {}",
  ),
  bump(
    'a hundred items of 300 kB',
    "for (let n = 0; n < 100; n += 1) await documents.send(new PutCommand({ TableName, Item: { id: 'big' + n, text: 'x'.repeat(300_000) } }));",
  ),
  bump('recursion', 'const f = (n: number): number => 1 + f(n + 1); f(0);'),
  bump('promises without end', 'const f = (): Promise<void> => Promise.resolve().then(f); await f();'),
  bump('a regular expression that backtracks', "/^(a+)+$/.test('a'.repeat(50) + 'b');"),
  bump('50,000 lines', 'for (let n = 0; n < 50_000; n += 1) console.log("line " + n);'),
  bump('10,000 clients', 'for (let n = 0; n < 10_000; n += 1) new DynamoDBClient({});'),
  bump('a literal of 0.9 MB', `void '${'x'.repeat(900_000)}';`),
  bump('a module of 5 MB', `void '${'x'.repeat(5_000_000)}';`),
  bump('getters that loop', 'const it = { get a(): number { for (;;); } }; JSON.stringify(it);'),
  bump(
    'an async generator without end',
    'async function* all() { for (let n = 0; ; n += 1) yield n; }\n  for await (const _ of all());',
  ),
  bump('a second of computing in every step', 'for (const end = 3e8, n = { n: 0 }; n.n < end; n.n += 1);'),
  bump(
    '300 ms of computing at every call',
    'for (let call = 0; call < 30; call += 1) {\n    for (let n = 0; n < 2e8; n += 1);\n    await documents.send(new GetCommand({ TableName, Key: { id: "x" } }));\n  }',
  ),
  bump('an answer that throws', 'return new Proxy({}, { ownKeys() { for (;;); } }) as any;'),
  bump(
    'retries without end',
    "for (;;) try { await documents.send(new PutCommand({ TableName: 'none', Item: { id: 'x' } })); break; } catch {}",
  ),
];
