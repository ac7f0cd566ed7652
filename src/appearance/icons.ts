/** Which icon does each appearance have? */

import { LabIcon } from '@jupyterlab/ui-components';
import atRisk from '../../style/icons/at-risk.svg';
import blockedImport from '../../style/icons/blocked-import.svg';
import blocked from '../../style/icons/blocked.svg';
import failed from '../../style/icons/failed.svg';
import empty from '../../style/icons/empty.svg';
import fresh from '../../style/icons/fresh.svg';
import lines from '../../style/icons/lines.svg';
import namespace from '../../style/icons/namespace.svg';
import notPython from '../../style/icons/not-python.svg';
import queued from '../../style/icons/queued.svg';
import running from '../../style/icons/running.svg';
import ready from '../../style/icons/ready.svg';
import restoreImports from '../../style/icons/restore-imports.svg';
import stale from '../../style/icons/stale.svg';
import syntaxError from '../../style/icons/syntax-error.svg';
import unknown from '../../style/icons/unknown.svg';
import waiting from '../../style/icons/waiting.svg';
import type { Appearance } from './cellAppearance';

/** The icon of the panel in the side bar. */
export const namespaceIcon = icon('namespace', namespace);

/** The icons of buttons in the panel. */
export const linesIcon = icon('lines', lines);
export const restoreImportsIcon = icon('restore-imports', restoreImports);

/** The icon of each appearance. Shapes differ, so that colour is never the only sign. */
export const appearanceIcons: Record<Appearance, LabIcon> = {
  'at-risk': icon('at-risk', atRisk),
  blocked: icon('blocked', blocked),
  'blocked-import': icon('blocked-import', blockedImport),
  empty: icon('empty', empty),
  failed: icon('failed', failed),
  fresh: icon('fresh', fresh),
  'not-python': icon('not-python', notPython),
  ready: icon('ready', ready),
  stale: icon('stale', stale),
  'syntax-error': icon('syntax-error', syntaxError),
  pending: icon('pending', empty),
  queued: icon('queued', queued),
  running: icon('running', running),
  unknown: icon('unknown', unknown),
  waiting: icon('waiting', waiting)
};

function icon(name: string, svgstr: string): LabIcon {
  return new LabIcon({ name: `jupyter-namespace-viz:${name}`, svgstr });
}
