/**
 * AllowedPattern: a regular expression from a template, restricted to harmless ones.
 *
 * CloudFormation uses Java's dialect; this is JavaScript's, which agrees on the patterns that templates use. A pattern that
 * could run for very long on a short text (nested repetitions, back references, many repetitions in a row) is refused by
 * name.
 */

/** Our limit: longer values are not matched, so that patterns of polynomial cost stay fast. */
const LONGEST_TRIED = 256;
const MOST_REPETITIONS = 3;

export type AllowedPatternReading =
  | { readonly ok: true; readonly regexp: RegExp; readonly longest: number }
  | { readonly ok: false; readonly message: string };

/** A pattern that must match a whole value, as CloudFormation's does. */
export function readAllowedPattern(source: string): AllowedPatternReading {
  if (couldRunLong(source)) {
    return {
      ok: false,
      message: `AllowedPattern with repetitions inside repetitions, more than ${MOST_REPETITIONS} open repetitions, look-around or back references is not simulated. Write a simpler one, or AllowedValues.`,
    };
  }
  try {
    return { ok: true, regexp: new RegExp(`^(?:${source})$`), longest: LONGEST_TRIED };
  } catch {
    return { ok: false, message: 'AllowedPattern is not a regular expression that the simulator understands.' };
  }
}

function couldRunLong(source: string): boolean {
  // An escaped character or a bracket expression matches one character, so it cannot contain a repetition.
  const bare = source
    .replace(/\\[^1-9k]/g, 'x')
    .replace(/\[(?:[^\]\\]|\\.)*\]/g, 'x')
    .replaceAll('(?:', '(');
  if (bare.length > 500 || /\\|\(\?/.test(bare)) return true;
  const repetitions = bare.match(/[*+?]|\{\d*(?:,\d*)?\}/g) ?? [];
  const open = repetitions.filter((repetition) => !/^\{[0-9]{1,3}\}$/.test(repetition));
  const repeatedGroups = bare.match(/\)[*+{]/g) ?? [];
  const flatRepeatedGroups = bare.match(/\([^()*+?{}|]*\)[*+{]/g) ?? [];
  return open.length > MOST_REPETITIONS || repeatedGroups.length > flatRepeatedGroups.length;
}
