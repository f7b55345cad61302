/**
 * Nothing in the simulator outlives a world: no module-level variable, no static field, no shared collection.
 *
 * Reads the syntax tree and follows no types: a collection counts as constant if its type says so, or if its own file
 * fills it, keeps it to itself and never changes it.
 */

import ts from 'typescript';
import { lineOf, parse, walk } from './imports.ts';
import type { BrokenRule, SourceFile } from './source-files.ts';

/** The places of one file of the simulator that two worlds would share. */
export function checkModuleState(file: SourceFile): BrokenRule[] {
  if (!file.path.startsWith('harness/simulator/')) return [];
  const tree = parse(file);
  const at = (node: ts.Node, message: string) => ({ path: file.path, line: lineOf(tree, node), message });
  const violations = tree.statements.filter(ts.isVariableStatement).flatMap((statement) => {
    if ((statement.declarationList.flags & ts.NodeFlags.Const) === 0) {
      return [at(statement, 'has a module-level variable; two worlds would share it. Put it into the world’s state.')];
    }
    const exported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
    return statement.declarationList.declarations
      .filter((declaration) => isCollection(declaration) && !isConstant(declaration, exported, tree))
      .map((declaration) =>
        at(
          statement,
          `has «${declaration.name.getText()}» at module level, which can change. Give it a readonly type, or put it into the world’s state.`,
        ),
      );
  });
  walk(tree, (node) => {
    if (
      ts.isPropertyDeclaration(node) &&
      hasModifier(node, ts.SyntaxKind.StaticKeyword) &&
      !hasModifier(node, ts.SyntaxKind.ReadonlyKeyword)
    ) {
      violations.push(at(node, 'has a static field that can change; two worlds would share it.'));
    }
  });
  return violations;
}

const COLLECTIONS: readonly string[] = ['Map', 'Set', 'WeakMap', 'WeakSet', 'Array'];

function isCollection({ initializer }: ts.VariableDeclaration): boolean {
  if (initializer === undefined) return false;
  if (ts.isNewExpression(initializer)) return COLLECTIONS.includes(initializer.expression.getText());
  return ts.isArrayLiteralExpression(initializer) || ts.isObjectLiteralExpression(initializer);
}

function isConstant(declaration: ts.VariableDeclaration, exported: boolean, tree: ts.SourceFile): boolean {
  const type = declaration.type?.getText() ?? '';
  if (/^(readonly\b|Readonly)/.test(type)) return true;
  // A type with a name of its own says what may change; the plain ones say that everything may.
  const isPlain = type === '' || /\[\]$|^(Array|Record|Map|Set|WeakMap|WeakSet)</.test(type);
  if (!isPlain) return true;
  return !exported && isFilled(declaration.initializer) && !isChanged(declaration.name.getText(), tree);
}

/** An empty collection at module level is there to be filled later. */
function isFilled(initializer: ts.Expression | undefined): boolean {
  if (initializer === undefined) return false;
  if (ts.isNewExpression(initializer)) return (initializer.arguments?.length ?? 0) > 0;
  if (ts.isArrayLiteralExpression(initializer)) return initializer.elements.length > 0;
  return ts.isObjectLiteralExpression(initializer) && initializer.properties.length > 0;
}

const CHANGING_METHODS: readonly string[] = [
  'add',
  'clear',
  'copyWithin',
  'delete',
  'fill',
  'pop',
  'push',
  'reverse',
  'set',
  'shift',
  'sort',
  'splice',
  'unshift',
];

function isChanged(name: string, tree: ts.SourceFile): boolean {
  const isIt = (node: ts.Node) => ts.isIdentifier(node) && node.text === name;
  let changed = false;
  walk(tree, (node) => {
    if (ts.isPropertyAccessExpression(node) && isIt(node.expression)) {
      changed ||= CHANGING_METHODS.includes(node.name.text) || isAssigned(node);
    }
    if (ts.isElementAccessExpression(node) && isIt(node.expression)) changed ||= isAssigned(node);
  });
  return changed;
}

function isAssigned(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isDeleteExpression(parent) || ts.isPostfixUnaryExpression(parent)) return true;
  if (!ts.isBinaryExpression(parent) || parent.left !== node) return false;
  const { kind } = parent.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function hasModifier(node: ts.PropertyDeclaration, kind: ts.SyntaxKind): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === kind) ?? false;
}
