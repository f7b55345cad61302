/**
 * The names that a file uses and does not declare: globals, of the language or of whatever runs it.
 *
 * Read from the syntax tree, scope by scope, without types: a name is free where no scope around it declares it. Says
 * nothing about which of them a file may use; `purity.ts` and `node-globals.ts` do.
 */

import ts from 'typescript';
import { walk } from './imports.ts';

export interface FreeName {
  readonly node: ts.Identifier;
  /** It stands where a type is wanted: `Buffer` in `let bytes: Buffer`, `NodeJS` in `NodeJS.Timeout`. */
  readonly isType: boolean;
}

export function freeNames(tree: ts.SourceFile): FreeName[] {
  const declared = declarationsByScope(tree);
  const free: FreeName[] = [];
  walk(tree, (node) => {
    if (!ts.isIdentifier(node) || !isUse(node) || isDeclared(node, declared)) return;
    free.push({ node, isType: isInType(node) });
  });
  return free;
}

type DeclarationsByScope = ReadonlyMap<ts.Node, ReadonlySet<string>>;

function declarationsByScope(tree: ts.SourceFile): DeclarationsByScope {
  const scopes = new Map<ts.Node, Set<string>>();
  walk(tree, (node) => {
    if (!isDeclaration(node) || node.name === undefined || !ts.isIdentifier(node.name)) return;
    const scope = scopeOf(node);
    scopes.set(scope, (scopes.get(scope) ?? new Set()).add(node.name.text));
  });
  return scopes;
}

function isDeclaration(node: ts.Node): node is ts.Node & { readonly name?: ts.Node } {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isClassLike(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isTypeParameterDeclaration(node) ||
    ts.isImportSpecifier(node) ||
    ts.isImportClause(node) ||
    ts.isNamespaceImport(node)
  );
}

/** Where the name of a declaration can be used: in the scope around it; that of an expression only in itself. */
function scopeOf(declaration: ts.Node): ts.Node {
  const isExpression = ts.isFunctionExpression(declaration) || ts.isClassExpression(declaration);
  let at = isExpression ? declaration : declaration.parent;
  while (!isScope(at)) at = at.parent;
  return at;
}

function isScope(node: ts.Node): boolean {
  return (
    ts.isSourceFile(node) ||
    ts.isBlock(node) ||
    ts.isFunctionLike(node) ||
    ts.isClassLike(node) ||
    ts.isCatchClause(node) ||
    ts.isCaseBlock(node) ||
    ts.isForStatement(node) ||
    ts.isForInStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isMappedTypeNode(node) ||
    ts.isConditionalTypeNode(node)
  );
}

function isDeclared(use: ts.Identifier, declared: DeclarationsByScope): boolean {
  for (let at: ts.Node | undefined = use; at !== undefined; at = at.parent) {
    if (declared.get(at)?.has(use.text) === true) return true;
  }
  return false;
}

/** Whether an identifier stands for what it names, and is not the name of a member. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  // `export { a } from` and `import { a as b }` name what other modules have.
  if (ts.isImportSpecifier(parent)) return false;
  if (ts.isExportSpecifier(parent)) {
    return parent.parent.parent.moduleSpecifier === undefined && (parent.propertyName ?? parent.name) === node;
  }
  if (ts.isNamespaceExport(parent) || ts.isMetaProperty(parent)) return false;
  if (ts.isImportTypeNode(parent)) return false;
  const isMember =
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isAccessor(parent) ||
    ts.isEnumMember(parent) ||
    ts.isNamedTupleMember(parent);
  return !isMember || parent.name !== node;
}

function isInType(node: ts.Identifier): boolean {
  let at: ts.Node = node;
  while (ts.isQualifiedName(at.parent)) at = at.parent;
  return ts.isTypeReferenceNode(at.parent) || ts.isTypeQueryNode(at.parent);
}
