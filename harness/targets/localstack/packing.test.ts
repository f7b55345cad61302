import { Script } from 'node:vm';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archive, packDownstream, packHandler } from './bundle-function.ts';
import { withPlaceholders } from './package-template.ts';
import { zip } from './zip.ts';

/** Unpacks an archive by its directory, as an unpacker does. */
function unzip(bytes: Uint8Array): Map<string, string> {
  const buffer = Buffer.from(bytes);
  const end = buffer.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const files = new Map<string, string>();
  let at = buffer.readUInt32LE(end + 16);
  for (let index = 0; index < buffer.readUInt16LE(end + 10); index += 1) {
    expect(buffer.readUInt32LE(at)).toBe(0x02014b50);
    const [packedSize, nameLength] = [buffer.readUInt32LE(at + 20), buffer.readUInt16LE(at + 28)];
    const local = buffer.readUInt32LE(at + 42);
    expect(buffer.readUInt32LE(local)).toBe(0x04034b50);
    const data = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
    const name = buffer.toString('utf8', at + 46, at + 46 + nameLength);
    files.set(name, inflateRawSync(buffer.subarray(data, data + packedSize)).toString('utf8'));
    at += 46 + nameLength;
  }
  expect(at).toBe(end);
  return files;
}

describe('an archive', () => {
  it('gives back every file that was put in, with any name and any content', () => {
    const name = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, fc.string({ unit: 'grapheme' })), { selector: ([key]) => key }),
        (files) => {
          expect(unzip(zip(new Map(files)))).toEqual(new Map(files));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is the same for the same files', () => {
    const files = new Map([['a.js', 'exports.handler = 1']]);
    expect(Buffer.from(zip(files)).equals(Buffer.from(zip(files)))).toBe(true);
  });
});

describe('a template made ready for CloudFormation', () => {
  it('loses its local folders and keeps every other line', () => {
    const template = [
      'Resources:',
      '  A:',
      '    Properties:',
      '      Code: src/ # mine',
      '      Role: !GetAtt Role.Arn',
      '  B:',
      "    Properties: { Code: 'src/', Handler: b.handler }",
      '',
    ];
    const lines = withPlaceholders(template.join('\n'), ['A', 'B']).split('\n');
    expect(lines[3]).toMatch(/^ {6}Code: \{ ZipFile: ".*" \} # mine$/);
    expect(lines[6]).toMatch(/^ {4}Properties: \{ Code: \{ ZipFile: ".*" \}, Handler: b.handler \}$/);
    expect(lines.filter((_, index) => index !== 3 && index !== 6)).toEqual(
      template.filter((_, index) => index !== 3 && index !== 6),
    );
  });
});

describe('a packed function', () => {
  /** Loads the archive's code as Lambda does: a CommonJS file with another beside it. */
  function load(
    files: Map<string, string>,
    path: string,
  ): Record<string, (event: unknown, context: object) => unknown> {
    const module = { exports: {} };
    const provide = (name: string): unknown =>
      name === 'node:fs'
        ? { readFileSync: (file: string) => files.get(file.replace('/var/task/', '')) }
        : process.getBuiltinModule(name as 'node:fs');
    const run = new Script(
      `(function (require, module, exports, __dirname) {${files.get(path)}\n})`,
    ).runInThisContext();
    run(provide, module, module.exports, '/var/task');
    return module.exports;
  }

  it('holds the learner’s handler with the packages it asks for, and no others', async () => {
    const code = `(function (require, module, exports) {
      const ddb = require("@aws-sdk/lib-dynamodb");
      exports.handler = async () => typeof ddb.PutCommand;
    })`;
    const files = unzip(archive(await packHandler({ module: 'bump', code }), { ledgerTable: 'ledger' }));
    expect([...files.keys()]).toEqual(['bump.js', 'raceproof.json']);
    expect(files.get('raceproof.json')).toBe('{"ledgerTable":"ledger"}');
    expect(files.get('bump.js')).not.toContain('LambdaClient');
    const { handler } = load(files, 'bump.js');
    expect(handler).toHaveLength(2);
    expect(await handler?.({ 'raceproof/warm-up-ms': 1 }, {})).toBeUndefined();
  });

  it('of a downstream holds the lab’s own functions', async () => {
    const labs = new URL('./fixtures/labs-with-a-downstream.ts', import.meta.url).pathname;
    const { path, text } = await packDownstream(labs, 'small', 'charge');
    expect(path).toBe('index.js');
    const { handler } = load(
      new Map([
        ['index.js', text],
        ['raceproof.json', '{"ledgerTable":"t"}'],
      ]),
      'index.js',
    );
    expect(handler).toBeTypeOf('function');
  });
});
