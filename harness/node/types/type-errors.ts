/**
 * Type errors in a learner's files, as TypeScript reports them: warnings that decide nothing.
 *
 * Lambda runs code whose types don't fit, and so does a lab; but a type error is often the shortest way to a mistake. The
 * learner's tsconfig is not read. Files come from memory, declarations from the pinned packages.
 */

import { posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Frame } from '../../simulator/contract/trace-entry.ts';

export interface TypeComplaint {
  readonly message: string;
  readonly frame: Frame & { readonly text: string };
}

/** The pretended folder of the files: inside the clone, so that packages resolve, but it does not exist. */
const ROOT = fileURLToPath(new URL('../../../labs/being-graded/', import.meta.url));

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2024,
  lib: ['lib.es2024.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
};

/** A learner who has more type errors must begin with the first ones anyway. */
const MOST = 10;

/** Checks the TypeScript files among these (path relative to the lab → text). */
export function typeErrors(files: ReadonlyMap<string, string>): readonly TypeComplaint[] {
  const texts = new Map(
    [...files].filter(([path]) => /\.m?ts$/.test(path)).map(([path, text]) => [resolve(ROOT, path), text]),
  );
  const host = hostOver(texts);
  const program = ts.createProgram([...texts.keys()], OPTIONS, host);
  const diagnostics = [...texts.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    return source === undefined
      ? []
      : [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  });
  return diagnostics.slice(0, MOST).flatMap(describe);
}

function hostOver(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile, directoryExists } = host;
  const folders = new Set([...texts.keys()].map((path) => posix.dirname(path.replaceAll('\\', '/'))));
  // TypeScript looks for files only in folders that exist.
  host.directoryExists = (path) => folders.has(resolve(path).replaceAll('\\', '/')) || directoryExists?.(path) === true;
  host.fileExists = (path) => texts.has(resolve(path)) || fileExists(path);
  host.readFile = (path) => texts.get(resolve(path)) ?? readFile(path);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const text = texts.get(resolve(path));
    return text === undefined
      ? getSourceFile(path, languageVersion, ...rest)
      : ts.createSourceFile(path, text, languageVersion, true);
  };
  return host;
}

function describe({ file, start, messageText, code }: ts.Diagnostic): TypeComplaint[] {
  if (file === undefined || start === undefined) return [];
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const [message = ''] = ts.flattenDiagnosticMessageText(messageText, '\n').split('\n');
  const path = posix.relative(ROOT.replaceAll('\\', '/'), file.fileName);
  const text = file.text.split('\n')[line]?.trim() ?? '';
  return [{ message: `${message} (TS${code})`, frame: { file: path, line: line + 1, column: character + 1, text } }];
}
