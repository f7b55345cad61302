/**
 * What only Node has, in rooms that a browser runs too: its globals, and the folders that it tells a module.
 *
 * That such rooms import no `node:` module is judged in `rooms.ts`. Code that makes a `process` or a `Buffer` for learners
 * (`host/prelude`) declares it, or writes it as the name of a property: neither is Node's.
 */

import ts from 'typescript';
import { freeNames } from './free-names.ts';
import { lineOf, parse, walk } from './imports.ts';
import { roomInBrowser } from './rooms.ts';
import { type BrokenRule, isHarnessSource, type SourceFile } from './source-files.ts';

/** Globals that Node has and a browser has not, or not as a script has them. https://nodejs.org/api/globals.html */
export const NODE_GLOBALS: readonly string[] = [
  'process',
  'Buffer',
  'global',
  'require',
  'module',
  'exports',
  '__dirname',
  '__filename',
  'setImmediate',
  'clearImmediate',
  'NodeJS',
];

/** `import.meta.dirname` and its like. https://nodejs.org/api/esm.html#importmeta */
const OF_IMPORT_META: readonly string[] = ['dirname', 'filename', 'main'];

export function checkNodeGlobals(file: SourceFile): BrokenRule[] {
  const room = isHarnessSource(file) ? roomInBrowser(file.path) : null;
  if (room === null) return [];
  const tree = parse(file);
  const used: ts.Node[] = freeNames(tree).flatMap(({ node }) => (NODE_GLOBALS.includes(node.text) ? [node] : []));
  walk(tree, (node) => {
    if (isMemberOfGlobal(node) || isMemberOfImportMeta(node)) used.push(node);
  });
  return used.map((node) => ({
    path: file.path,
    line: lineOf(tree, node),
    message: `uses Node's «${node.getText(tree)}»; the room ${room} runs in a browser too. Ask the platform (platform/platform.ts), or stand in node/.`,
  }));
}

/** `globalThis.process` is `process` by another name. */
function isMemberOfGlobal(node: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(node) || !NODE_GLOBALS.includes(node.name.text)) return false;
  return ts.isIdentifier(node.expression) && node.expression.text === 'globalThis';
}

function isMemberOfImportMeta(node: ts.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) && ts.isMetaProperty(node.expression) && OF_IMPORT_META.includes(node.name.text)
  );
}
