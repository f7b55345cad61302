/**
 * What to add to Lambda's refusal of a reservation (LS-04), which names a minimum and no sum: the units of the account, and what the template reserves of them.
 *
 * Reads the template once more. It deploys nothing.
 */

import type { TemplateFinding, TemplateReading } from '../simulator/services/cloudformation/cloudformation.ts';
import { list, thousands } from '../words/phrases.ts';

const PROPERTY = 'ReservedConcurrentExecutions';

/** The finding, with the sum of all reservations if it is about one of them. */
export function withReservations(
  finding: TemplateFinding,
  reading: TemplateReading,
  accountConcurrency: number,
): TemplateFinding {
  if (!(finding.path ?? '').endsWith(`.${PROPERTY}`) || !reading.ok) return finding;
  const shares = reading.template.resources.flatMap(({ logicalId, properties }) => {
    const units = Number(properties[PROPERTY]);
    return Number.isInteger(units) ? [{ logicalId, units }] : [];
  });
  const sum = shares.reduce((total, { units }) => total + units, 0);
  const each = list(shares.map(({ logicalId, units }) => `${thousands(units)} for ${logicalId}`));
  const said = `The account has ${thousands(accountConcurrency)} units, and the template reserves ${thousands(sum)}: ${each}.`;
  return { ...finding, message: `${finding.message} ${said}` };
}
