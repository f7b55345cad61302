/**
 * Commands to type, shown so that they can be copied.
 *
 * The grader supplies the commands, which are those that its reports print.
 */

import { make, makeButton } from './dom.ts';

/** A command with a button that copies it and reports the result. */
export function commandRow(command: string, label: string): HTMLElement {
  const button = makeButton('Copy', () => {
    void copy(command).then((copied) => {
      button.textContent = copied ? 'Copied' : 'Select it and copy';
    });
  });
  button.setAttribute('aria-label', `Copy: ${label}`);
  return make(
    'div',
    { class: 'command-row' },
    focusable(make('pre', { class: 'command', text: command }), label),
    button,
  );
}

/** A part that scrolls sideways must be reachable by keyboard. */
function focusable(node: HTMLElement, label: string): HTMLElement {
  node.tabIndex = 0;
  node.setAttribute('role', 'group');
  node.setAttribute('aria-label', label);
  return node;
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
