/**
 * Type errors as warnings: which ones, where, and that the learner's own settings are not read.
 */

import { describe, expect, it } from 'vitest';
import { checkTypes, startTypeCheck } from './check-types.ts';

describe('the type check', () => {
  it('names file, line and column of the learner’s code', async () => {
    const source =
      "import { GetCommand } from '@aws-sdk/lib-dynamodb';\nexport const handler = async (event: { n: number }) => {\n  const n: string = event.n;\n  return new GetCommand({ Key: n });\n};\n";
    const errors = await checkTypes(
      new Map([
        ['src/bump.ts', source],
        ['template.yaml', 'Resources: {}'],
      ]),
    );
    expect(errors.map(({ message, frame }) => `${frame.file}:${frame.line}:${frame.column} ${message}`)).toEqual([
      "src/bump.ts:3:9 Type 'number' is not assignable to type 'string'. (TS2322)",
      expect.stringMatching(/^src\/bump\.ts:4:\d+ /) as string,
    ]);
  }, 60_000);

  it('finds nothing in code whose types fit', async () => {
    expect(
      await checkTypes(new Map([['src/bump.ts', 'export const handler = async (): Promise<number> => 1;\n']])),
    ).toEqual([]);
  }, 60_000);

  it('follows imports between the files of a lab', async () => {
    const files = new Map([
      ['src/ask.ts', 'export const ask = (): number => 1;\n'],
      ['src/card.ts', "import { ask } from './ask.ts';\nexport const handler = async (): Promise<string> => ask();\n"],
    ]);
    expect((await checkTypes(files)).map(({ message }) => message)).toEqual([
      "Type 'number' is not assignable to type 'string'. (TS2322)",
    ]);
  }, 60_000);

  it('ends at once when it is given up', async () => {
    const check = startTypeCheck(new Map([['src/bump.ts', 'const a: string = 1;']]));
    check.giveUp();
    expect(await check.end).toEqual({ kind: 'given-up' });
  });

  it('says so if TypeScript can’t go through the code, and breaks nothing else', async () => {
    const deep = `export const a = ${'('.repeat(50_000)}1${')'.repeat(50_000)};`;
    expect(await startTypeCheck(new Map([['src/bump.ts', deep]])).end).toMatchObject({ kind: 'failed' });
  }, 60_000);
});
