/**
 * Handlers may import npm packages of the engineer's own: pure code runs, and what reaches for the machine is refused by name.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { type ExploredWorld, explore } from 'raceproof';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { queueTemplate } from './queue-template-for-tests.ts';

let project = '';

/** A project with packages of its own: ESM and CommonJS, one that needs another, and some that no handler can have. */
const PACKAGES = {
  'money/package.json':
    '{ "name": "money", "version": "1.0.0", "type": "module", "exports": { ".": "./index.js", "./vat": { "node": "./vat.js" } } }',
  'money/index.js': "import cents from 'to-cents';\nexport const format = (amount) => cents(amount) + ' ct';",
  'money/vat.js': 'export const vat = 19;',
  'to-cents/package.json': '{ "name": "to-cents", "version": "1.0.0", "main": "lib/main" }',
  'to-cents/lib/main.js': "const { factor } = require('./factor.json');\nmodule.exports = (amount) => amount * factor;",
  'to-cents/lib/factor.json': '{ "factor": 100 }',
  'reads-files/package.json': '{ "name": "reads-files", "version": "1.0.0", "main": "index.js" }',
  'reads-files/index.js':
    "const { readFileSync } = require('fs');\nexports.passwords = () => readFileSync('/etc/passwd', 'utf8');",
  'needs-more/package.json': '{ "name": "needs-more", "version": "1.0.0", "main": "index.js" }',
  'needs-more/index.js': "module.exports = require('not-installed');",
  'feels-its-way/package.json': '{ "name": "feels-its-way", "version": "1.0.0", "main": "index.js" }',
  'feels-its-way/index.js': `
    exports.found = [];
    try { new Function(''); exports.found.push('eval'); } catch {}
    try { exports.found.push(require('supports-color')); } catch ({ code }) { exports.found.push(code); }
    exports.generate = () => new Function('return 1');`,
  'compiled/package.json': '{ "name": "compiled", "version": "1.0.0", "main": "build.node" }',
  'compiled/build.node': '',
};

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'raceproof-project-'));
  for (const [path, text] of Object.entries(PACKAGES)) {
    const file = join(project, 'node_modules', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  writeFileSync(join(project, 'template.yaml'), queueTemplate('sell'));
  mkdirSync(join(project, 'src'));
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** What the handler of this source answers. */
async function answerOf(source: string): Promise<unknown> {
  writeFileSync(join(project, 'src', 'sell.ts'), source);
  let answer: unknown;
  await explore(
    { template: join(project, 'template.yaml'), code: join(project, 'src') },
    async ({ clients }: ExploredWorld) => {
      const { Payload } = await clients.lambda.send(new InvokeCommand({ FunctionName: 'sell' }));
      answer = JSON.parse(Payload?.transformToString() ?? 'null');
    },
  );
  return answer;
}

it('runs packages that are pure code, in either module system, with their own packages and their own subpaths', async () => {
  const source = `
    import { format } from 'money';
    import { vat } from 'money/vat';
    export const handler = async () => [format(42), vat];`;
  expect(await answerOf(source)).toEqual(['4200 ct', 19]);
});

it('runs packages beside the SDK that is simulated, which is never taken from node_modules', async () => {
  const source = `
    import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
    import { format } from 'money';
    export const handler = async () => {
      const { TableNames } = await new DynamoDBClient({}).send(new ListTablesCommand({}));
      return [TableNames?.length, format(1)];
    };`;
  expect(await answerOf(source)).toEqual([1, '100 ct']);
});

it('lets a package try what it can do without, as long as it catches the error', async () => {
  const source = `
    import { found } from 'feels-its-way';
    export const handler = async () => found;`;
  expect(await answerOf(source)).toEqual(['MODULE_NOT_FOUND']);
});

it('says which package of a package is missing when it is needed', async () => {
  const source = "import more from 'needs-more';\nexport const handler = async () => more;";
  expect(await answerOf(source)).toMatchObject({
    errorMessage: "Cannot find module 'not-installed'. Install it beside your handlers.",
  });
});

it('says what a package tried if it can’t do without', async () => {
  const source = "import { generate } from 'feels-its-way';\nexport const handler = async () => generate();";
  await expect(answerOf(source)).rejects.toThrow(
    'A package that your code imports uses new Function. A lab runs no code from strings.',
  );
});

it.each([
  ['a package that reads files, when it is loaded', 'reads-files', 'passwords', /node:fs|«fs»/],
  [
    'a package that is not installed',
    'nowhere',
    'x',
    /src\/sell\.ts:1[\s\S]*«nowhere» was not found in the node_modules of .*src or above\. Install it there\.|«nowhere» was not found/,
  ],
  ['a package that is not JavaScript', 'compiled', 'x', /build\.node is not JavaScript/],
  [
    'a client of a service that is not simulated',
    '@aws-sdk/client-s3',
    'S3Client',
    /«@aws-sdk\/client-s3» is not simulated\. There are: .*@aws-sdk\/client-dynamodb/,
  ],
  ['a file beside the code folder', '../secret', 'x', /«\.\.\/secret» is not one of/],
])('refuses %s', async (_, name, member, sentence) => {
  const source = `import { ${member} } from '${name}';\nexport const handler = async () => ${member}();`;
  await expect(answerOf(source)).rejects.toThrow(sentence);
});
