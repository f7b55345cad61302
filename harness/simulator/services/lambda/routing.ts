/**
 * To which version a request goes, if an alias shares requests out between two (LS-40).
 *
 * On AWS that is chance. Here it is a choice that costs nothing: an exploration tries both versions for every request, and a timed run
 * draws by the weights (ADR 58). What a name stands for is read in qualified.ts.
 */

import type { Choose } from '../../contract/effect.ts';
import type { LambdaMessage } from './messages.ts';
import type { Pointed } from './qualified.ts';

/** The name of the question in a run's choices. */
const QUESTION = 'version of an alias';

/** Asks to which version a request goes; the message says what happens then. */
export function chooseVersion(
  pointed: readonly Pointed[],
  message: (version: string) => LambdaMessage,
): Choose<LambdaMessage> {
  const options = pointed.map(({ target, weight }) => ({ message: message(target.Version), weight }));
  return { kind: 'choose', question: QUESTION, options };
}

/** The only version to which a request can go; null if there are two. */
export function onlyVersion([first, second]: readonly Pointed[]): string | null {
  return first === undefined || second !== undefined ? null : first.target.Version;
}
