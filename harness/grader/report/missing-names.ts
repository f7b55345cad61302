/**
 * Names that the learner's code uses and never declares or imports, as TypeScript complains about them.
 *
 * Such a complaint is nearly always the reason why the check beside it fails, so reports show it there and not among the
 * warnings. It decides nothing.
 */

import type { CheckResult, LabResult, Notice } from '../result.ts';

/**
 * «Cannot find name», «Did you mean», «Cannot find module», «has no exported member», «No value exists in scope».
 * https://github.com/microsoft/TypeScript/blob/v6.0.3/src/compiler/diagnosticMessages.json
 */
const CODES = ['TS2304', 'TS2305', 'TS2307', 'TS2503', 'TS2552', 'TS2724', 'TS18004'];

/** The complaints about missing names in the files that a failing check is about, each name once. */
export function missingNames({ notices }: Pick<LabResult, 'notices'>, check: CheckResult): readonly Notice[] {
  const missing = notices.filter(isAboutAName);
  const files = filesOf(check);
  const about = missing.filter(({ frame }) => files.size === 0 || (frame !== undefined && files.has(frame.file)));
  return about.filter(
    ({ message, frame }, index) =>
      about.findIndex((other) => other.message === message && other.frame?.file === frame?.file) === index,
  );
}

/** The notices that no check has shown: a name that was shown once is not told again for each place where it is used. */
export function withoutShown(result: Pick<LabResult, 'notices'>, check: CheckResult): readonly Notice[] {
  const shown = missingNames(result, check);
  return result.notices.filter(
    (notice) => !shown.some(({ message, frame }) => message === notice.message && frame?.file === notice.frame?.file),
  );
}

function isAboutAName({ kind, message }: Notice): boolean {
  return kind === 'type-error' && CODES.some((code) => message.endsWith(`(${code})`));
}

/** The files in which the failing run did something, and the file that the check names. Empty if nothing is known. */
function filesOf({ counterexample, frame }: CheckResult): ReadonlySet<string> {
  const named = [frame?.file, counterexample?.frame?.file];
  const ran = (counterexample?.trace ?? []).map(({ event }) => ('frame' in event ? event.frame?.file : undefined));
  return new Set([...named, ...ran].filter((file) => file !== undefined));
}
