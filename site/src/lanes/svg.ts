/**
 * A laid-out run as SVG: lanes, dots for steps, lines for cause.
 *
 * The result is a string, so that it can be made while building as well as in the page. Every text in it is escaped; colours
 * are the page's own variables and follow light and dark.
 */

import type { Drawing, Lane, Mark, Text } from './layout.ts';
import type { Thread } from './threads.ts';

/** The smallest scale of a drawing. If it would have to be smaller, it is scrolled instead. */
const SMALLEST = 0.83;

/** The drawing as markup. `label` says in one sentence what it shows. */
export function drawSvg({ width, height, isCompact, lanes, marks, threads }: Drawing, label: string): string {
  const kind = isCompact === true ? 'lanes compact' : 'lanes';
  return [
    `<svg class="${kind}" role="img" aria-label="${escaped(label)}" width="${width}" height="${height}" style="min-width:${Math.ceil(width * SMALLEST)}px" viewBox="0 0 ${width} ${height}">`,
    ...lanes.map((lane) => drawLane(lane, isCompact === true)),
    ...threads.map(drawThread),
    ...marks.map(drawMark),
    '</svg>',
  ].join('');
}

function drawLane({ name, isTitled, kind, x, fromY, toY }: Lane, isCompact: boolean): string {
  const line = `<path class="lane ${kind}" d="M${x} ${fromY}V${toY}"/>`;
  if (!isTitled) return line;
  if (isCompact)
    return `${line}<text class="name" transform="translate(${x + 2} 84) rotate(-48)">${escaped(name)}</text>`;
  return `${line}<text class="name" x="${x - (kind === 'place' ? 0 : 5)}" y="20">${escaped(name)}</text>`;
}

function drawThread({ x, fromY, toY }: Thread): string {
  return `<path class="thread" d="M${x} ${fromY}V${toY}"/>`;
}

/** One row, as a group: a player shows rows one after the other. */
function drawMark({ label, y, texts, dots, arrows, broken, swapped, isNote, steps = [] }: Mark): string {
  const tone = broken ? ' broken' : '';
  const lines = arrows.map(({ fromX, toX }) => `<path class="write${tone}" d="M${fromX} ${y}H${toX}m-6 -4l6 4l-6 4"/>`);
  const sign = swapped ? ' swapped' : '';
  const said = swapped ? `⇅ ${label}` : label;
  const number = label === '' ? '' : `<text class="number${sign}" x="30" y="${y + 4.5}">${escaped(said)}</text>`;
  const points = dots.map(
    (dot) => `<circle class="step${dot.broken ? ' broken' : ''}" cx="${dot.x}" cy="${y}" r="4.5"/>`,
  );
  const drawn = `${number}${lines.join('')}${points.join('')}${texts.map((text) => drawText(text, y)).join('')}`;
  const about = isNote === true ? ' data-note=""' : steps.length === 0 ? '' : ` data-steps="${label}"`;
  return `<g class="mark"${about}>${drawn}</g>`;
}

function drawText({ x, text, tone, dy = 0 }: Text, y: number): string {
  return `<text class="${tone}" x="${x}" y="${y + dy + 4.5}">${escaped(text)}</text>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
