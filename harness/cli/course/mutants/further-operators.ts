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

/** A piece of a file's text, by offsets. */
type Piece = Pick<MutantChange, 'start' | 'end'>;

/**
 * The texts for people in a file: the messages of errors that are thrown, and the lines of the log. What a program does can't depend on
 * a change within them.
 */
export function textsForPeople(path: string, text: string): readonly Piece[] {
  const texts: Piece[] = [];
  const visit = (node: ts.Node): void => {
    if (isTextFor(node)) texts.push(...(node.arguments ?? []).map(placeOf));
    ts.forEachChild(node, visit);
  };
  visit(sourceOf(path, text));
  return texts;
}

/** `new Error(…)` or `console.log(…)`. */
function isTextFor(node: ts.Node): node is ts.NewExpression | ts.CallExpression {
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Error';
  return ts.isCallExpression(node) && node.expression.getText().startsWith('console.');
}

function sourceOf(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function placeOf(node: ts.Node): Piece {
  return { start: node.getStart(), end: node.getEnd() };
}
