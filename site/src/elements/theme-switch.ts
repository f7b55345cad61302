/** `<theme-switch>`: light or dark, remembered under Starlight's key so that all pages agree. */

import { makeButton } from './dom.ts';

const KEY = 'starlight-theme';

class ThemeSwitch extends HTMLElement {
  private readonly button = makeButton('', () => this.turn());

  connectedCallback(): void {
    this.replaceChildren(this.button);
    this.show();
  }

  private turn(): void {
    const { dataset } = document.documentElement;
    dataset.theme = other(dataset.theme);
    localStorage.setItem(KEY, dataset.theme);
    this.show();
  }

  private show(): void {
    const to = other(document.documentElement.dataset.theme);
    this.button.textContent = to === 'dark' ? 'Dark' : 'Light';
    this.button.setAttribute('aria-label', `Use the ${to} theme`);
  }
}

function other(theme: string | undefined): 'light' | 'dark' {
  return theme === 'dark' ? 'light' : 'dark';
}

customElements.define('theme-switch', ThemeSwitch);
