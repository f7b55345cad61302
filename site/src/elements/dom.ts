/**
 * Builds nodes from text. Only through it do words from outside get onto a page.
 *
 * Everything is inserted as text, never as markup. Only drawing.ts inserts markup, for drawings.
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

/** A button with its action. */
export function makeButton(label: string, onClick: () => void, more = 'button small'): HTMLButtonElement {
  const button = make('button', { type: 'button', class: more, text: label });
  button.addEventListener('click', onClick);
  return button;
}
