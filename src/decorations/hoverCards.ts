/** When does an editor show the card on one of its names? */

import type { Extension } from '@codemirror/state';
import { StateEffect, StateField } from '@codemirror/state';
import type { EditorView, Tooltip, TooltipView } from '@codemirror/view';
import { hoverTooltip, showTooltip } from '@codemirror/view';
import type { IPlace } from './nameRanges';

/** Open the card on a place and keep it open; null closes it. */
const keep = StateEffect.define<IPlace | null>();

/** The places that touch the text between two characters, in the order of the text. */
type PlacesIn = (view: EditorView, from: number, to: number) => readonly IPlace[];

/** Cards on places: while the pointer rests there, and from `openCard` until Escape, or typing. */
export function cards(placesIn: PlacesIn, cardOn: (place: IPlace) => HTMLElement): Extension {
  const kept = StateField.define<Tooltip | null>({
    create: () => null,
    update: (before, { docChanged, effects }) => {
      const told = effects.find(effect => effect.is(keep));
      if (!told) {
        return docChanged ? null : before;
      }
      const place = told.value;
      return place && tooltipOn(place, view => withFocus(view, cardOn(place)));
    },
    provide: field => showTooltip.from(field)
  });
  const hovering = hoverTooltip((view, position) => {
    const [place] = placesIn(view, position, position);
    return place ? tooltipOn(place, () => ({ dom: cardOn(place) })) : null;
  });
  return [kept, hovering];
}

/** Open the card on the place at the cursor, else on the nearest; false where there is none. */
export function openCard(view: EditorView, placesIn: PlacesIn): boolean {
  const { doc, selection } = view.state;
  const { head } = selection.main;
  const away = ({ from, to }: IPlace): number => Math.max(from - head, head - to, 0);
  const places = [...placesIn(view, 0, doc.length)];
  const [nearest] = places.sort((one, other) => away(one) - away(other));
  if (nearest) {
    view.dispatch({ effects: keep.of(nearest) });
  }
  return nearest !== undefined;
}

function tooltipOn({ from, to }: IPlace, create: (view: EditorView) => TooltipView): Tooltip {
  return { pos: from, end: to, above: true, create };
}

/** A card that has the focus, and is gone as soon as it has not; Escape gives it back. */
function withFocus(view: EditorView, card: HTMLElement): TooltipView {
  card.tabIndex = -1;
  card.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      view.focus();
    }
  });
  card.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && card.contains(relatedTarget))) {
      // Not at once: it is the editor itself that may be taking the card away.
      queueMicrotask(() => view.dispatch({ effects: keep.of(null) }));
    }
  });
  const first = card.querySelector<HTMLElement>('button') ?? card;
  return { dom: card, mount: () => requestAnimationFrame(() => first.focus()) };
}
