/**
 * A drawing in sentences, one per step, for those who don't see it or would rather read.
 *
 * Says everything that the drawing shows, and numbers the steps alike.
 */

import { duration } from '../report/words.ts';
import type { LaneRow, Lanes } from './lanes.ts';

/** One sentence or more per step, in order. Plain text: whoever puts it on a page escapes it. */
export function describe({ rows, lanes }: Lanes): readonly string[] {
  const name = (lane: number) => lanes[lane]?.name ?? '';
  return rows.map((row) => {
    const time = row.clockMoved ? ` at ${duration(row.atMs)}` : '';
    const part = row.conflict === undefined ? '' : ` (${row.conflict.words})`;
    const notes = row.notes.map(({ lane, text }) => ` ${name(lane)} ${withoutSign(text)}.`);
    return `Step ${row.number}${time}: ${sayStep(row, name)}${part}.${notes.join('')}`;
  });
}

const THIRD_PERSON: Readonly<Record<string, string>> = {
  get: 'gets',
  put: 'puts',
  update: 'updates',
  delete: 'deletes',
};

function sayStep({ lane, label, shortLabel, kind, shared }: LaneRow, name: (lane: number) => string): string {
  const who = name(lane);
  if (shared === undefined) return `${who} ${withoutSign(label)}`;
  const table = name(shared.lane);
  const value = shared.value ?? 'something';
  if (lane === shared.lane) return `a look at ${shared.item} in ${table} finds ${value}`;
  const [verb = '', ...rest] = shortLabel.split(' ');
  const does = `${who} ${THIRD_PERSON[verb] ?? verb} ${shared.item}`;
  if (kind === 'trouble') return `${does} in ${table}: ${withoutSign(rest.join(' '))}, ${shared.item} holds ${value}`;
  return kind === 'read'
    ? `${does} from ${table} and finds ${value}`
    : `${does} in ${table}, which then holds ${value}`;
}

/** Signs are for the eye; the words beside them say the same. */
function withoutSign(text: string): string {
  return text.replace(/✗ ?/g, '').trim();
}
