import { nullTranslator } from '@jupyterlab/translation';
import { appearanceOf, isLoud, wordOf } from '../../appearance/cellAppearance';
import { blockedReport, cellReport, need } from '../reports';

const trans = nullTranslator.load('test');

describe('every status', () => {
  it('has an appearance and a word of its own', () => {
    const reports = [
      blockedReport('a', 'b'),
      blockedReport('a', 'b', true),
      cellReport('a', { status: 'blocked' }),
      cellReport('a', { status: 'at_risk' }),
      cellReport('a', {
        status: 'at_risk',
        needs: [need('x', { status: 'unknown', reason: 'cannot_ask' })]
      }),
      cellReport('a', {
        status: 'at_risk',
        needs: [need('x', { status: 'unknown', reason: 'star_import' })]
      }),
      cellReport('a', { status: 'stale' }),
      cellReport('a', { status: 'ready' }),
      cellReport('a', { status: 'fresh' }),
      cellReport('a', { status: 'empty' }),
      cellReport('a', { status: 'not_python' }),
      cellReport('a', { status: 'syntax_error' })
    ];
    const appearances = reports.map(report => appearanceOf(report));
    expect(appearances.map(appearance => [wordOf(appearance, trans), isLoud(appearance)])).toEqual([
      ['Blocked by a missing import', true],
      ['Not run yet', false],
      ['Blocked by a missing name', true],
      ['At risk', true],
      ['Unknown', false],
      ['At risk', true],
      ['Stale', true],
      ['Ready', false],
      ['Fresh', false],
      ['Empty', false],
      ['Not Python', false],
      ['Syntax error', false]
    ]);
  });
});
