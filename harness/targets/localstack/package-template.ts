/**
 * Prepares a learner's template for CloudFormation: replaces every local `Code` folder by a placeholder.
 *
 * `aws cloudformation package` does the same with an address in S3; the real code follows once the stack is up (ADR 21). The
 * text around it stays as it is, comments and short forms included. The simulator's reader has already validated the template.
 */

import { isMap, isScalar, parseDocument } from 'yaml';

/** Answers calls that come before the code is deployed. CloudFormation takes inline code for Node.js as `index.js`. */
const PLACEHOLDER = `{ ZipFile: "exports.handler = async () => { throw new Error('not deployed yet'); };" }`;

/** Replaces the `Code` of these functions, by logical id. */
export function withPlaceholders(template: string, logicalIds: readonly string[]): string {
  // Unknown tags (`!Ref`) are only skipped. They cause warnings, which say nothing new.
  const document = parseDocument(template, { logLevel: 'silent' });
  const edits = logicalIds.map((logicalId) => {
    const code = document.getIn(['Resources', logicalId, 'Properties', 'Code'], true);
    if (!isScalar(code) && !isMap(code)) throw new Error(`the template has no Code at ${logicalId}`);
    const [from, to] = code.range ?? [0, 0];
    return { from, to };
  });
  return edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((text, { from, to }) => text.slice(0, from) + PLACEHOLDER + text.slice(to), template);
}
