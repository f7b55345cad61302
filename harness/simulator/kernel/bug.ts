/**
 * Bugs of Raceproof itself, as a kind of error of their own.
 *
 * A `SimulatorBug` means that the simulator contradicts itself. It is never thrown for input: an AWS error is data in
 * an answer, and a learner's mistake is a finding. The code that catches one prints what to send to the maintainers.
 */

/** The simulator broke one of its own rules. Exit code 3. */
export class SimulatorBug extends Error {
  override name = 'SimulatorBug';
}

/** Throws a {@link SimulatorBug} unless `condition` holds. On in every build. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new SimulatorBug(message);
}

/** Marks a branch that the types say is unreachable: a closed union has grown and a switch has not. */
export function unreachable(value: never, what: string): never {
  throw new SimulatorBug(`${what}: no case for ${JSON.stringify(value)}`);
}
