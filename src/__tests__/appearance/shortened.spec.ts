import { shortened } from '../../appearance/shortened';

describe('a text that is too long', () => {
  it.each([
    ['alpha, beta, gamma', 18, 'alpha, beta, gamma'],
    ['alpha, beta, gamma', 17, 'alpha, beta…'],
    ['alpha, beta, gamma', 14, 'alpha, beta…'],
    ['model.fit(X, y)', 12, 'model.fit(X…'],
    ['model.fit(X, y)', 11, 'model.fit…'],
    ['values[first] = 3', 10, 'values…'],
    ['histogram_of_everything', 10, 'histogram…'],
    ['takes histogram_of_everything', 20, 'takes histogram_of_…'],
    ['x = a_name_that_is_longer_than_the_space', 20, 'x = a_name_that_is_…'],
    ['import tensorflow as tf # the large one', 31, 'import tensorflow as tf # the…'],
    ['größe_der_menge = zähler', 17, 'größe_der_menge…'],
    ['rates = span(0.001, 0.3, 8)', 24, 'rates = span(0.001, 0.3…'],
    ['rates = span(0.001, 0.3, 8)', 23, 'rates = span(0.001…'],
    ['rates = span(0.001, 0.3, 8)', 22, 'rates = span(0.001…'],
    ['model2.fit(values)', 14, 'model2.fit…'],
    ['x = "🐍🐍"', 7, 'x = "…'],
    ['x = "🐍🐍"', 8, 'x = "🐍…'],
    ['abc', 0, 'a…']
  ])('%s in %d characters', (text, max, expected) => {
    expect(shortened(text, max)).toBe(expected);
  });
});
