/** How is one name of a cell drawn? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Definition, Need } from '../../protocol';
import { plainTextOf } from '../../appearance/wording';
import { useMentions } from '../elements/CellLink';
import { StatusIcon } from '../elements/StatusIcon';
import { needAppearanceOf, wordOfName } from '../../appearance/nameAppearance';

export interface IDefinitionChipProps {
  definition: Definition;
  tabIndex: number;
  trans: TranslationBundle;
}

/** A name that the cell defines; the focus opens its card. */
export function DefinitionChip(props: IDefinitionChipProps): React.ReactElement {
  const { definition, tabIndex, trans } = props;
  const { certain, kind, name } = definition;
  const title = certain ? undefined : trans.__('%1, only in some cases', kind);
  return (
    <span
      role="note"
      className={`jp-NamespaceViz-chip ${certain ? '' : 'jp-mod-uncertain'}`}
      aria-label={title === undefined ? name : `${name}, ${title}`}
      title={title}
      data-name={name}
      tabIndex={tabIndex}
    >
      {name}
    </span>
  );
}

export interface INeedChipProps {
  need: Need;
  tabIndex: number;
  trans: TranslationBundle;
  goToCell: (cellId: string) => void;
}

/**
 * A name that the cell needs, with its status; a click goes to the cell that provides it.
 *
 * The focus opens its card, also where no cell provides it.
 */
export function NeedChip(props: INeedChipProps): React.ReactElement {
  const { goToCell, need, tabIndex, trans } = props;
  const { message, name, provider, via } = need;
  const appearance = needAppearanceOf(need);
  const word = wordOfName(need, trans);
  const mentions = useMentions();
  const description = message === null ? undefined : plainTextOf(message, mentions);
  const className = `jp-NamespaceViz-chip jp-mod-${appearance ?? 'live'}`;
  const reader = via === null ? null : trans.__('via %1', via);
  const fullName = reader === null ? name : `${name} ${reader}`;
  const content = (
    <>
      {appearance && <StatusIcon appearance={appearance} />}
      {name}
      {reader !== null && <span className="jp-NamespaceViz-via">{reader}</span>}
    </>
  );
  if (provider === null) {
    return (
      <span
        role="note"
        className={className}
        data-name={name}
        aria-label={`${fullName}, ${word}`}
        aria-description={description}
        tabIndex={tabIndex}
      >
        {content}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={className}
      data-name={name}
      aria-label={trans.__('%1, %2: go to the cell that defines it', fullName, word)}
      aria-description={description}
      tabIndex={tabIndex}
      onClick={() => goToCell(provider)}
    >
      {content}
    </button>
  );
}
