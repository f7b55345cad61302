/**
 * Mutation operators for the mistakes that handlers are made of, which the standard ones lack: an `await` left out, a member of an SDK
 * input left out, a condition turned round.
 *
 * It also says which changes nobody could see: those of a text for people.
 */

import ts from 'typescript';
import type { MutantChange } from './change.ts';

/** The changes of these operators to one file. */
export function furtherChanges(path: string, text: string): readonly MutantChange[] {
  const changes: MutantChange[] = [];
  const visit = (node: ts.Node): void => {
    changes.push(...changesAt(node).map((change) => ({ ...change, path })));
    ts.forEachChild(node, visit);
  };
  visit(sourceOf(path, text));
  return changes;

  function changesAt(node: ts.Node): readonly Omit<MutantChange, 'path'>[] {
    if (ts.isAwaitExpression(node)) {
      const { expression } = node;
      return [{ ...placeOf(node), replacement: expression.getText(), operator: 'DroppedAwait' }];
    }
    if (ts.isObjectLiteralExpression(node)) return node.properties.map((member) => withoutMember(node, member));
    if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
      const condition = ts.isIfStatement(node) ? node.expression : node.condition;
      return [{ ...placeOf(condition), replacement: `!(${condition.getText()})`, operator: 'TurnedCondition' }];
    }
    return [];
  }
}

function withoutMember(
  object: ts.ObjectLiteralExpression,
  member: ts.ObjectLiteralElementLike,
): Omit<MutantChange, 'path'> {
  const others = object.properties.filter((other) => other !== member).map((other) => other.getText());
  return {
    ...placeOf(object),
    replacement: others.length === 0 ? '{}' : `{ ${others.join(', ')} }`,
    operator: 'DroppedMember',
  };
}

/**
 * Whether a change is within a text for people: the message of an error that is thrown, or a line of the log. What a program does
 * can't depend on it.
 */
export function isInText({ path, start, end }: MutantChange, text: string): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    const within = node.getStart() <= start && end <= node.getEnd();
    if (!within || found) return;
    if (isTextFor(node)) found = (node.arguments ?? []).some((it) => it.getStart() <= start && end <= it.getEnd());
    ts.forEachChild(node, visit);
  };
  visit(sourceOf(path, text));
  return found;
}

/** `new Error(…)` or `console.log(…)`. */
function isTextFor(node: ts.Node): node is ts.NewExpression | ts.CallExpression {
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Error';
  return ts.isCallExpression(node) && node.expression.getText().startsWith('console.');
}

function sourceOf(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function placeOf(node: ts.Node): { readonly start: number; readonly end: number } {
  return { start: node.getStart(), end: node.getEnd() };
}
