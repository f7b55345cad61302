/**
 * Type errors as warnings: which ones, where, and that the learner's own settings are not read.
 */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
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

  it('is stopped, and says so, where types multiply until memory is short', async () => {
    const numbers = "type N<T, D extends 0[] = []> = D['length'] extends 300 ? T : N<T | D['length'], [...D, 0]>;";
    const pairs = 'type X<A, B> = A extends number ? (B extends number ? [A, B] : never) : never;';
    const code = `${numbers}\n${pairs}\nexport const y: X<N<1>, N<1>> = 1;\n`;
    const { end } = startTypeCheck(new Map([['src/bump.ts', code]]), { mostMb: 100 });
    const why = { kind: 'failed', why: 'TypeScript took more than 100 MB for this code' };
    expect(await end).toEqual(process.platform === 'linux' ? why : expect.anything());
  }, 60_000);

  it('leaves no folder behind', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'raceproof-test-'));
    vi.stubEnv('TMPDIR', temporary);
    vi.stubEnv('TEMP', temporary);
    await startTypeCheck(new Map([['src/bump.ts', 'export const a = 1;']])).end;
    vi.unstubAllEnvs();
    const left = readdirSync(temporary);
    rmSync(temporary, { recursive: true });
    expect(left).toEqual([]);
  }, 60_000);
});
