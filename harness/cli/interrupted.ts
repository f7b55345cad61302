/**
 * Somebody pressed Ctrl-C: not an error, and not a verdict either.
 *
 * Thrown after everything has been cleaned up. Exit code 130, as shells have it.
 */

export class Interrupted extends Error {
  override name = 'Interrupted';
}
