/** What is known of one name? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { NameReport } from '../../protocol';
import { countOf } from '../../appearance/cellNames';
import type { ICellEntry } from '../../tokens/models';
import { CellLinks } from '../elements/CellLinks';
import { Sentence } from '../elements/Sentence';

export interface INameDetailsProps {
  name: NameReport;
  /** The code cells by id. */
  entries: ReadonlyMap<string, ICellEntry>;
  /** Of the links. */
  tabIndex?: number;
  trans: TranslationBundle;
}

/** The reason for its status, its type, what bound it, and the cells that define and use it. */
export function NameDetails(props: INameDetailsProps): React.ReactElement {
  const { entries, name, tabIndex, trans } = props;
  const { binder, consumers, held, message, providers } = name;
  const cellsOf = (ids: string[]): ICellEntry[] =>
    ids.map(id => entries.get(id)).filter(entry => entry !== undefined);
  const links = (ids: string[], none: string): React.ReactNode =>
    ids.length > 0 ? <CellLinks cells={cellsOf(ids)} tabIndex={tabIndex} trans={trans} /> : none;
  return (
    <div className="jp-NamespaceViz-details">
      {message !== null && (
        <p>
          <Sentence text={message} tabIndex={tabIndex} />
        </p>
      )}
      <dl>
        {held && (
          <Fact term={trans.__('Type')}>
            <code>{typeOf(held)}</code>
            {held.summary !== null && <> {held.summary}</>}
          </Fact>
        )}
        {held?.kind === 'module' && held.module !== null && (
          <Fact term={trans.__('Module')}>
            <code>{held.module}</code> {held.version}
          </Fact>
        )}
        {binder !== null && (
          <Fact term={trans.__('Assigned in')}>
            <Sentence text={binder} tabIndex={tabIndex} />
            {runOf(name, entries)}
          </Fact>
        )}
        <Fact term={trans.__('Defined in')}>{links(providers, trans.__('no cell'))}</Fact>
        <Fact term={trans.__('Used in')}>{links(consumers, trans.__('no cell'))}</Fact>
      </dl>
    </div>
  );
}

/** The count of the run that bound the name, unless the link to its cell says it already. */
function runOf({ held }: NameReport, entries: INameDetailsProps['entries']): string {
  const { cell_id = null, execution_count = null } = held?.bound_by ?? {};
  const entry = entries.get(cell_id ?? '');
  const count = execution_count === null ? '' : `[${execution_count}]`;
  return count === '' || (entry && countOf(entry) === count) ? '' : ` ${count}`;
}

function Fact({ children, term }: React.PropsWithChildren<{ term: string }>): React.ReactElement {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** The type with its module, unless it is built in. */
function typeOf({ module, type }: NonNullable<NameReport['held']>): string {
  const isBuiltin = module === null || module === 'builtins' || type === 'module';
  return isBuiltin ? type : `${module}.${type}`;
}
