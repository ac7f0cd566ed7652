/** How does an editor underline names while the user types? */

import type { Extension, Transaction } from '@codemirror/state';
import { StateEffect, StateField } from '@codemirror/state';
import type { DecorationSet } from '@codemirror/view';
import { Decoration, EditorView, tooltips } from '@codemirror/view';
import { needAppearanceOf } from '../appearance/nameAppearance';
import type { Need } from '../protocol';
import { hoverCards } from './hoverCards';
import type { ICard } from './hoverCards';
import { nameRangesOf } from './nameRanges';
import type { INameRange } from './nameRanges';

/** Replace the underlines of the editor. */
export const setUnderlined = StateEffect.define<readonly Need[]>();

/** The underlines of one editor. Typing moves them, and removes those that it touches. */
const underlines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (before, transaction) => {
    const moved = transaction.docChanged ? mapped(transaction, before) : before;
    const effect = transaction.effects.find(effect => effect.is(setUnderlined));
    if (!effect) {
      return moved;
    }
    const ranges = nameRangesOf(transaction.state, effect.value);
    return Decoration.set(
      ranges.map(({ from, need, to }) =>
        Decoration.mark({
          class: `jp-NamespaceViz-underline jp-mod-${needAppearanceOf(need) ?? 'live'}`,
          need
        }).range(from, to)
      )
    );
  },
  provide: field => EditorView.decorations.from(field)
});

function mapped({ changes }: Transaction, before: DecorationSet): DecorationSet {
  return before.update({ filter: (from, to) => !changes.touchesRange(from, to) }).map(changes);
}

/** The CodeMirror extension that underlines names; `cardOf` creates the card on one. */
export function underlineExtension(cardOf: (need: Need) => ICard): Extension {
  return [
    underlines,
    hoverCards(underlinedIn, ({ need }) => cardOf(need)),
    // A cell clips its content. The cards must not be clipped.
    tooltips({ parent: document.body })
  ];
}

/** Whether the editor already has the extension. */
export function hasUnderlineExtension(view: EditorView): boolean {
  return view.state.field(underlines, false) !== undefined;
}

/** The underlined names that touch the text between two characters, in the order of the text. */
export function underlinedIn({ state }: EditorView, from: number, to: number): INameRange[] {
  const found: INameRange[] = [];
  state.field(underlines, false)?.between(from, to, (from, to, { spec }) => {
    found.push({ from, to, need: (spec as { need: Need }).need });
  });
  return found;
}
