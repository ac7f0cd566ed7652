import { foundCells } from '../../graph/search';
import { cell } from './notebook';

const uses = [{ name: 'scaler', phase: 'immediate' as const, certain: true, via: null }];

const CELLS = [
  cell('a', 'train_data', [{ level: 1, text: 'Loading' }]),
  cell('b', '', [], { uses, execution_count: 12 }),
  cell('c', 'scaler'),
  { ...cell('d'), report: null }
];

describe('a search in the graph', () => {
  it.each([
    ['', []],
    ['  ', []],
    ['nothing', []],
    ['train', ['a']],
    ['LOADING', ['a']],
    ['line of', ['a', 'b', 'c', 'd']],
    ['[12]', ['b']],
    ['scal', ['b', 'c']],
    [' scaler ', ['c', 'b']]
  ])('for %j finds %j', (text, ids) => {
    expect(foundCells(CELLS, text)).toEqual(ids);
  });
});
