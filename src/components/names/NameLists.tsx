/** How are the names of a cell drawn? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { CellReport, Need } from '../../protocol';
import { DefinitionChip, NeedChip } from './NameChip';

/** The most names that are listed before the list is unfolded. */
const MAX_SHOWN = 12;

export interface INameListsProps {
  report: CellReport;
  tabIndex: number;
  trans: TranslationBundle;
  goToCell: (cellId: string) => void;
}

/** The names that a cell needs and defines; needed names that are not live come first. */
export function NameLists(props: INameListsProps): React.ReactElement | null {
  const { goToCell, report, tabIndex, trans } = props;
  const needs = [...report.needs].sort((one, other) => rankOf(one) - rankOf(other));
  return (
    <>
      <NameList
        label={trans.__('Needs')}
        tabIndex={tabIndex}
        trans={trans}
        chips={needs.map(need => (
          <NeedChip
            key={`${need.name} ${need.via} ${need.phase}`}
            need={need}
            tabIndex={tabIndex}
            trans={trans}
            goToCell={goToCell}
          />
        ))}
      />
      <NameList
        label={trans.__('Defines')}
        tabIndex={tabIndex}
        trans={trans}
        chips={report.definitions.map(definition => (
          <DefinitionChip
            key={`${definition.name} ${definition.kind}`}
            definition={definition}
            tabIndex={tabIndex}
            trans={trans}
          />
        ))}
      />
    </>
  );
}

interface INameListProps {
  label: string;
  chips: React.ReactElement[];
  tabIndex: number;
  trans: TranslationBundle;
}

function NameList({ chips, label, tabIndex, trans }: INameListProps): React.ReactElement | null {
  const [isUnfolded, setUnfolded] = React.useState(false);
  if (chips.length === 0) {
    return null;
  }
  const shown = isUnfolded ? chips : chips.slice(0, MAX_SHOWN);
  return (
    <div className="jp-NamespaceViz-names" role="group" aria-label={label}>
      <span className="jp-NamespaceViz-namesTitle" aria-hidden="true">
        {label}
      </span>
      {shown}
      {chips.length > MAX_SHOWN && (
        <button
          type="button"
          className="jp-NamespaceViz-link"
          aria-expanded={isUnfolded}
          tabIndex={tabIndex}
          onClick={() => setUnfolded(!isUnfolded)}
        >
          {isUnfolded ? trans.__('Show fewer') : trans.__('Show %1 more', chips.length - MAX_SHOWN)}
        </button>
      )}
    </div>
  );
}

function rankOf(need: Need): number {
  return need.status === 'live' ? 1 : 0;
}
