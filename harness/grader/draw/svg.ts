/**
 * A laid-out run as SVG: lanes side by side, or a list beside narrow lanes where there is little room.
 *
 * A pure string, made while building as well as in a page. It says the same to a screen reader. No scripts, no styles, no ids.
 */

import { describe } from './describe.ts';
import type { Lanes } from './lanes.ts';
import { linesOf } from './lines.ts';
import { drawCompact } from './svg-compact.ts';
import { element, escaped, FONT } from './svg-ink.ts';
import { drawWide } from './svg-wide.ts';

export { describe };

export interface SvgOptions {
  /** What the drawing shows, in one sentence: the name of the picture. */
  readonly title: string;
  /** The whole in words; that of `describe` unless given. */
  readonly description?: string;
  /** A list that fits `widthPx`, for phones. */
  readonly compact?: boolean;
  /** How wide a compact drawing is; 358 unless given: a phone of 390 with margins. */
  readonly widthPx?: number;
  /** Counts what is not needed to see what went wrong, instead of drawing it. */
  readonly foldQuiet?: boolean;
}

/** What a renderer hands back: markup and its size. */
export interface Sheet {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly markup: string;
}

const COMPACT_WIDTH_PX = 358;

/** The drawing as one `<svg>` element. */
export function drawSvg(lanes: Lanes, options: SvgOptions): string {
  const lines = linesOf(lanes, options.foldQuiet);
  const { widthPx, heightPx, markup } = options.compact
    ? drawCompact(lanes, lines, options.widthPx ?? COMPACT_WIDTH_PX)
    : drawWide(lanes, lines);
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    role: 'img',
    class: 'rp-lanes',
    width: widthPx,
    height: heightPx,
    viewBox: `0 0 ${widthPx} ${heightPx}`,
    'font-family': FONT.family,
    'font-size': FONT.sizePx,
  };
  const description = options.description ?? describe(lanes).join(' ');
  const words = element('title', {}, escaped(options.title)) + element('desc', {}, escaped(description));
  return element('svg', attributes, words + markup);
}
