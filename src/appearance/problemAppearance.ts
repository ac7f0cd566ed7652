/** How is a problem drawn, and in which words? */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { AttentionKind } from '../tokens/models';
import type { Appearance } from './cellAppearance';

/** The appearance whose icon the problem has. */
export function appearanceOfProblem(kind: AttentionKind): Appearance {
  return APPEARANCES[kind];
}

const APPEARANCES: Record<AttentionKind, Appearance> = {
  at_risk: 'at-risk',
  clobbered: 'at-risk',
  failed: 'failed',
  ghost: 'at-risk',
  missing: 'blocked',
  missing_import: 'blocked-import',
  not_installed: 'blocked-import',
  restart: 'waiting',
  stale: 'stale',
  syntax: 'syntax-error',
  unknown: 'at-risk'
};

/** The kind of a problem in a word or two. */
export function wordOfProblem(kind: AttentionKind, trans: TranslationBundle): string {
  switch (kind) {
    case 'at_risk':
      return trans.__('at risk');
    case 'clobbered':
      return trans.__('overwritten');
    case 'failed':
      return trans.__('failed');
    case 'ghost':
      return trans.__('defined by no cell');
    case 'missing':
      return trans.__('missing');
    case 'missing_import':
      return trans.__('missing import');
    case 'not_installed':
      return trans.__('not installed');
    case 'restart':
      return trans.__('would fail after a restart');
    case 'stale':
      return trans.__('stale');
    case 'syntax':
      return trans.__('syntax error');
    case 'unknown':
      return trans.__('unknown');
    default:
      return unknownKind(kind);
  }
}

function unknownKind(kind: never): never {
  throw new Error(`Unknown kind ${JSON.stringify(kind)}`);
}
