/**
 * No function has more than 50 lines: what does not fit a screen has more than one subject.
 *
 * Counted is the text of a function from its first to its last line, functions inside it included. Tests are exempt, whose
 * `describe` is a function around all of them; fixtures are not.
 */

import ts from 'typescript';
import { lineOf, parse, walk } from './imports.ts';
import { type BrokenRule, isHarnessSource, type SourceFile } from './source-files.ts';

const MAX_LINES = 50;

export function checkFunctionLength(file: SourceFile): BrokenRule[] {
  if (!isHarnessSource(file)) return [];
  const tree = parse(file);
  const broken: BrokenRule[] = [];
  walk(tree, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return;
    const first = lineOf(tree, node);
    const lines = tree.getLineAndCharacterOfPosition(node.end).line + 2 - first;
    if (lines <= MAX_LINES) return;
    broken.push({
      path: file.path,
      line: first,
      message:
        `has the function ${nameOf(node)} of ${lines} lines, and ${MAX_LINES} are the most: it has more than one subject. ` +
        'Give each a function named for it; if they share variables, a class.',
    });
  });
  return broken;
}

function nameOf({ name, parent }: ts.SignatureDeclaration): string {
  if (name !== undefined) return `«${name.getText()}»`;
  const isNamed =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return isNamed ? `«${parent.name.getText()}»` : 'without a name';
}
