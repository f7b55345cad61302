/**
 * The finding that a program is not deterministic: who did what differently, where, and how to fix it.
 */

import { unreachable } from '../../simulator/kernel/bug.ts';
import type { Finding } from '../findings/finding.ts';
import type { Difference, Whose } from './difference.ts';

/** The finding for two runs of one schedule that differ. `difference` is null if the difference did not show a second time. */
export function notDeterministic(difference: Difference | null): Finding {
  if (difference === null)
    return {
      kind: 'not-deterministic',
      message: `Your code did not do the same twice under the same schedule. ${adviceFor('handler')}`,
    };
  const { whose, who, step, did, frame } = difference;
  const when = step === null ? '' : step === 0 ? 'at the beginning ' : `at step ${step} `;
  const message = `${subjectOf(whose)} did not do the same twice under the same schedule: ${when}${nameOf(whose, who)} ${did}. ${adviceFor(whose)}`;
  const at = frame === undefined ? {} : { frame };
  const finding: Finding = { kind: 'not-deterministic', message, ...at };
  return whose === 'handler' ? finding : { ...finding, elsewhere: true };
}

function subjectOf(whose: Whose): string {
  switch (whose) {
    case 'handler':
      return 'Your code';
    case 'scenario':
      return 'The scenario';
    case 'downstream':
      return 'A downstream';
    case 'check':
      return 'A check';
    default:
      return unreachable(whose, 'owner of a difference');
  }
}

function nameOf(whose: Whose, who: string): string {
  switch (whose) {
    case 'scenario':
      return 'it';
    case 'check':
      return `«${who}»`;
    default:
      return who;
  }
}

function adviceFor(whose: Whose): string {
  switch (whose) {
    case 'handler':
      return 'Something in it keeps state from run to run, or draws on what a run does not control. Keep state in AWS and in variables of your module; Math.random, crypto and Date are the run’s own, so chance and time may come from them.';
    case 'scenario':
      return 'It runs once for every schedule, and has to ask for the same each time. Make what it needs inside of it: no chance, no clock, no file, and no variable that outlives a run.';
    case 'downstream':
      return 'What it answers has to follow from its ledger, the request and the time that it is given. Keep everything it knows in the ledger.';
    case 'check':
      return 'What it says has to follow from the run that it is given. Keep no count and look at no clock in it.';
    default:
      return unreachable(whose, 'owner of a difference');
  }
}
