/**
 * The name of a resource that its template does not name: `<stack>-<logicalId>-<suffix>`.
 *
 * AWS's suffix is random; here it is a hash of stack and logical id, so that equal runs have equal names, and of how many
 * resources of this logical id there were before, so that each has another one.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SUFFIX_LENGTH = 12;

/** Stack name and logical id are cut if the whole would be longer than the service allows. `before`: how many there were. */
export function physicalName(stackName: string, logicalId: string, maxLength: number, before = 0): string {
  const room = maxLength - SUFFIX_LENGTH - 2;
  const id = logicalId.slice(0, Math.max(Math.ceil(room / 2), room - stackName.length));
  const stack = stackName.slice(0, room - id.length);
  const number = before === 0 ? '' : `/${before}`;
  return `${stack}-${id}-${suffix(`${stackName}/${logicalId}${number}`)}`;
}

function suffix(of: string): string {
  const bytes = [...sha256(utf8ToBytes(of))].slice(0, SUFFIX_LENGTH);
  return bytes.map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
