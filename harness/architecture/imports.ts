/**
 * What a source file imports, read from its syntax tree.
 *
 * Static imports, re-exports, dynamic imports and `import('…')` types, each with its line and whether the types are all
 * that is wanted. Says nothing about what is allowed; `rooms.ts` does.
 */

import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './source-files.ts';

export interface Import {
  /** As written: `node:fs`, `yaml`, `../kernel/bug.ts`. */
  readonly specifier: string;
  /** For a relative import, the path from the repository's root. */
  readonly path?: string;
  /** For a package, its name: `@noble/hashes`. */
  readonly packageName?: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

/** A file is parsed once, however many rules walk its tree. */
const TREES = new WeakMap<SourceFile, ts.SourceFile>();

export function parse(file: SourceFile): ts.SourceFile {
  const known = TREES.get(file);
  if (known !== undefined) return known;
  const { path, text } = file;
  const kind = path.endsWith('.mjs') ? ts.ScriptKind.JS : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  TREES.set(file, tree);
  return tree;
}

export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

/** Calls `visit` for a node and everything below it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

export function importsOf(file: SourceFile): Import[] {
  const tree = parse(file);
  const found: Import[] = [];
  walk(tree, (node) => {
    const wanted = specifierOf(node);
    if (wanted === null) return;
    found.push({ ...locate(file.path, wanted.specifier), ...wanted, line: lineOf(tree, node) });
  });
  return found;
}

function specifierOf(node: ts.Node): { specifier: string; typeOnly: boolean } | null {
  if (ts.isImportDeclaration(node)) return literal(node.moduleSpecifier, wantsTypesOnly(node.importClause));
  if (ts.isExportDeclaration(node)) return literal(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal, true);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return literal(node.arguments[0], false);
  }
  return null;
}

function wantsTypesOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  if (clause.name !== undefined || named === undefined || !ts.isNamedImports(named)) return false;
  return named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

function literal(node: ts.Node | undefined, typeOnly: boolean): { specifier: string; typeOnly: boolean } | null {
  return node !== undefined && ts.isStringLiteralLike(node) ? { specifier: node.text, typeOnly } : null;
}

function locate(from: string, specifier: string): Pick<Import, 'path' | 'packageName'> {
  if (specifier.startsWith('.')) return { path: posix.join(posix.dirname(from), specifier) };
  if (specifier.startsWith('node:')) return {};
  return {
    packageName: specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/'),
  };
}
