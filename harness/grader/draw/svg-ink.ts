/**
 * Elements, texts and colours of the SVG drawings.
 *
 * Every text goes through `escaped`. Colours are the page's if it sets `--rp-broken` and `--rp-grey`, and otherwise ones that can
 * be read on light and on dark. Attributes only, no styles: a page may forbid those.
 */

import { harmless } from '../report/page.ts';

export const BROKEN = 'var(--rp-broken, #d23f31)';
export const GREY = 'var(--rp-grey, #767676)';
export const INK = 'currentColor';

/** Of the monospaced face at this size; a little more than most have, so that texts never touch. */
export const FONT = {
  family: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  sizePx: 13,
  characterPx: 8,
} as const;

type Attributes = Readonly<Record<string, string | number>>;

/** `<name …>content</name>`. The content is markup: escape texts. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return `<${name}${given.join('')}>${content}</${name}>`;
}

/** A text at a place, on the middle of its line. */
export function text(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return element('text', { x, y: y + 4.5, fill: INK, ...attributes }, escaped(words));
}

/** A line that ends at `toX`, with a head there: an arrow, or a cross for what was refused. A dotted one has a whole head. */
export function arrow(
  fromX: number,
  toX: number,
  y: number,
  head: 'arrow' | 'cross',
  stroke: string,
  dots = '',
): string {
  const back = fromX < toX ? -6 : 6;
  const tip = head === 'arrow' ? `m${back} -4l${-back} 4l${back} 4` : 'm-4 -4l8 8m0 -8l-8 8';
  const line = { d: `M${fromX} ${y}H${toX}`, stroke };
  const dotted = dots === '' ? line : { ...line, 'stroke-dasharray': dots };
  return element('path', dotted) + element('path', { d: `M${toX} ${y}${tip}`, stroke, fill: 'none' });
}

/** A text as the content of an element or an attribute, on one line, without what XML has no place for. */
export function escaped(words: string): string {
  const plain = harmless(words.toWellFormed().replace(/[\t\r\n]/g, ' ')).replace(/[\ufffe\uffff]/g, '');
  return plain.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
