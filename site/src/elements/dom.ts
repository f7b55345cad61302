/**
 * Builds nodes from text. The only way in which words from outside get onto a page.
 *
 * Everything goes in as text, never as markup; drawings have a door of their own in drawing.ts.
 */

export interface Attributes {
  readonly class?: string;
  readonly text?: string;
  readonly [attribute: string]: string | undefined;
}

/** A new element with attributes and children; strings become text. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    if (name === 'text') node.textContent = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** A button that does something. */
export function makeButton(label: string, onClick: () => void, more = 'button small'): HTMLButtonElement {
  const button = make('button', { type: 'button', class: more, text: label });
  button.addEventListener('click', onClick);
  return button;
}
