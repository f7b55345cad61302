/**
 * A function's `Code`: a local folder such as `src/`, as `aws cloudformation package` takes it.
 *
 * Other forms of Code are refused with advice. The bundler reports a folder that does not exist.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
 */

import { quote } from '../../../words/names.ts';
import type { Findings } from './findings.ts';
import { describeNode, type Node } from './tree.ts';

const WAY_OUT = 'Write «Code: src/», the folder of the lab that holds the handler.';

/** The folder with `/` at the end and without `./` in front: `src/`. Undefined after a finding. */
export function checkFolder(node: Node, what: string, findings: Findings): string | undefined {
  if (node.kind === 'map') {
    const form = ['ZipFile', 'S3Bucket', 'ImageUri'].find((name) => node.entries.has(name));
    const place = node.entries.get(form ?? '')?.keyAt ?? node.at;
    findings.add(place, `${what} with ${form ?? 'these members'} is not simulated. ${WAY_OUT}`);
    return undefined;
  }
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    findings.add(node.at, `${what} must be a folder of the lab, not ${describeNode(node)}. ${WAY_OUT}`);
    return undefined;
  }
  const segments = node.text.split('/').filter((segment) => segment !== '' && segment !== '.');
  const outside = /^(\/|~|[A-Za-z]:)|\\/.test(node.text) || segments.includes('..') || node.text.includes('://');
  if (outside || /[^\x20-\x7e]|["'`$*?<>|]/.test(node.text)) {
    findings.add(node.at, `${what} must be a folder inside the lab, not ${quote(node.text)}. ${WAY_OUT}`);
    return undefined;
  }
  if (/\.(zip|jar|[cm]?[jt]s)$/.test(node.text)) {
    findings.add(node.at, `${what} must be a folder, not the file ${quote(node.text)}. ${WAY_OUT}`);
    return undefined;
  }
  return segments.length === 0 ? './' : `${segments.join('/')}/`;
}
