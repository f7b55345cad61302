/**
 * The names of a table: that in its ARN, and the one that a learner's template gives it, which is for readers only.
 */

import { templateName } from '../../../words/template-name.ts';

/** The name in a table's ARN; any other text is a name already. */
export function nameInTableArn(nameOrArn: string): string {
  return /^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/([^/]+)$/.exec(nameOrArn)?.[1] ?? nameOrArn;
}

/** «table Counters»: the lane of a table. */
export function tableLane(table: string): string {
  return `table ${shortTable(table)}`;
}

/** «Counters» for a table that the stack has named `lost-update-Counters-1A2B3C4D5E6F`. */
export function shortTable(table: string): string {
  return templateName(nameInTableArn(table));
}
