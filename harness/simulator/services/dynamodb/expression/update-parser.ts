/**
 * Parses `UpdateExpression`: sections of `SET`, `REMOVE`, `ADD` and `DELETE`, each at most once.
 *
 * The two operands of `+` and `-` may stand in parentheses, and so may a whole value; sums do not nest.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */

import {
  CONDITION_FUNCTIONS,
  type SetValue,
  UPDATE_FUNCTIONS,
  type UpdateAction,
  type UpdateFunction,
  type UpdateOperand,
  type WrittenUpdate,
} from './ast.ts';
import { Parser } from './parser.ts';

type Section = UpdateAction<string>['kind'];

const SECTIONS: readonly Section[] = ['SET', 'REMOVE', 'ADD', 'DELETE'];
const KEYWORDS: ReadonlySet<string> = new Set(SECTIONS);

/** Parses an update; refuses in AWS's words. */
export function parseUpdate(text: string): WrittenUpdate {
  const parser = new Parser('UpdateExpression', text, KEYWORDS);
  const actions: UpdateAction<string>[] = [];
  const seen = new Set<Section>();
  do {
    const section = SECTIONS.find((keyword) => parser.takes(keyword));
    if (section === undefined) throw parser.syntaxError();
    if (seen.has(section)) {
      parser.note('section', `The "${section}" section can only be used once in an update expression;`);
    }
    seen.add(section);
    actions.push(...parser.list(() => action(parser, section)));
  } while (parser.peek().kind !== 'end');
  parser.finish();
  return actions;
}

function action(parser: Parser, section: Section): UpdateAction<string> {
  const path = parser.path();
  switch (section) {
    case 'SET':
      parser.expect('=');
      return { kind: 'SET', path, value: setValue(parser) };
    case 'REMOVE':
      return { kind: 'REMOVE', path };
    case 'ADD':
    case 'DELETE':
      if (parser.peek().kind !== 'value') throw parser.syntaxError();
      return { kind: section, path, value: parser.next().text };
  }
}

function setValue(parser: Parser): SetValue<string> {
  const left = parser.sees('(') ? parser.parenthesised(() => setValue(parser)) : operand(parser);
  const operator = parser.sees('+') ? '+' : parser.sees('-') ? '-' : undefined;
  if (operator === undefined || left.kind === 'arithmetic') return left;
  parser.next();
  return { kind: 'arithmetic', operator, left, right: operand(parser) };
}

function operand(parser: Parser): UpdateOperand<string> {
  if (parser.sees('(')) return parser.parenthesised(() => operand(parser));
  if (parser.seesCall()) return call(parser);
  if (parser.peek().kind === 'value') return { kind: 'value', value: parser.next().text };
  return { kind: 'path', path: parser.path() };
}

function call(parser: Parser): UpdateOperand<string> {
  const name = parser.next().text;
  parser.expect('(');
  const operands = parser.nested(() => parser.list(() => operand(parser)));
  parser.expect(')');
  if (isUpdateFunction(name)) return { kind: 'call', name, operands };
  if ((CONDITION_FUNCTIONS as readonly string[]).includes(name)) {
    parser.note('misused-function', `The function is not allowed in an update expression; function: ${name}`);
  } else {
    parser.note('unknown-function', `Invalid function name; function: ${name}`);
  }
  return { kind: 'call', name: 'if_not_exists', operands };
}

function isUpdateFunction(name: string): name is UpdateFunction {
  return (UPDATE_FUNCTIONS as readonly string[]).includes(name);
}
