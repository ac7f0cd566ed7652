"""Which side effects has a cell that is about to run?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.plan.side_effects import side_effects

CELLS = [
    ("a = 1\nprint(a)", ""),
    ("df.to_csv('a.csv')", "Writes files: `df.to_csv`"),
    ("plt.savefig(p); np.save(f, a)", "Writes files: `plt.savefig`, `np.save`"),
    ("open('a')", ""),
    ("open('a', 'rb')", ""),
    ("with open('a', 'w') as f: f.write('x')", "Writes files: `open`"),
    ("open('a', mode='a')", "Writes files: `open`"),
    ("Path('a').open('w')", "Writes files: `open`"),
    ("os.remove(p)\nshutil.rmtree(d)", "Moves or removes files: `os.remove`, `shutil.rmtree`"),
    ("names.remove(p)", ""),
    ("pd.read_csv('https://a.example/b.csv')", "Uses the network: `pd.read_csv`"),
    ("pd.read_csv(f'https://{host}/b.csv')", "Uses the network: `pd.read_csv`"),
    ("pd.read_csv('data/b.csv')", ""),
    ("requests.get(url).json()", "Uses the network: `requests.get`"),
    ("%pip install a", "Installs packages: `%pip`"),
    ("!pip install a", "Installs packages: `!pip`"),
    ("!sudo apt-get install a", "Installs packages: `!apt-get`"),
    ("!wget a.example", "Uses the network: `!wget`"),
    ("files = !ls", "Runs commands: `!ls`"),
    ("%matplotlib inline", ""),
    ("%%bash\nrm -r x", "Runs commands: `%%bash`"),
    ("%%writefile a.py\na = 1", "Writes files: `%%writefile`"),
    ("%%time\ndf.to_csv('a')", "Writes files: `df.to_csv`"),
    ("name = input()", "Asks for input: `input`"),
    ("def save(d): d.to_csv('a')", ""),
    ("def store(d): d.to_csv('a')\nstore(d)", "Writes files: `d.to_csv`"),
    ("on_click(lambda: os.remove('a'))", ""),
    ("subprocess.run(['ls'])", "Runs commands: `subprocess.run`"),
    ("half typed (", ""),
    pytest.param("x = " + "+".join(["input()"] * 1500), "Asks for input: `input`", id="deep"),
    ("", ""),
]


@pytest.mark.parametrize(("source", "expected"), CELLS)
def test_side_effects(source: str, expected: str) -> None:
    assert "; ".join(side_effects(source)) == expected
