/** How are buttons and sentences built without React? */

import { piecesOf } from '../appearance/wording';

/** A button of a mark or a card. */
export function newButton(label: string, onClick: () => void): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'jp-NamespaceViz-button';
  button.textContent = label;
  button.addEventListener('click', onClick);
  return button;
}

/** The nodes of a sentence of the server; text between backticks is code. */
export function sentenceNodesOf(sentence: string): (HTMLElement | string)[] {
  return piecesOf(sentence).map(({ isCode, text }) => (isCode ? codeElementOf(text) : text));
}

/** A text as code. */
export function codeElementOf(text: string): HTMLElement {
  const code = document.createElement('code');
  code.textContent = text;
  return code;
}
