"""Is it read how a cell changes where imports look?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.imports.path_values import CWD
from jupyter_namespace_viz.core.imports.search_changes import search_changes

CHANGES: dict[str, str] = {
    # the cell, where `root` is bound to "lib"; line, kind and value of each change, ? if it may not
    # happen, = if the text of the file is known; {} stands for the working directory
    "x = 1": "",
    "import sys\nsys.path.append('src')": "2 after src",
    "sys.path.append(os.path.abspath('src'))": "1 after {}/src",
    "sys.path.insert(0, root)": "1 before lib",
    "sys.path.insert(1, str(Path.cwd().parent))": "1 before {}/..",
    "sys.path.extend(['a', root])": "1 after a, 1 after lib",
    "sys.path += ['a', 'b']": "1 after a, 1 after b",
    "sys.path += more": "1 unknown",
    "sys.path.append(other)": "1 unknown",
    "sys.path.remove('x')": "1 unknown",
    "sys.path = []": "1 unknown",
    "sys.path[0] = 'x'": "1 unknown",
    "del sys.path[0]": "1 unknown",
    "sys.path.index('x'), sys.path": "",
    "print(sys.path)": "",
    "if 'src' not in sys.path:\n    sys.path.append('src')": "2 after src",
    "if x:\n    sys.path.append('src')": "2 after src?",
    "try:\n    import m\nexcept ImportError:\n    sys.path.append('src')": "4 after src?",
    "for p in ['a', 'b']:\n    sys.path.append(p)": "2 after a, 2 after b",
    "for p in ps:\n    sys.path.append(p)": "2 unknown",
    "def f():\n    sys.path.append('src')": "1 unknown",
    "with x:\n    os.chdir('a')": "2 folder a",
    "p = 'a'\nsys.path.append(p)": "2 after a",
    "p = 'a'\np = f()\nsys.path.append(p)": "3 unknown",
    "p = 'a'\np += 'b'\nsys.path.append(p)": "3 unknown",
    "os.chdir('..')": "1 folder ..",
    "os.chdir(os.path.join(root, 'a'))": "1 folder lib/a",
    "os.chdir(other)": "1 unknown",
    "%cd src": "1 folder src",
    "cd src": "1 folder src",
    "%cd 'a b'": "1 folder a b",
    "%cd -": "1 unknown",
    "%cd {x}": "1 unknown",
    "%cd ~/x": "1 unknown",
    "%cd": "1 unknown",
    "site.addsitedir('src')": "1 after src",
    "sys.path.append('lib.zip')": "1 after lib.zip",
    "from sys import path\npath.append('src')": "1 unknown",
    "from sys import argv": "",
    "package.__path__.append('more')": "1 unknown",
    "shutil.copy('a.txt', 'made.py')": "1 unknown",
    "os.rename('a.py', 'b.py')": "1 unknown",
    "shutil.copy(a, 'b.csv')": "",
    "shutil.copy(a, 'folder')": "",
    "df.copy(), df.rename(x), s.replace('os.rename', 'b')": "",
    "SourceFileLoader('m', 'a/m.py').load_module()": "1 unknown",
    "urlretrieve(url, 'a.csv'), shutil.copy(a, b)": "",
    "request.urlretrieve(url, 'made.py')": "1 unknown",
    "%%writefile made.py\nx = 1": "1 file made.py=",
    "%%writefile -a made.py\nx = 1": "1 file made.py",
    "%%file made.py\nx = 1": "1 file made.py=",
    "%%writefile {x}.py\ny": "1 unknown",
    "Path('made.py').write_text('x = 1')": "1 file made.py=",
    "Path('made.py').write_text(text)": "1 file made.py",
    "Path('made.txt').write_text('x')": "",
    "Path(p).write_text('x')": "1 unknown",
    "with open('made.py', 'w') as f:\n    f.write(x)": "1 file made.py",
    "open('made.py').read()": "",
    "open('made.py', 'r').read()": "",
    "open('data.csv', 'w')": "",
    "sys.path[:0] = ['src', 'lib']": "1 before src, 1 before lib",
    "sys.path[0:0] = ['src']": "1 before src",
    "sys.path[1:] = ['src']": "1 unknown",
    "sys.path = ['src'] + sys.path": "1 before src",
    "sys.path = sys.path + ['src']": "1 after src",
    "sys.path = [*sys.path, 'src']": "1 after src",
    "sys.path = ['src', *sys.path]": "1 before src",
    "sys.path = ['src']": "1 unknown",
    "sys.modules['m'] = x": "1 module m",
    "sys.modules['m'] = None": "1 blocked m",
    "del sys.modules['m'], a": "1 released m",
    "sys.modules[m] = None": "1 unknown",
    "sys.modules[m] = x": "1 unknown",
    "sys.modules.update(x)": "1 unknown",
    "'m' in sys.modules, sys.modules['m']": "",
    "%pip install x": "1 unknown",
    "%pip list": "",
    "!pip install x": "1 unknown",
    "!pip list\n!ls -la\n!nvidia-smi\n!echo hi": "",
    "!python setup.py install": "1 unknown",
    "!python --version": "",
    "!git clone https://x/y": "1 unknown",
    "!cd x && git pull": "1 unknown",
    "!wget https://x/data.csv": "",
    "!wget https://x/helpers.py": "1 unknown",
    "a = !unzip x.zip": "1 unknown",
    "%%bash\npip install x": "1 unknown",
    "subprocess.run(['pip', 'install', 'x'])": "1 unknown",
    "os.system('pip install x')": "1 unknown",
    "%run setup.py": "1 unknown",
    "%%time\nsys.path.append('src')": "2 after src",
    "# sys.path.append('src')": "",
    "sys.path.append(": "",
}


@pytest.mark.parametrize("source", CHANGES)
def test_changes(source: str) -> None:
    found, _ = search_changes(source, {"root": "lib"})
    assert (
        ", ".join(
            f"{it.line} {it.kind} {it.value}".strip().replace(CWD, "{}")
            + "?" * (not it.certain)
            + "=" * (it.text is not None)
            for it in found
        )
        == CHANGES[source]
    )


def test_the_text_of_a_file() -> None:
    (change,), _ = search_changes("%%writefile made.py\nx = 1\ny = 2", {})
    assert change.text == "x = 1\ny = 2"


def test_paths_of_earlier_cells() -> None:
    _, names = search_changes("root = Path.cwd()\nx = 1", {})
    assert names == {"root": CWD}
    (change,), names = search_changes("sys.path.append(str(root / 'src'))", names)
    assert change.value == f"{CWD}/src"
    assert search_changes("root = f()", names) == ((), {})
    assert search_changes("x = 1", names) == ((), names)
