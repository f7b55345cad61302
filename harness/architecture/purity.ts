/**
 * What the simulator may not touch: clocks, chance, the outside.
 *
 * Reads the syntax tree, so that a word in a comment or a text is no offence, and a name that the file declares itself is
 * not the global. What a module may keep between two worlds is judged in `module-state.ts`.
 */

import ts from 'typescript';
import { freeNames } from './free-names.ts';
import { lineOf, parse, walk } from './imports.ts';
import type { BrokenRule, SourceFile } from './source-files.ts';

const CLOCK = 'Take the time from the run: `nowMs` is handed in.';
const CHANCE = 'Chance comes from `Choices`.';
const ORDER = 'Put it on the agenda.';
const OUTSIDE = 'The simulator has no outside. Hand in what it needs.';
const COLLECTOR = 'When memory is collected is nobody’s to know.';

/** Globals that would make two equal runs differ, and what to use instead. `biome.json` says the same of globals in an editor. */
export const FORBIDDEN_GLOBALS: Readonly<Record<string, string>> = {
  Date: CLOCK,
  performance: CLOCK,
  Temporal: CLOCK,
  crypto: CHANCE,
  setTimeout: ORDER,
  setInterval: ORDER,
  setImmediate: ORDER,
  queueMicrotask: ORDER,
  process: OUTSIDE,
  fetch: OUTSIDE,
  globalThis: OUTSIDE,
  console: OUTSIDE,
  require: OUTSIDE,
  Intl: 'Its answers differ between machines.',
  WeakRef: COLLECTOR,
  FinalizationRegistry: COLLECTOR,
};

/** The rules that one file of the simulator breaks. */
export function checkGlobals(file: SourceFile): BrokenRule[] {
  if (!file.path.startsWith('harness/simulator/')) return [];
  const tree = parse(file);
  const violations: BrokenRule[] = [];
  const report = (node: ts.Node, message: string) =>
    violations.push({ path: file.path, line: lineOf(tree, node), message });
  for (const { node, isType } of freeNames(tree)) {
    if (isType || !Object.hasOwn(FORBIDDEN_GLOBALS, node.text)) continue;
    if (node.text === 'Date' && spellsAnInstant(node)) continue;
    report(node, `uses the global «${node.text}». ${FORBIDDEN_GLOBALS[node.text]}`);
  }
  walk(tree, (node) => {
    if (isMathRandom(node)) report(node, `uses «Math.random». ${CHANCE}`);
  });
  return violations;
}

/** `new Date(instantMs)` is how AWS SDK outputs spell an instant; it reads no clock. */
function spellsAnInstant({ parent }: ts.Identifier): boolean {
  if (!ts.isNewExpression(parent) || parent.arguments?.length !== 1) return false;
  return parent.arguments.every((argument) => !ts.isStringLiteralLike(argument) && !ts.isSpreadElement(argument));
}

function isMathRandom(node: ts.Node): boolean {
  const isMath = (expression: ts.Expression | undefined) =>
    expression !== undefined && ts.isIdentifier(expression) && expression.text === 'Math';
  if (ts.isPropertyAccessExpression(node)) return isMath(node.expression) && node.name.text === 'random';
  if (ts.isElementAccessExpression(node)) return isMath(node.expression);
  return ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && isMath(node.initializer);
}
