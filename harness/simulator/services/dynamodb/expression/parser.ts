/**
 * What the three grammars of the expression language share: a cursor over tokens, document paths, and errors in AWS's words
 * and order.
 *
 * A syntax error ends the parse at once. Other mistakes that the text alone shows (a reserved word, an unknown function) are
 * collected with a rank; at the end of the parse, the one of lowest rank is reported, as AWS does.
 */

import { type Refusal, unmodelled } from '../../../contract/refusal.ts';
import { detectedError, validationError } from '../refusal.ts';
import type { DocumentPath, ExpressionKind } from './ast.ts';
import { type Token, tokenize } from './lexer.ts';
import { isReservedWord } from './reserved-words.ts';

type Rank = 'parentheses' | 'reserved' | 'unknown-function' | 'misused-function' | 'section';

/** The mistakes that are reported after parsing, in their order: reserved words come early in updates, late elsewhere. */
const UPDATE_RANKS: readonly Rank[] = ['parentheses', 'reserved', 'unknown-function', 'misused-function', 'section'];
const OTHER_RANKS: readonly Rank[] = ['parentheses', 'unknown-function', 'misused-function', 'reserved'];

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
const MAX_EXPRESSION_BYTES = 4096;
const MAX_DEPTH = 300;

/** «Invalid UpdateExpression: …» */
export function invalidExpression(kind: ExpressionKind, problem: string): Refusal {
  return validationError(`Invalid ${kind}: ${problem}`);
}

/** «1 validation error detected: Invalid UpdateExpression: …» */
export function detectedInExpression(kind: ExpressionKind, problem: string): Refusal {
  return detectedError(`Invalid ${kind}: ${problem}`);
}

/** A cursor over the tokens of one expression. */
export class Parser {
  readonly kind: ExpressionKind;
  private readonly source: string;
  private readonly keywords: ReadonlySet<string>;
  private readonly tokens: readonly Token[];
  private readonly problems = new Map<Rank, string>();
  /** Pairs of parentheses by the positions of their tokens. */
  private readonly parentheses = new Map<number, number>();
  private at = 0;
  private depth = 0;

  constructor(kind: ExpressionKind, source: string, keywords: ReadonlySet<string>) {
    this.kind = kind;
    this.source = source;
    this.keywords = keywords;
    if (source.trim() === '') {
      const refuse = kind === 'UpdateExpression' ? detectedInExpression : invalidExpression;
      throw refuse(kind, 'The expression can not be empty;');
    }
    if (source.length > MAX_EXPRESSION_BYTES) {
      throw invalidExpression(
        kind,
        `Expression size has exceeded the maximum allowed size; expression size: ${source.length}`,
      );
    }
    this.tokens = tokenize(source);
  }

  /** The token at the cursor, or `ahead` of it. */
  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  /** Whether the token at the cursor is this symbol or keyword. */
  sees(text: string): boolean {
    const token = this.peek();
    if (token.kind === 'symbol') return token.text === text;
    return token.kind === 'word' && token.text.toUpperCase() === text;
  }

  /** Moves past a symbol or keyword if it is at the cursor. */
  takes(text: string): boolean {
    const there = this.sees(text);
    if (there) this.at += 1;
    return there;
  }

  expect(text: string): void {
    if (!this.takes(text)) throw this.syntaxError();
  }

  seesCall(): boolean {
    const next = this.peek(1);
    return this.peek().kind === 'word' && !this.seesKeyword() && next.kind === 'symbol' && next.text === '(';
  }

  private seesKeyword(): boolean {
    return this.keywords.has(this.peek().text.toUpperCase());
  }

  /** Collects a mistake that must not hide a later syntax error. */
  note(rank: Rank, problem: string): void {
    if (!this.problems.has(rank)) this.problems.set(rank, problem);
  }

  /** Runs `parse` one level deeper; the limit keeps a hostile text from exhausting the call stack. */
  nested<T>(parse: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw unmodelled(`An expression nested deeper than ${MAX_DEPTH} levels`);
    const result = parse();
    this.depth -= 1;
    return result;
  }

  /** Parses what is between `(` and `)`. DynamoDB refuses a pair directly inside another pair. */
  parenthesised<T>(parse: () => T): T {
    const open = this.at;
    this.expect('(');
    const result = this.nested(parse);
    const close = this.at;
    this.expect(')');
    this.parentheses.set(open, close);
    if (this.parentheses.get(open + 1) === close - 1) {
      this.note('parentheses', 'The expression has redundant parentheses;');
    }
    return result;
  }

  /** Parses a list of at least one entry, separated by commas. */
  list<T>(parse: () => T): T[] {
    const members = [parse()];
    while (this.takes(',')) members.push(parse());
    return members;
  }

  path(): DocumentPath {
    const path: (string | number)[] = [this.pathName()];
    for (;;) {
      if (this.takes('.')) path.push(this.pathName());
      else if (this.takes('[')) {
        if (this.peek().kind !== 'number') throw this.syntaxError();
        path.push(Number(this.next().text));
        this.expect(']');
      } else return path;
    }
  }

  private pathName(): string {
    const { kind, text } = this.peek();
    if (kind !== 'name' && (kind !== 'word' || this.seesKeyword())) throw this.syntaxError();
    if (kind === 'word' && isReservedWord(text)) {
      this.note('reserved', `Attribute name is a reserved keyword; reserved keyword: ${text}`);
    }
    this.at += 1;
    return text;
  }

  /** Ends the parse: refuses remaining tokens and reports collected mistakes. */
  finish(): void {
    if (this.peek().kind !== 'end') throw this.syntaxError();
    for (const rank of this.kind === 'UpdateExpression' ? UPDATE_RANKS : OTHER_RANKS) {
      const problem = this.problems.get(rank);
      if (problem === undefined) continue;
      throw rank === 'section' ? detectedInExpression(this.kind, problem) : invalidExpression(this.kind, problem);
    }
  }

  /** AWS shows the token, and the text from the token before it to the token after it. */
  syntaxError(): Refusal {
    const token = this.peek();
    const before = this.at > 0 ? (this.tokens[Math.min(this.at, this.tokens.length - 1) - 1] as Token) : token;
    const after = this.peek(1);
    const last = token.kind === 'end' ? before : after.kind === 'end' ? token : after;
    const near = this.source.slice(before.start, last.end);
    return invalidExpression(this.kind, `Syntax error; token: "${token.text}", near: "${near}"`);
  }
}
