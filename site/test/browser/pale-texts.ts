/**
 * Texts on a page that are too pale to be read, also inside drawings, of which axe judges none.
 *
 * The function runs in the page, so it uses nothing from outside itself.
 */

/** Runs in the page: texts whose contrast with what is behind them is below 4.5 to 1 (WCAG 1.4.3). */
export function paleTexts(): readonly string[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color: string): readonly number[] => {
    if (canvas === null) return [0, 0, 0, 0];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (color: readonly number[]): number => {
    const [r = 0, g = 0, b = 0] = color.map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node: Element | null): readonly number[] => {
    for (let at = node; at !== null; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const pale = [...document.querySelectorAll('body *')].flatMap((node) => {
    const own = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim());
    if (!own || node.closest('[hidden], [disabled], script, style, template, noscript, dialog') !== null) return [];
    const style = getComputedStyle(node);
    if (node.getClientRects().length === 0 || style.visibility === 'hidden') return [];
    const color = rgba(node.closest('svg') === null ? style.color : style.fill);
    const [a, b] = [light(color), light(behind(node))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return contrast < 4.5
      ? [
          `${contrast.toFixed(2)} «${node.textContent?.trim().slice(0, 40)}» (${node.tagName.toLowerCase()}.${node.getAttribute('class')})`,
        ]
      : [];
  });
  return [...new Set(pale)].slice(0, 8);
}
