/**
 * The Node that `explore` needs, and the sentence for an older one. Importing `check-node.ts` checks it.
 *
 * It starts no other Node, since a test runner has chosen this one.
 */

/** Lambda's `nodejs24.x` is what handlers run on, and the engine itself uses what Node has since 23.9. */
const NEEDED_MAJOR = 24;

/** The sentence for a Node that is too old; null if it is new enough. */
export function olderThanNeeded(version: string): string | null {
  if (Number(version.split('.')[0]) >= NEEDED_MAJOR) return null;
  return `\`explore\` needs Node ${NEEDED_MAJOR} or newer, and this is Node ${version}. Run your tests with a newer one: «npx -y -p node@${NEEDED_MAJOR} npm test», or install it from nodejs.org.`;
}
