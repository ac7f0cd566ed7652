/** How does an editor underline names, and keep that right while somebody types? */

import type { Extension, Transaction } from '@codemirror/state';
import { StateEffect, StateField } from '@codemirror/state';
import type { DecorationSet, Tooltip } from '@codemirror/view';
import { Decoration, EditorView, hoverTooltip, tooltips } from '@codemirror/view';
import { nameLookOf } from '../components/status';
import type { Need } from '../protocol';
import { placesOf } from './places';

/** Underline where these needs are read, and nothing else. */
export const setNeeds = StateEffect.define<readonly Need[]>();

/** The underlines of one editor; what is typed moves them, and takes away those that it touches. */
const underlines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (before, transaction) => {
    const moved = transaction.docChanged ? movedBy(transaction, before) : before;
    const told = transaction.effects.find(effect => effect.is(setNeeds));
    if (!told) {
      return moved;
    }
    const places = placesOf(transaction.state, told.value);
    return Decoration.set(
      places.map(({ from, need, to }) =>
        Decoration.mark({
          class: `jp-NamespaceViz-underline jp-mod-${nameLookOf(need.status) ?? 'live'}`,
          need
        }).range(from, to)
      )
    );
  },
  provide: field => EditorView.decorations.from(field)
});

function movedBy({ changes }: Transaction, before: DecorationSet): DecorationSet {
  return before.update({ filter: (from, to) => !changes.touchesRange(from, to) }).map(changes);
}

/** What an editor needs to underline names; `cardOf` makes the card that is shown on one. */
export function underlining(cardOf: (need: Need) => HTMLElement): Extension {
  return [
    underlines,
    hoverTooltip((view, position) => tooltipAt(view, position, cardOf)),
    // Cells are cut off at their edges, cards must not be.
    tooltips({ parent: document.body })
  ];
}

/** Whether the editor has what it needs. */
export function isUnderlining(view: EditorView): boolean {
  return view.state.field(underlines, false) !== undefined;
}

function tooltipAt(
  view: EditorView,
  position: number,
  cardOf: (need: Need) => HTMLElement
): Tooltip | null {
  let found: Tooltip | null = null;
  view.state.field(underlines).between(position, position, (from, to, { spec }) => {
    const { need } = spec as { need: Need };
    found ??= { pos: from, end: to, above: true, create: () => ({ dom: cardOf(need) }) };
  });
  return found;
}
