/**
 * Parses conditions: `ConditionExpression`, `FilterExpression` and `KeyConditionExpression` share one grammar.
 *
 * A parenthesis may open a condition or an operand (`(a) = :b`), and only the text after it shows which. So the parser reads
 * a *term*, which is either, and each caller says which of the two it needs.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */

import {
  COMPARATORS,
  CONDITION_FUNCTIONS,
  type Comparator,
  type ConditionFunction,
  type ConditionOperand,
  type ExpressionKind,
  type WrittenCondition,
} from './ast.ts';
import { Parser } from './parser.ts';

type Written = ConditionOperand<string>;
type Term = WrittenCondition | Written;

const KEYWORDS: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN']);

/** Parses a condition; refuses in AWS's words. */
export function parseCondition(kind: ExpressionKind, text: string): WrittenCondition {
  const parser = new Parser(kind, text, KEYWORDS);
  const condition = asCondition(parser, orTerm(parser));
  parser.finish();
  return condition;
}

function orTerm(parser: Parser): Term {
  let left = andTerm(parser);
  while (parser.takes('OR')) {
    left = {
      kind: 'or',
      left: asCondition(parser, left),
      right: asCondition(parser, andTerm(parser)),
    };
  }
  return left;
}

function andTerm(parser: Parser): Term {
  let left = notTerm(parser);
  while (parser.takes('AND')) {
    left = {
      kind: 'and',
      left: asCondition(parser, left),
      right: asCondition(parser, notTerm(parser)),
    };
  }
  return left;
}

function notTerm(parser: Parser): Term {
  if (!parser.takes('NOT')) return comparison(parser);
  return {
    kind: 'not',
    condition: asCondition(
      parser,
      parser.nested(() => notTerm(parser)),
    ),
  };
}

function comparison(parser: Parser): Term {
  const left = primary(parser);
  const comparator = takeComparator(parser);
  if (comparator !== undefined) {
    return { kind: 'compare', comparator, left: asOperand(parser, left), right: operand(parser) };
  }
  if (parser.takes('BETWEEN')) {
    const between = asOperand(parser, left);
    const low = operand(parser);
    parser.expect('AND');
    return { kind: 'between', operand: between, low, high: operand(parser) };
  }
  if (parser.takes('IN')) {
    const member = asOperand(parser, left);
    parser.expect('(');
    const choices = parser.list(() => operand(parser));
    parser.expect(')');
    return { kind: 'in', operand: member, choices };
  }
  return left;
}

function takeComparator(parser: Parser): Comparator | undefined {
  const comparator = COMPARATORS.find((symbol) => parser.sees(symbol));
  if (comparator !== undefined) parser.next();
  return comparator;
}

function operand(parser: Parser): Written {
  return asOperand(parser, primary(parser));
}

function primary(parser: Parser): Term {
  if (parser.sees('(')) return parser.parenthesised(() => orTerm(parser));
  if (parser.seesCall()) return call(parser);
  if (parser.peek().kind === 'value') return { kind: 'value', value: parser.next().text };
  return { kind: 'path', path: parser.path() };
}

function call(parser: Parser): Written {
  const name = parser.next().text;
  parser.expect('(');
  const operands = parser.nested(() => parser.list(() => operand(parser)));
  parser.expect(')');
  if (!isConditionFunction(name)) {
    parser.note('unknown-function', `Invalid function name; function: ${name}`);
    return { kind: 'call', name: 'size', operands };
  }
  return { kind: 'call', name, operands };
}

function isConditionFunction(name: string): name is ConditionFunction {
  return (CONDITION_FUNCTIONS as readonly string[]).includes(name);
}

/** Takes a term as a condition; `size(a)` and a bare path or value are not conditions. */
function asCondition(parser: Parser, term: Term): WrittenCondition {
  if (term.kind === 'path' || term.kind === 'value') throw parser.syntaxError();
  if (term.kind === 'call' && term.name === 'size') noteMisuse(parser, term.name);
  return term;
}

/** Takes a term as an operand; of the functions, only `size` is one. */
function asOperand(parser: Parser, term: Term): Written {
  if (term.kind === 'path' || term.kind === 'value') return term;
  if (term.kind !== 'call') throw parser.syntaxError();
  if (term.name !== 'size') noteMisuse(parser, term.name);
  return term;
}

function noteMisuse(parser: Parser, name: ConditionFunction): void {
  parser.note(
    'misused-function',
    `The function is not allowed to be used this way in an expression; function: ${name}`,
  );
}
