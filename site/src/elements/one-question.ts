/**
 * `<one-question>`: the reader chooses an answer and learns why it is right or wrong.
 *
 * The page contains the options and their feedback. This element shows only the feedback for the chosen one, in a live region,
 * and lets the reader choose again. It keeps no score.
 */

class OneQuestion extends HTMLElement {
  connectedCallback(): void {
    const answer = this.querySelector<HTMLElement>('[role="status"]');
    if (answer === null) return;
    for (const button of this.buttons()) {
      button.disabled = false;
      button.addEventListener('click', () => this.choose(button, answer));
    }
  }

  private buttons(): readonly HTMLButtonElement[] {
    return [...this.querySelectorAll<HTMLButtonElement>('button[data-feedback]')];
  }

  private choose(chosen: HTMLButtonElement, answer: HTMLElement): void {
    for (const button of this.buttons()) button.setAttribute('aria-pressed', String(button === chosen));
    const right = chosen.dataset.right === 'true';
    answer.dataset.right = String(right);
    answer.textContent = `${right ? '✓ Yes.' : '✗ No.'} ${chosen.dataset.feedback ?? ''}`;
  }
}

customElements.define('one-question', OneQuestion);
