/** `<copy-command>` around a `<pre>`: adds a button that copies its text. Without scripts only the text is shown. */

import { commandRow } from './commands.ts';

class CopyCommand extends HTMLElement {
  connectedCallback(): void {
    const command = this.textContent?.trim() ?? '';
    this.replaceChildren(commandRow(command, this.getAttribute('label') ?? command));
  }
}

customElements.define('copy-command', CopyCommand);
