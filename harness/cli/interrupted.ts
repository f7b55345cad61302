/**
 * The error for Ctrl-C, which is neither a failure nor a verdict.
 *
 * It is thrown after everything has been cleaned up. The exit code is 130, as in shells.
 */

export class Interrupted extends Error {
  override name = 'Interrupted';
}
