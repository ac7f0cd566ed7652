/** How is the mention of a cell drawn? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import {
  cellClassOf,
  cellCodeOf,
  cellCountOf,
  cellTitleOf,
  mentionsOf
} from '../../appearance/cellNames';
import type { ICellMentions } from '../../appearance/cellNames';
import type { ICellEntry } from '../../tokens/models';

/** The cells that sentences and links mention. */
const Mentions = React.createContext<ICellMentions>(mentionsOf([], nullTranslator.load('')));

export interface IMentionedCellsProps {
  cells: readonly ICellEntry[];
  trans: TranslationBundle;
  /** Without it the cells are plain text. */
  goToCell?: (cellId: string) => void;
}

/** Gives the sentences inside it the cells that they mention. */
export function MentionedCells(
  props: React.PropsWithChildren<IMentionedCellsProps>
): React.ReactElement {
  const { cells, children, goToCell, trans } = props;
  const mentions = React.useMemo(
    () => mentionsOf(cells, trans, goToCell),
    [cells, trans, goToCell]
  );
  return <Mentions.Provider value={mentions}>{children}</Mentions.Provider>;
}

/** The cells that can be mentioned here. */
export function useMentions(): ICellMentions {
  return React.useContext(Mentions);
}

export interface ICellLinkProps {
  entry: ICellEntry;
  tabIndex?: number;
}

/** The code of a cell, and its count in this kernel; a click goes to the cell. */
export function CellLink({ entry, tabIndex }: ICellLinkProps): React.ReactElement {
  const mentions = useMentions();
  const { goToCell } = mentions;
  const className = cellClassOf(entry);
  const title = cellTitleOf(entry, mentions);
  const content = (
    <>
      <code>{cellCodeOf(entry)}</code>
      {cellCountOf(entry)}
    </>
  );
  if (!goToCell) {
    return (
      <span className={className} title={title}>
        {content}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={`jp-NamespaceViz-link ${className}`}
      tabIndex={tabIndex}
      title={title}
      onClick={event => {
        event.stopPropagation(); // a row around it would go to its own cell
        goToCell(entry.id);
      }}
    >
      {content}
    </button>
  );
}
