import { UpdateBuilder } from '../../model/updates';
import type { NotebookSituation } from '../../model/updates';
import type { CellText, Limits, Update } from '../../protocol';

const limits: Limits = { max_cells: 100, max_cell_chars: 50, max_message_bytes: 1000 };

function cell(id: string, source = ''): CellText {
  return { id, source };
}

function at(kernelId: string | null, in_flight: string[] = []): NotebookSituation {
  const rest = { client: 'me', ended_at: null, path: 'a.ipynb', in_full: false, language: 'en' };
  return { kernel_id: kernelId, in_flight, not_code: ['text'], ...rest };
}

/** The situation in a further update, for which the cells that are not code are as before. */
function then(kernelId: string | null, in_flight: string[] = []): Partial<Update> {
  return { ...at(kernelId, in_flight), not_code: null };
}

/** The execution counts of cells by their ids. */
function counts(of: Record<string, number | null>): Map<string, number | null> {
  return new Map(Object.entries(of));
}

describe('what the server receives', () => {
  it('is everything at first, nothing when nothing changed, then only the changes', () => {
    const builder = new UpdateBuilder();
    const cells = [cell('a', 'import os'), cell('b', 'os')];
    expect(builder.updatesFor(at('k'), cells, limits)).toEqual([
      { kind: 'update', revision: 1, ...at('k'), order: ['a', 'b'], changed: cells }
    ]);
    expect(builder.updatesFor(at('k'), cells, limits)).toEqual([]);

    const edited = [cell('a', 'import os'), cell('b', 'os.sep')];
    expect(builder.updatesFor(at('k'), edited, limits)).toEqual([
      { kind: 'update', revision: 2, ...then('k'), order: null, changed: [edited[1]] }
    ]);
  });

  it('is the order alone when a cell moves or goes, the kernel alone when it is changed', () => {
    const builder = new UpdateBuilder();
    const [a, b, c] = [cell('a'), cell('b'), cell('c')] as const;
    builder.updatesFor(at('k'), [a, b, c], limits);
    expect(builder.updatesFor(at('k'), [b, a, c], limits)).toEqual([
      { kind: 'update', revision: 2, ...then('k'), order: ['b', 'a', 'c'], changed: [] }
    ]);
    expect(builder.updatesFor(at('k'), [b, c], limits)).toEqual([
      { kind: 'update', revision: 3, ...then('k'), order: ['b', 'c'], changed: [] }
    ]);
    expect(builder.updatesFor(at(null), [b, c], limits)).toEqual([
      { kind: 'update', revision: 4, ...then(null), order: null, changed: [] }
    ]);
  });

  it('is which cells are in flight, whenever that changes', () => {
    const builder = new UpdateBuilder();
    const cells = [cell('a'), cell('b')];
    builder.updatesFor(at('k'), cells, limits);
    expect(builder.updatesFor(at('k', ['b', 'a']), cells, limits)).toEqual([
      { kind: 'update', revision: 2, ...then('k', ['b', 'a']), order: null, changed: [] }
    ]);
    expect(builder.updatesFor(at('k', ['b', 'a']), cells, limits)).toEqual([]);
    expect(builder.updatesFor(at('k'), cells, limits)).toHaveLength(1);
  });

  it('is which cells are not code, when one is changed to Markdown', () => {
    const builder = new UpdateBuilder();
    builder.updatesFor(at('k'), [cell('a'), cell('b')], limits);
    const changed = { ...at('k'), not_code: ['text', 'a'] };
    expect(builder.updatesFor(changed, [cell('b')], limits)).toEqual([
      { kind: 'update', revision: 2, ...changed, order: ['b'], changed: [] }
    ]);
  });

  it('is the execution counts that changed', () => {
    const builder = new UpdateBuilder();
    const cells = [cell('a'), cell('b')];
    const [all] = builder.updatesFor(at('k'), cells, limits, counts({ a: 3, b: null }));
    expect(all?.counts).toEqual({ a: 3, b: null });
    expect(builder.updatesFor(at('k'), cells, limits, counts({ a: 3, b: null }))).toEqual([]);
    expect(builder.updatesFor(at('k'), cells, limits, counts({ a: 3, b: 4 }))).toEqual([
      { kind: 'update', revision: 2, ...then('k'), order: null, changed: [], counts: { b: 4 } }
    ]);
  });

  it('has the counts in its last message, where the texts of all cells have come', () => {
    const builder = new UpdateBuilder();
    const cells = Array.from({ length: 60 }, (_, index) => cell(`cell-${index}`, 'ä'.repeat(45)));
    const of = counts(Object.fromEntries(cells.map(({ id }, index) => [id, index])));
    const updates = builder.updatesFor(at('k'), cells, { ...limits, max_message_bytes: 1500 }, of);
    const withCounts = updates.map(update => update.counts !== undefined);
    expect(withCounts).toEqual(updates.map((_, index) => index === updates.length - 1));
    for (const update of updates) {
      expect(Buffer.byteLength(JSON.stringify(update))).toBeLessThanOrEqual(1500);
    }
  });

  it('has the text of a cell that comes back', () => {
    const builder = new UpdateBuilder();
    const [a, b] = [cell('a', 'x = 1'), cell('b', 'x')] as const;
    builder.updatesFor(at('k'), [a, b], limits);
    builder.updatesFor(at('k'), [b], limits);
    expect(builder.updatesFor(at('k'), [a, b], limits)[0]).toMatchObject({
      order: ['a', 'b'],
      changed: [a]
    });
  });

  it('is everything again after it was forgotten, with a greater revision', () => {
    const builder = new UpdateBuilder();
    const cells = [cell('a', '1')];
    builder.updatesFor(at('k'), cells, limits);
    builder.reset();
    expect(builder.updatesFor(at('k'), cells, limits)).toEqual([
      { kind: 'update', revision: 2, ...at('k'), order: ['a'], changed: cells }
    ]);
  });

  it('fits into the messages that the server takes', () => {
    const builder = new UpdateBuilder();
    const cells = Array.from({ length: 60 }, (_, index) => cell(`cell-${index}`, 'ä'.repeat(45)));
    const updates = builder.updatesFor(at('k'), cells, { ...limits, max_message_bytes: 1500 });
    expect(updates.length).toBeGreaterThan(3);
    for (const update of updates) {
      expect(Buffer.byteLength(JSON.stringify(update))).toBeLessThanOrEqual(1500);
    }
    expect(updates.map(update => update.order !== null)).toEqual(
      updates.map((_, index) => index === 0)
    );
    expect(updates.map(update => update.revision)).toEqual(updates.map((_, index) => index + 1));
    expect(updates.flatMap(update => update.changed)).toEqual(cells);
  });

  it('cuts a cell that is too long just above the limit, counting as Python does', () => {
    const builder = new UpdateBuilder();
    const long = '🐍'.repeat(60);
    const fits = '🐍'.repeat(50);
    const [update] = builder.updatesFor(at('k'), [cell('a', long), cell('b', fits)], limits);
    expect(Array.from(update?.changed[0]?.source ?? '')).toHaveLength(51);
    expect(update?.changed[1]?.source).toBe(fits);
    expect(builder.updatesFor(at('k'), [cell('a', long), cell('b', fits)], limits)).toEqual([]);
  });

  it('never sends more than the server takes, even where one cell alone would be more', () => {
    const builder = new UpdateBuilder();
    const cells = [cell('a', '\u0001'.repeat(200))];
    const tight = { max_cells: 1, max_cell_chars: 200, max_message_bytes: 800 };
    const [update] = builder.updatesFor(at('k'), cells, tight);
    expect(Buffer.byteLength(JSON.stringify(update))).toBeLessThanOrEqual(800);
    expect(update?.changed[0]?.source).toHaveLength(201);
  });
});
