"""Which files does a cell read and write?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.reader import read_cell

CALLS = [
    # a cell, the files that it reads, and those that it writes
    ("pd.read_csv('a.csv')", "a.csv", ""),
    ("df.to_csv('./out/a.csv', index=False)", "", "out/a.csv"),
    ("df.to_csv(path_or_buf='a.csv')", "", "a.csv"),
    ("open('a.txt')", "a.txt", ""),
    ("with open('a.txt', 'w') as f: f.write('b.txt')", "", "a.txt b.txt"),
    ("open('a.txt', mode='ab')", "", "a.txt"),
    ("open('a.txt', mode)", "a.txt", ""),
    ("Path('a.txt').read_text()", "a.txt", ""),
    ("Path('a.txt').write_text(x)", "", "a.txt"),
    ("Path('a.txt').open('w')", "", "a.txt"),
    ("np.save('a.npy', x); np.load('b.npy')", "b.npy", "a.npy"),
    ("pd.ExcelWriter('a.xlsx')", "", "a.xlsx"),
    ("json.load(open('a.json'))", "a.json", ""),
    ("joblib.dump(m, 'a.pkl')", "", "a.pkl"),
    # no file that is known
    ("pd.read_csv(path)", "", ""),
    ("pd.read_csv('https://example.org/a.csv')", "", ""),
    ("open('a')", "", ""),
    ("print('a.csv')", "", ""),
    ("s.to_datetime('1.5')", "", ""),
    ("def f(): return open('a.txt')", "", ""),
]


@pytest.mark.parametrize(("source", "read", "written"), CALLS)
def test_the_files_of_a_cell(source: str, read: str, written: str) -> None:
    names = read_cell(source)
    found = (" ".join(sorted(files)) for files in (names.read_files, names.written_files))
    assert tuple(found) == (read, written)
