/** What would a restart of the kernel mean? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Finding } from '../../protocol';
import type { ICellEntry, INameTable } from '../../tokens/models';
import { durationOf } from '../../appearance/wording';
import { MentionedCells } from '../elements/CellLink';
import { Sentence } from '../elements/Sentence';

export interface IRestartCheckProps {
  cells: readonly ICellEntry[];
  names: INameTable;
  forecast: readonly Finding[];
  trans: TranslationBundle;
}

/** What would be lost for good, what would fail when all cells run again, how long they took. */
export function RestartCheck(props: IRestartCheckProps): React.ReactElement {
  const { cells, forecast, names, trans } = props;
  const lost = [...names.byName.values()].filter(name => name.lost_by_restart);
  const numbers = new Map(cells.map(({ id, number }) => [id, number]));
  return (
    <MentionedCells cells={cells} trans={trans}>
      <div className="jp-NamespaceViz-plan">
        <p>{rebuildSentence(cells, trans)}</p>
        <section className="jp-NamespaceViz-unresolved">
          <h4>{trans.__('Lost for good')}</h4>
          {lost.length === 0 ? (
            <p>
              {trans.__('Nothing: cells of the notebook give every name that the kernel holds.')}
            </p>
          ) : (
            <ul aria-label={trans.__('Lost for good')}>
              {lost.map(({ binder, held, name }) => (
                <li key={name}>
                  <code>{name}</code> {held?.type},{' '}
                  <Sentence text={trans.__('bound by %1', binder ?? '?')} />
                </li>
              ))}
            </ul>
          )}
        </section>
        <section className="jp-NamespaceViz-unresolved">
          <h4>{trans.__('Would fail when all cells run again')}</h4>
          {forecast.length === 0 ? (
            <p>{trans.__('Nothing that can be told from the cells and the environment.')}</p>
          ) : (
            <ul aria-label={trans.__('Would fail when all cells run again')}>
              {forecast.map(({ cell_id, message }, index) => (
                <li key={index}>
                  {trans.__('Cell %1:', numbers.get(cell_id) ?? '?')} <Sentence text={message} />
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </MentionedCells>
  );
}

function rebuildSentence(cells: readonly ICellEntry[], trans: TranslationBundle): string {
  const ran = cells.filter(({ report }) => typeof report?.execution_count === 'number');
  const seconds = ran.reduce((sum, { report }) => sum + (report?.seconds ?? 0), 0);
  if (ran.length === 0) {
    return trans.__('No cell of the notebook has run in this kernel.');
  }
  return trans._n(
    '%1 cell has run in this kernel; it took %2.',
    '%1 cells have run in this kernel; they took %2.',
    ran.length,
    seconds < 1 ? trans.__('less than a second') : durationOf(seconds, trans)
  );
}
