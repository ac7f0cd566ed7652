import { nullTranslator } from '@jupyterlab/translation';
import { appearanceOfProblem, wordOfProblem } from '../../appearance/problemAppearance';

const trans = nullTranslator.load('');

describe('a problem', () => {
  it.each([
    ['failed', 'failed', 'failed'],
    ['not_installed', 'blocked-import', 'not installed'],
    ['unknown', 'at-risk', 'unknown'],
    ['restart', 'waiting', 'would fail after a restart']
  ] as const)('of kind %s has the icon %s and the words %j', (kind, appearance, words) => {
    expect(appearanceOfProblem(kind)).toBe(appearance);
    expect(wordOfProblem(kind, trans)).toBe(words);
  });
});
