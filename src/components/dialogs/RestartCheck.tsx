/** What would a restart of the kernel mean? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Finding, NameReport } from '../../protocol';
import type { ICellEntry, INameTable } from '../../tokens/models';
import { durationOf } from '../../appearance/wording';
import { MentionedCells } from '../elements/CellLink';
import { Sentence } from '../elements/Sentence';

/** How many names of one group, and how many errors, are listed; the rest is only counted. */
const MAX_SHOWN = 10;

export interface IRestartCheckProps {
  cells: readonly ICellEntry[];
  names: INameTable;
  forecast: readonly Finding[];
  trans: TranslationBundle;
}

/** What a restart would lose for good, what would fail when all cells run again, and how long it takes. */
export function RestartCheck(props: IRestartCheckProps): React.ReactElement {
  const { cells, forecast, names, trans } = props;
  const lost = [...names.byName.values()].filter(name => name.lost_by_restart);
  return (
    <MentionedCells cells={cells} trans={trans}>
      <div className="jp-NamespaceViz-plan">
        <p>{rebuildSentence(cells, trans)}</p>
        <Section
          title={trans.__('Would be lost')}
          none={trans.__('Nothing. The cells of the notebook define every name in the kernel.')}
          items={groupsOf(lost).map(([binder, group]) => (
            <React.Fragment key={binder}>
              <div>
                <Sentence
                  text={
                    binder === ''
                      ? trans.__('Defined elsewhere:')
                      : trans.__('Defined by %1:', binder)
                  }
                />
              </div>
              <LostNames names={group} trans={trans} />
            </React.Fragment>
          ))}
          trans={trans}
        />
        <Section
          title={trans.__('Would fail when all cells run again')}
          none={trans.__('No missing names or modules found.')}
          items={forecast.map(({ cell_id, message }, index) => (
            <Sentence key={index} text={`[[${cell_id}]]: ${message}`} />
          ))}
          trans={trans}
        />
      </div>
    </MentionedCells>
  );
}

interface ISectionProps {
  title: string;
  /** What stands there without items. */
  none: string;
  items: React.ReactElement[];
  trans: TranslationBundle;
}

function Section({ items, none, title, trans }: ISectionProps): React.ReactElement {
  return (
    <section className={items.length > 0 ? 'jp-NamespaceViz-unresolved' : undefined}>
      <h4>{title}</h4>
      {items.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul aria-label={title}>
          {items.slice(0, MAX_SHOWN).map((item, index) => (
            <li key={index}>{item}</li>
          ))}
          {items.length > MAX_SHOWN && <li>{moreOf(items.length, trans)}</li>}
        </ul>
      )}
    </section>
  );
}

/** The first names of a group, with their types, and how many more there are. */
function LostNames({
  names,
  trans
}: {
  names: readonly NameReport[];
  trans: TranslationBundle;
}): React.ReactElement {
  return (
    <div className="jp-NamespaceViz-lostNames">
      {names.slice(0, MAX_SHOWN).map(({ held, name }) => (
        <span key={name}>
          <code>{name}</code> {held?.type}
        </span>
      ))}
      {names.length > MAX_SHOWN && <span>{moreOf(names.length, trans)}</span>}
    </div>
  );
}

function moreOf(count: number, trans: TranslationBundle): string {
  return trans._n('and %1 more', 'and %1 more', count - MAX_SHOWN);
}

/** The names by who bound them; the longest group last. */
function groupsOf(lost: readonly NameReport[]): [string, NameReport[]][] {
  const groups = new Map<string, NameReport[]>();
  for (const name of lost) {
    const binder = name.binder ?? '';
    groups.set(binder, [...(groups.get(binder) ?? []), name]);
  }
  return [...groups].sort(([, one], [, other]) => one.length - other.length);
}

function rebuildSentence(cells: readonly ICellEntry[], trans: TranslationBundle): string {
  const ran = cells.filter(({ report }) => typeof report?.execution_count === 'number');
  const seconds = ran.reduce((sum, { report }) => sum + (report?.seconds ?? 0), 0);
  if (ran.length === 0) {
    return trans.__('No cell of the notebook has run in this kernel.');
  }
  return trans._n(
    '%1 cell has run in this kernel. It took %2.',
    '%1 cells have run in this kernel. They took %2.',
    ran.length,
    seconds < 1 ? trans.__('less than a second') : durationOf(seconds, trans)
  );
}
