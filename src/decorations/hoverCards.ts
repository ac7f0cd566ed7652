/** When does an editor show the card on one of its names? */

import type { Extension } from '@codemirror/state';
import { StateEffect, StateField } from '@codemirror/state';
import type { EditorView, Tooltip, TooltipView } from '@codemirror/view';
import { hoverTooltip, showTooltip } from '@codemirror/view';
import type { INameRange } from './nameRanges';

/** Open the card on a range and keep it open; null closes it. */
const setPinnedRange = StateEffect.define<INameRange | null>();

/** The ranges that touch the text between two characters, in the order of the text. */
type RangesIn = (view: EditorView, from: number, to: number) => readonly INameRange[];

/** Cards on ranges: while the pointer is on one, and from `openCard` until Escape or typing. */
export function hoverCards(
  rangesIn: RangesIn,
  cardOf: (range: INameRange) => HTMLElement
): Extension {
  const pinnedTooltip = StateField.define<Tooltip | null>({
    create: () => null,
    update: (before, { docChanged, effects }) => {
      const effect = effects.find(effect => effect.is(setPinnedRange));
      if (!effect) {
        return docChanged ? null : before;
      }
      const range = effect.value;
      return range && tooltipOn(range, view => withFocus(view, cardOf(range)));
    },
    provide: field => showTooltip.from(field)
  });
  const hovering = hoverTooltip((view, position) => {
    const [range] = rangesIn(view, position, position);
    return range ? tooltipOn(range, () => ({ dom: cardOf(range) })) : null;
  });
  return [pinnedTooltip, hovering];
}

/** Open the card on the range at the cursor, else on the nearest; false if there is none. */
export function openCard(view: EditorView, rangesIn: RangesIn): boolean {
  const { doc, selection } = view.state;
  const { head } = selection.main;
  const distance = ({ from, to }: INameRange): number => Math.max(from - head, head - to, 0);
  const ranges = [...rangesIn(view, 0, doc.length)];
  const [nearest] = ranges.sort((one, other) => distance(one) - distance(other));
  if (nearest) {
    view.dispatch({ effects: setPinnedRange.of(nearest) });
  }
  return nearest !== undefined;
}

function tooltipOn({ from, to }: INameRange, create: (view: EditorView) => TooltipView): Tooltip {
  return { pos: from, end: to, above: true, create };
}

/** A card that takes the focus and closes when it loses it; Escape returns it to the editor. */
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
      // Not at once: the editor itself may be removing the card in an update.
      queueMicrotask(() => view.dispatch({ effects: setPinnedRange.of(null) }));
    }
  });
  const first = card.querySelector<HTMLElement>('button') ?? card;
  return { dom: card, mount: () => requestAnimationFrame(() => first.focus()) };
}
