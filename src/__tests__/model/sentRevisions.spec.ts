import { SentRevisions } from '../../model/sentRevisions';
import type { Update } from '../../protocol';

function update(revision: number, in_flight: string[]): Update {
  return {
    kind: 'update',
    revision,
    order: null,
    changed: [],
    client: null,
    ended_at: null,
    in_flight,
    in_full: false,
    kernel_id: null,
    language: null,
    not_code: null,
    path: 'a.ipynb'
  };
}

describe('SentRevisions', () => {
  it('knows which update was the first with the queued cells', () => {
    const sent = new SentRevisions();
    sent.note(update(1, []), null);
    expect(sent.isQueueNew(['a', 'b'])).toBe(true);
    sent.note(update(2, ['a', 'b']), null);
    expect(sent.ofQueue).toBe(2);
    expect(sent.isQueueNew(['b'])).toBe(false);
    sent.note(update(3, ['b']), null);
    expect(sent.ofQueue).toBe(2);
    sent.note(update(4, ['b', 'a']), null);
    expect(sent.ofQueue).toBe(4);
  });
});
