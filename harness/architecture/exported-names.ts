/**
 * An exported name stands once in the whole harness, whether it names a type or a value.
 *
 * Then a name means one thing wherever it is read, searched or imported. A default export has no name, and what is
 * exported again is no second declaration.
 */

import ts from 'typescript';
import { lineOf, parse } from './imports.ts';
import { labOf } from './rooms.ts';
import type { BrokenRule, SourceFile } from './source-files.ts';

/** Files whose names must be those of other files, each with the reason. */
const STAND_INS: Readonly<Record<string, string>> = {
  'harness/targets/localstack/fixtures/labs-with-a-downstream.ts':
    'a test bundles it in place of course/labs.ts, so it exports what that exports',
};

interface Declared {
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

/** Of each name that stands more than once, every place but the first. */
export function checkExportedNames(files: readonly SourceFile[]): BrokenRule[] {
  const byName = new Map<string, Declared[]>();
  for (const declared of files.filter(({ path }) => !Object.hasOwn(STAND_INS, path)).flatMap(exportsOf)) {
    byName.set(declared.name, [...(byName.get(declared.name) ?? []), declared]);
  }
  return [...byName.values()].flatMap((places) =>
    places.flatMap((place, index) => {
      const other = places.slice(0, index).find((earlier) => !mayShare(earlier, place));
      return other === undefined ? [] : [brokenBy(place, other)];
    }),
  );
}

function brokenBy({ name, path, line }: Declared, other: Declared): BrokenRule {
  return {
    path,
    line,
    message:
      `exports «${name}», as ${other.path}:${other.line} does. An exported name stands once in the harness, so that it means one ` +
      'thing everywhere. Say in one of the two names what is particular to it; if both mean the same, keep one.',
  };
}

/**
 * Two labs may: each begins as a copy of the skeleton and exports what every lab does (its scenario, its checks, the answers
 * that they look at), and no lab imports another.
 */
function mayShare(a: Declared, b: Declared): boolean {
  const [lab, otherLab] = [labOf(a.path), labOf(b.path)];
  return lab !== null && otherLab !== null && lab !== otherLab;
}

/** What a file declares and exports by name, each name once: overloads share one, and so may a type and a value. */
function exportsOf(file: SourceFile): Declared[] {
  const tree = parse(file);
  const names = new Map<string, number>();
  for (const statement of tree.statements) {
    for (const name of [...declaredBy(statement), ...listedBy(statement, tree)]) {
      if (!names.has(name.text)) names.set(name.text, lineOf(tree, name));
    }
  }
  return [...names].map(([name, line]) => ({ name, path: file.path, line }));
}

/** `export const a`, `export function a`, `export type a` … */
function declaredBy(statement: ts.Statement): readonly ts.Identifier[] {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const has = (kind: ts.SyntaxKind) => modifiers.some((modifier) => modifier.kind === kind);
  if (!has(ts.SyntaxKind.ExportKeyword) || has(ts.SyntaxKind.DefaultKeyword)) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundBy(name));
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name] : [];
}

/** `a`, or all of `{ a, b: [c] }`. */
function boundBy(name: ts.BindingName): readonly ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundBy(element.name) : []));
}

/** `export { a, b as c }` of what the file itself has declared. */
function listedBy(statement: ts.Statement, tree: ts.SourceFile): readonly ts.Identifier[] {
  if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier !== undefined) return [];
  const { exportClause } = statement;
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
  const imported = importedNames(tree);
  return exportClause.elements
    .filter(({ name, propertyName }) => !imported.has((propertyName ?? name).text))
    .flatMap(({ name }) => (ts.isIdentifier(name) ? [name] : []));
}

function importedNames(tree: ts.SourceFile): ReadonlySet<string> {
  const clauses = tree.statements.flatMap((statement) =>
    ts.isImportDeclaration(statement) && statement.importClause !== undefined ? [statement.importClause] : [],
  );
  return new Set(
    clauses.flatMap(({ name, namedBindings: bindings }) => [
      ...(name === undefined ? [] : [name.text]),
      ...(bindings === undefined
        ? []
        : ts.isNamespaceImport(bindings)
          ? [bindings.name.text]
          : bindings.elements.map((element) => element.name.text)),
    ]),
  );
}
