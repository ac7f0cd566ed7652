/** Which actions does the graph have? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ExportFormat } from './exportGraph';
import { SearchBox } from './SearchBox';
import type { ISearchBoxProps } from './SearchBox';
import type { IShape } from './shape';

export interface IGraphBarProps {
  search: Omit<ISearchBoxProps, 'trans'>;
  shape: IShape;
  withUnconnected: boolean;
  withImports: boolean;
  trans: TranslationBundle;
  setWithUnconnected: (isShown: boolean) => void;
  setWithImports: (isShown: boolean) => void;
  /** Null for a notebook without sections. */
  foldAll: ((isFolded: boolean) => void) | null;
  zoom: (factor: number) => void;
  exportAs: (format: ExportFormat) => void;
}

const ZOOM_STEP = 1.25;

/** A toolbar: search, fold, show, zoom, save; and what is hidden. */
export function GraphBar(props: IGraphBarProps): React.ReactElement {
  const { exportAs, foldAll, search, shape, trans, zoom } = props;
  return (
    <div className="jp-NamespaceViz-graphBar" role="toolbar" aria-label={trans.__('Graph actions')}>
      <SearchBox {...search} trans={trans} />
      {foldAll && (
        <>
          <Button label={trans.__('Show All')} onClick={() => foldAll(false)} />
          <Button label={trans.__('Fold All')} onClick={() => foldAll(true)} />
        </>
      )}
      <Button label={trans.__('Zoom In')} onClick={() => zoom(ZOOM_STEP)} />
      <Button label={trans.__('Zoom Out')} onClick={() => zoom(1 / ZOOM_STEP)} />
      <Check
        label={trans.__('Show Unconnected Cells')}
        isChecked={props.withUnconnected}
        onChange={props.setWithUnconnected}
      />
      <Check
        label={trans.__('Show Import-Only Cells')}
        isChecked={props.withImports}
        onChange={props.setWithImports}
      />
      <select
        className="jp-NamespaceViz-select"
        aria-label={trans.__('Save the graph as')}
        value=""
        onChange={event => exportAs(event.target.value as ExportFormat)}
      >
        <option value="">{trans.__('Save As…')}</option>
        <option value="svg">{trans.__('SVG, as shown')}</option>
        <option value="png">{trans.__('PNG, as shown')}</option>
        <option value="mermaid">{trans.__('Mermaid, all cells')}</option>
        <option value="dot">{trans.__('DOT, all cells')}</option>
      </select>
      <span className="jp-NamespaceViz-graphNote" role="status">
        {noteOn(shape, trans)}
      </span>
    </div>
  );
}

function Button({ label, onClick }: { label: string; onClick: () => void }): React.ReactElement {
  return (
    <button type="button" className="jp-NamespaceViz-button" onClick={onClick}>
      {label}
    </button>
  );
}

interface ICheckProps {
  label: string;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
}

function Check({ isChecked, label, onChange }: ICheckProps): React.ReactElement {
  return (
    <label className="jp-NamespaceViz-check">
      <input
        type="checkbox"
        checked={isChecked}
        onChange={event => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}

function noteOn(
  { importOnly, isWithoutEdges, unconnected }: IShape,
  trans: TranslationBundle
): string {
  const notes = [
    isWithoutEdges ? trans.__('No cell uses a name of another cell') : '',
    unconnected === 0
      ? ''
      : trans._n('%1 unconnected cell hidden', '%1 unconnected cells hidden', unconnected),
    importOnly === 0
      ? ''
      : trans._n('%1 import-only cell hidden', '%1 import-only cells hidden', importOnly)
  ];
  return notes.filter(Boolean).join(' · ');
}
