/**
 * `util.format`: values as one line, the first of which may say with `%s`, `%d` … where the others go.
 *
 * https://nodejs.org/api/util.html#utilformatformat-args. Objects are written as the lab's console writes them.
 */

import { format } from './console.ts';

export function formatText(...values: readonly unknown[]): string {
  const [pattern, ...rest] = values;
  if (typeof pattern !== 'string' || rest.length === 0) return values.map(format).join(' ');
  const text = pattern.replace(/%[sdifjoOc%]/g, (place) => {
    if (place === '%%') return '%';
    return rest.length === 0 ? place : formatPlace(place, rest.shift());
  });
  return [text, ...rest.map(format)].join(' ');
}

function formatPlace(place: string, value: unknown): string {
  if (place === '%c') return '';
  if (place === '%j') return JSON.stringify(value) ?? 'undefined';
  if (place === '%o' || place === '%O') return format(value);
  if (place === '%s') return Object.is(value, -0) ? '-0' : format(value);
  if (typeof value === 'symbol') return 'NaN';
  if (typeof value === 'bigint' && place !== '%f') return `${value}n`;
  if (place === '%d') return String(typeof value === 'object' ? Number.NaN : Number(value));
  return String(place === '%i' ? Number.parseInt(String(value), 10) : Number.parseFloat(String(value)));
}
